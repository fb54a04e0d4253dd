import { useSyncExternalStore } from 'react';

/** Where the page is: `#/path?from=10.1.15.117&to=10.2.1.22`. It stays in the browser, so no server's log has it. */
export interface Place {
  page: string; // the first word, `home` when there is none
  id: string | null; // the second one
  query: URLSearchParams;
}

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, id] = path.split('/', 2).map(decode);
  return { page: page || 'home', id: id || null, query: new URLSearchParams(query) };
}

export function writePlace(page: string, id?: string | null, query?: Record<string, string | undefined>): string {
  const given = Object.entries(query ?? {}).filter((pair): pair is [string, string] => !!pair[1]);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  return `#/${encodeURIComponent(page)}${id ? `/${encodeURIComponent(id)}` : ''}${search}`;
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return readPlace(hash);
}

export function go(hash: string): void {
  window.location.hash = hash;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** An address that somebody has damaged is no reason to show nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

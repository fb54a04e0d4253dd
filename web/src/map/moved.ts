/** Where somebody has put nodes by hand, by id. It stays in this browser. */
export type Moved = Record<string, [number, number]>;

const KEY = 'towpath.map.moved';
const MOST = 2000;

export function readMoved(): Moved {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const isPlace = (at: unknown) => Array.isArray(at) && at.length === 2 && at.every(Number.isFinite);
    return Object.fromEntries(Object.entries(kept as Moved).filter(([, at]) => isPlace(at)));
  } catch {
    return {}; // a storage that is switched off, or holds something else
  }
}

export function keepMoved(moved: Moved): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(moved).slice(-MOST))));
  } catch {
    // The places last as long as the page, then.
  }
}

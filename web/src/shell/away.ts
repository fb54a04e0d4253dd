import { useSyncExternalStore } from 'react';

const EVERY = 5000; // milliseconds, while somebody looks

let isAway = false;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** True while the server does not answer. */
export const useIsAway = (): boolean => useSyncExternalStore(subscribe, () => isAway);

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => void look(), EVERY);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Asks now whether the server is there: every few seconds, and when a stream has ended. */
export async function look(): Promise<void> {
  if (document.hidden) return;
  const next = await fetch('/health/live', { credentials: 'omit' }).then((answer) => !answer.ok, () => true);
  if (next === isAway) return;
  isAway = next;
  listeners.forEach((listener) => listener());
}

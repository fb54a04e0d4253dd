import { ApiError, errorOf, unreached } from './http';
import type { Envelope, Ticket } from './envelope';

// The token lives here and nowhere else: a script in another tab, a disk and a later visitor do not find it.
const SESSION = '/page/session';
const RENEW_BEFORE_END = 120; // seconds
const PATIENCE = 3000; // milliseconds

type Listener = () => void;

let current: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let renewing: Promise<boolean> | undefined;
const listeners = new Set<Listener>();

export const token = (): string | null => current;

export function onSessionChange(listener: Listener): Listener {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Throws an ApiError: wrong password, too many failures, no server. */
export async function login(username: string, password: string): Promise<void> {
  const body = JSON.stringify({ username, password });
  const answer = await ask({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!answer.ok) throw await errorOf(answer);
  await take(answer);
}

/** The session ends first: who opens the page anew at once would be logged in by its cookie. A server that is away is not waited for. */
export async function logout(): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  await ask({ method: 'DELETE', headers: { 'X-Auth-Token': current ?? '' }, keepalive: true, signal }).catch(() => undefined);
  set(null);
}

/** False when nobody is logged in any more. All who ask at once share one question. */
export function renewToken(): Promise<boolean> {
  renewing ??= renew().finally(() => (renewing = undefined));
  return renewing;
}

async function renew(): Promise<boolean> {
  const answer = await ask({ method: 'PUT' });
  if (answer.status === 200) return take(answer);
  if (answer.status === 204) set(null);
  else throw await errorOf(answer);
  return false;
}

async function take(answer: Response): Promise<boolean> {
  const ticket = ((await answer.json()) as Envelope<Ticket>).response;
  set(ticket.serviceTicket);
  timer = setTimeout(renewLater, Math.max(30, ticket.sessionTimeout - RENEW_BEFORE_END) * 1000);
  return true;
}

/** A server that is away for a moment is asked again; a request that needs the token renews it, too. */
function renewLater(): void {
  renewToken().catch(() => (timer = setTimeout(renewLater, 15_000)));
}

function set(next: string | null): void {
  clearTimeout(timer);
  const changed = (current === null) !== (next === null);
  current = next;
  if (changed) listeners.forEach((listener) => listener());
}

async function ask(init: RequestInit): Promise<Response> {
  try {
    return await fetch(SESSION, { ...init, credentials: 'same-origin' });
  } catch (problem) {
    throw problem instanceof ApiError ? problem : unreached();
  }
}

import { renewToken, token } from './session';
import type { Envelope } from './envelope';

export const API = '/dna/intent/api/v1';

/** What the server refused, or that it was not reached: what happened and what to try. */
export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: the server was not reached
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}

export const unreached = () =>
  new ApiError(0, 'The server does not answer.', 'The page goes on by itself once it does. Is the server running?');

/** The answer without its envelope. A token that has ended is renewed once. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return unwrap<T>(await send(path, { signal: signal ?? null }));
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  return unwrap<T>(await send(path, { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null }));
}

export async function put<T>(path: string, body: unknown): Promise<T> {
  return unwrap<T>(await send(path, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));
}

export async function remove<T>(path: string): Promise<T> {
  return unwrap<T>(await send(path, { method: 'DELETE' }));
}

/** A stream of events, from the beginning or after `last`. */
export async function openStream(path: string, last: string | null, signal: AbortSignal): Promise<Response> {
  const headers = { Accept: 'text/event-stream', ...(last !== null && { 'Last-Event-ID': last }) };
  const answer = await send(path, { headers, signal });
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

type Asked = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

async function send(path: string, init: Asked): Promise<Response> {
  const first = await ask(path, init);
  if (first.status !== 401 || !(await renewToken())) return first;
  return ask(path, init);
}

async function ask(path: string, init: Asked): Promise<Response> {
  try {
    return await fetch(API + path, { ...init, headers: { ...init.headers, 'X-Auth-Token': token() ?? '' }, credentials: 'omit' });
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') throw problem;
    throw unreached();
  }
}

async function unwrap<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw await errorOf(answer);
  return ((await answer.json()) as Envelope<T>).response;
}

/** The error envelope of the API; a proxy in between may answer with anything. */
export async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const { message, detail } = ((await answer.json()) as Envelope<{ message: string; detail?: string | null }>).response;
    return new ApiError(answer.status, message, detail ?? undefined);
  } catch {
    return new ApiError(answer.status, `The answer has status ${answer.status} and no reason.`);
  }
}

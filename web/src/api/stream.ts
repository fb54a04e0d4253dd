import { ApiError, openStream } from './http';
import { pause } from './tasks';

/** One of the server's events (WHATWG HTML, section 9.2). */
export interface StreamEvent {
  id: string | null; // what to come again with; null: as the one before
  name: string;
  data: string; // JSON
}

/** Cuts what comes, piece by piece, into events; a piece may end anywhere. */
export function eventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop()!;
    return blocks.flatMap((block) => eventOf(block) ?? []);
  };
}

export interface Listener {
  onEvent: (event: StreamEvent) => void;
  onOpen: (isOpen: boolean) => void;
}

const FIRST_WAIT = 1000; // milliseconds before it is tried again
const LONGEST_WAIT = 15_000;
const SILENCE = 40_000; // the server says something every 15 s

/**
 * Reads a stream until `signal` ends it. What has ended or was lost begins again after its last event, so nothing is missed.
 */
export async function listen(
  path: string, { onEvent, onOpen }: Listener, signal: AbortSignal, open = openStream, wait = pause,
): Promise<void> {
  let last: string | null = null;
  for (let next = FIRST_WAIT; !signal.aborted; next = Math.min(2 * next, LONGEST_WAIT)) {
    try {
      const answer = await open(path, last, signal);
      onOpen(true);
      next = FIRST_WAIT / 2;
      for await (const event of eventsOf(answer.body!)) {
        last = event.id ?? last;
        onEvent(event);
      }
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 400) last = null; // the place is none of this server's any more
    }
    if (signal.aborted) return;
    onOpen(false);
    await wait(next, signal).catch(() => undefined);
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const [words, read] = [new TextDecoder(), eventReader()];
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read());
      if (done) return;
      yield* read(words.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** A way that is broken without a word is silent. */
function withinSilence<T>(reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('silent')), SILENCE);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A block without an event is a comment, or says after how long to come again. */
function eventOf(block: string): StreamEvent | null {
  const fields = new Map(block.split('\n').filter((line) => !line.startsWith(':')).map((line) => {
    const [name = '', ...value] = line.split(': ');
    return [name, value.join(': ')];
  }));
  const data = fields.get('data');
  return data === undefined ? null : { id: fields.get('id') ?? null, name: fields.get('event') ?? 'message', data };
}

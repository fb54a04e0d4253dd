import { expect, test } from 'vitest';
import { ApiError } from './http';
import { eventReader, listen, type StreamEvent } from './stream';

const WIRE = 'retry: 2000\n\nid: 7\nevent: event\ndata: {"a":"b: c"}\n\n:\n\nevent: reset\ndata: {}\n\n';
const EVENTS: StreamEvent[] = [{ id: '7', name: 'event', data: '{"a":"b: c"}' }, { id: null, name: 'reset', data: '{}' }];

test.each([1, 2, 3, 7, 1000])('events are read from pieces of %i characters; comments are none', (length) => {
  const read = eventReader();
  const pieces = WIRE.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g'))!;
  expect(pieces.flatMap(read)).toEqual(EVENTS);
});

/** A server that answers in turn, and what it was asked with; the last answer ends the listening. */
async function listened(...answers: (string | Error)[]) {
  const end = new AbortController();
  const [asked, told, states, waits]: [(string | null)[], string[], boolean[], number[]] = [[], [], [], []];
  const open = async (_: string, last: string | null) => {
    asked.push(last);
    const answer = answers.shift()!;
    if (answers.length === 0) end.abort();
    if (answer instanceof Error) throw answer;
    return new Response(answer);
  };
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  await listen('/x', { onEvent: (event) => told.push(event.data), onOpen: (isOpen) => states.push(isOpen) }, end.signal, open, wait);
  return { asked, told, states, waits };
}

test('a stream that was lost goes on after its last event', async () => {
  const { asked, told, states } = await listened('id: 1\ndata: a\n\ndata: b\n\n', 'id: 2\ndata: c\n\n', '');
  expect(asked).toEqual([null, '1', '2']);
  expect(told).toEqual(['a', 'b', 'c']);
  expect(states).toEqual([true, false, true, false, true]);
});

test('a server that is away is asked less and less often, and as at first once it is back', async () => {
  const away = new ApiError(0, 'away');
  const { states, waits } = await listened(away, away, away, '', away, '');
  expect(waits).toEqual([1000, 2000, 4000, 500, 1000]);
  expect(states).toEqual([false, false, false, true, false, false, true]);
});

test('a place that the server does not know is forgotten', async () => {
  const { asked } = await listened('id: 1\ndata: a\n\n', new ApiError(400, 'no id of this stream'), '');
  expect(asked).toEqual([null, '1', null]);
});

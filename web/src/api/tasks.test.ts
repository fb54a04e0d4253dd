import { expect, test } from 'vitest';
import { ApiError } from './http';
import type { Task } from './envelope';
import { untilEnd } from './tasks';

const running: Task = { id: '1', rootId: '1', version: 0, serviceType: '', startTime: 0, isError: false };
const ended: Task = { ...running, endTime: 1 };

function scripted(...answers: (Task | ApiError)[]) {
  const waits: number[] = [];
  const ask = async () => {
    const next = answers.shift()!;
    if (next instanceof ApiError) throw next;
    return next;
  };
  const run = () => untilEnd(ask, new AbortController().signal, async (time) => void waits.push(time));
  return { run, waits };
}

test('a task that has ended costs no wait', async () => {
  const { run, waits } = scripted(ended);
  expect(await run()).toBe(ended);
  expect(waits).toEqual([]);
});

test('the waits grow up to a second', async () => {
  const { run, waits } = scripted(running, running, running, running, running, running, running, ended);
  await run();
  expect(waits).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
});

test('a server that restarts is asked on', async () => {
  const { run } = scripted(running, new ApiError(0, 'away'), new ApiError(503, 'starting'), ended);
  expect(await run()).toBe(ended);
});

test('a refusal ends it', async () => {
  const { run } = scripted(running, new ApiError(404, 'There is no task'));
  await expect(run()).rejects.toThrow('There is no task');
});

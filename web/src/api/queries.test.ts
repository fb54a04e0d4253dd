import { expect, test } from 'vitest';
import { all } from './queries';

/** A server that has the numbers from 1 on, and what it was asked. */
function listOf(count: number) {
  const asked: number[] = [];
  const read = async (path: string) => {
    const query = new URL(path, 'http://x').searchParams;
    const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
    asked.push(offset);
    return Array.from({ length: Math.max(0, Math.min(limit, count - offset + 1)) }, (_, i) => offset + i);
  };
  return { asked, read };
}

test.each([0, 499, 500, 501, 2_999, 3_000, 10_000])('a list of %i is read whole and in order', async (count) => {
  const { read } = listOf(count);
  const rows = await all<number>('/list?kind=x', undefined, 20_000, read);
  expect(rows).toEqual(Array.from({ length: count }, (_, i) => i + 1));
});

test('a list of one page costs one question', async () => {
  const { asked, read } = listOf(40);
  await all<number>('/list', undefined, 20_000, read);
  expect(asked).toEqual([1]);
});

test('no more is read than was asked for', async () => {
  const { asked, read } = listOf(10_000);
  expect(await all<number>('/list', undefined, 1_000, read)).toHaveLength(1_000);
  expect(asked).toEqual([1, 501]);
});

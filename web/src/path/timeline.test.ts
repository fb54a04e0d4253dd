import { expect, test } from 'vitest';
import type { FlowResult } from '../api/flow';
import { extended, type Period } from './timeline';

function answer(at: number, names: string, kind = 'Delivered', confidence = 1): FlowResult {
  return {
    request: { id: '1', status: 'COMPLETED', sourceIP: '10.0.0.1', destIP: '10.0.0.2', lastUpdateTime: at },
    pathGraph: {
      nodes: [...names].map((name) => ({ kind: 'Device', id: name, name })),
      edges: [...names].slice(1).map((_, i) => ({ from: i, to: i + 1, share: 1, label: 'x', confidence })),
      shown: [...names].slice(1).map((_, i) => i),
      ending: { kind },
    },
  };
}

const told = (periods: readonly Period[]) => periods.map(({ from, to, change }) => `${from}-${to} ${change}`.trim());
const all = (...answers: FlowResult[]) => answers.reduce<readonly Period[]>(extended, []);

test('answers that are the same are one period, however sure they are', () => {
  expect(told(all(answer(1, 'ABC'), answer(31, 'ABC', 'Delivered', 0.6), answer(61, 'ABC')))).toEqual(['1-61']);
});

test('another way is another period, and says where it parts', () => {
  expect(told(all(answer(1, 'ABD'), answer(31, 'ACD'), answer(61, 'ABD')))).toEqual([
    '1-1', '31-31 after A C instead of B', '61-61 after A B instead of C',
  ]);
});

test('a path that ends elsewhere says how', () => {
  expect(told(all(answer(1, 'ABC'), answer(31, 'AB', 'NoRoute')))[1]).toBe('31-31 after B nothing more instead of C; ends: No route');
});

test('an answer that was heard already changes nothing', () => {
  const periods = all(answer(1, 'AB'), answer(31, 'AC'));
  expect(extended(periods, answer(31, 'AC'))).toBe(periods);
});

test('no path is a period, too', () => {
  const { pathGraph: _, ...failed } = answer(31, 'AB');
  const refused = { ...failed, request: { ...failed.request, status: 'FAILED' as const, failureReason: 'The source is not known.' } };
  expect(told(all(answer(1, 'AB'), refused, answer(61, 'AB')))).toEqual([
    '1-1', '31-31 there is no path: The source is not known.', '61-61 there is a path again',
  ]);
});

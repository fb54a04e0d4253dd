import { expect, test } from 'vitest';
import { comparisonText } from './comparison';

test('paths that are the same are said to be', () =>
  expect(comparisonText({ isReverse: true, commonElements: 4 })).toBe('The way back passes the same elements by the same ports.'));

test('another element is told with what both share before it', () => {
  const firstDifference = { what: 'element', after: 'Core1', here: 'A', there: 'B' } as const;
  expect(comparisonText({ isReverse: false, commonElements: 2, firstDifference })).toBe(
    'The other path is another one. After Core1 this one has A, the other B.',
  );
});

test('a path that ends has nothing more', () =>
  expect(comparisonText({ isReverse: true, commonElements: 0, firstDifference: { what: 'element', here: 'A' } })).toBe(
    'The way back is another one. At the source already this one has A, the way back nothing more.',
  ));

test('another port is no other way', () => {
  const firstDifference = { what: 'egressInterface', after: 'Core1', here: 'Core2 Gi0/1', there: 'Core2 Gi0/2' } as const;
  expect(comparisonText({ isReverse: true, commonElements: 2, firstDifference })).toBe(
    'The way back takes another port. After Core1 this one has Core2 Gi0/1, the way back Core2 Gi0/2.',
  );
});

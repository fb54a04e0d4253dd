import { expect, test } from 'vitest';
import { align } from './align';

const common = (a: string, b: string) => align([...a], [...b]).map(([i, j]) => `${a[i]}${i}${j}`).join(' ');

test.each([
  ['abcd', 'abcd', 'a00 b11 c22 d33'],
  ['abcd', 'axd', 'a00 d32'],
  ['abad', 'aad', 'a00 a21 d32'],
  ['ab', 'ba', 'b10'],
  ['abc', '', ''],
])('%s and %s', (a, b, pairs) => expect(common(a, b)).toBe(pairs));

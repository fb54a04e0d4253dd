import { expect, test } from 'vitest';
import { csv } from './csv';

test('cells are quoted where they must be', () => {
  expect(csv([['a', 'b,c', 'say "x"', 'two\nlines']])).toBe('a,"b,c","say ""x""","two\nlines"\r\n');
});

test.each(['=cmd()', '+1', '-1', '@x', '\tx'])('%j is no formula', (text) => {
  expect(csv([[text]])).toBe(`'${text}\r\n`);
});

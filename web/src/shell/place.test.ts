import { expect, test } from 'vitest';
import { readPlace, writePlace } from './place';

test('what is written is read', () => {
  const hash = writePlace('path', 'a/b', { from: '10.1.15.117', to: 'x&y', port: undefined });
  const place = readPlace(hash);
  expect([place.page, place.id, place.query.get('from'), place.query.get('to'), place.query.has('port')]).toEqual([
    'path', 'a/b', '10.1.15.117', 'x&y', false,
  ]);
});

test('nothing is home', () => {
  expect(readPlace('').page).toBe('home');
  expect(readPlace('#/').id).toBeNull();
});

test('a damaged address is a place, too', () => expect(readPlace('#/devices/%E0%A4%A').id).toBe('%E0%A4%A'));

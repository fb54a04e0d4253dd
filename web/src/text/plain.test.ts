import { describe, expect, test } from 'vitest';
import { plain } from './plain';

describe('text of devices', () => {
  test('stays as it is where it is visible', () => {
    expect(plain('CAMPUS-Core2 Gi1/0/1 – Zürich 東京 <b>')).toBe('CAMPUS-Core2 Gi1/0/1 – Zürich 東京 <b>');
  });

  test.each([
    ['turned around', 'core\u202egnp.exe', 'core\\u{202e}gnp.exe'],
    ['of zero width', 'co\u200bre', 'co\\u{200b}re'],
    ['with a line end', 'core\nreload', 'core\\u{a}reload'],
    ['with an escape', '\u001b[31m', '\\u{1b}[31m'],
    ['half of a pair', 'a\ud800', 'a\\u{d800}'],
  ])('%s is shown by its number', (_, text, shown) => expect(plain(text)).toBe(shown));

  test('of 4 KiB is cut', () => {
    expect([...plain('é'.repeat(4096))]).toHaveLength(200);
    expect(plain('é'.repeat(4096)).endsWith('…')).toBe(true);
  });

  test('that is absent is empty', () => {
    expect(plain(undefined)).toBe('');
    expect(plain(null)).toBe('');
    expect(plain(0)).toBe('0');
  });
});

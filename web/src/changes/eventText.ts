import type { NetworkEvent } from '../api/inventory';

/** `ROW_CHANGED` is `row changed`. */
export const kindText = (kind: string): string => kind.toLowerCase().replaceAll('_', ' ');

/** What happened, in one line: the row, and only those of its columns that are other ones now. */
export function eventText(event: NetworkEvent): string {
  const { row, before, after, reason } = event;
  const parts = [row ? cells(row) : '', changeText(before, after), reason ?? ''];
  return parts.filter(Boolean).join('; ');
}

function changeText(before: Record<string, string> | undefined, after: Record<string, string> | undefined): string {
  if (!before && !after) return '';
  if (!before) return cells(after!);
  if (!after) return `was ${cells(before)}`;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);
  return keys.map((key) => `${key} ${before[key] || 'nothing'} → ${after[key] || 'nothing'}`).join(', ');
}

const cells = (row: Record<string, string>) =>
  Object.entries(row).filter(([, value]) => value !== '').map(([key, value]) => `${key} ${value}`).join(', ');

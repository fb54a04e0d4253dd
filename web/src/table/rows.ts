import { byName } from '../text/format';

/** A column of a table: its text is what is shown, filtered and exported; `order` is what it is sorted by where that is a number. */
export interface Column<T> {
  key: string;
  head: string;
  width: number; // pixels
  isWide?: boolean; // takes what is left of a wide screen, in place of the last column
  text: (row: T) => string;
  order?: (row: T) => number;
}

export interface Sorting {
  key: string;
  isDescending: boolean;
}

/** The rows that have every word of the filter in one of their cells, sorted; what has no text comes last either way. */
export function select<T>(rows: readonly T[], columns: readonly Column<T>[], filter: string, sorting: Sorting | null): T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (row: T) => {
    const cells = columns.map((column) => column.text(row).toLowerCase());
    return words.every((word) => cells.some((cell) => cell.includes(word)));
  };
  const found = words.length === 0 ? [...rows] : rows.filter(has);
  const column = columns.find((one) => one.key === sorting?.key);
  if (!column || !sorting) return found;
  const keyed = found.map((row) => ({ row, text: column.text(row), order: column.order?.(row) }));
  const sign = sorting.isDescending ? -1 : 1;
  keyed.sort((a, b) => Number(a.text === '') - Number(b.text === '') || sign * (compare(a.order, b.order) ?? byName(a.text, b.text)));
  return keyed.map((one) => one.row);
}

/** `1 discovery`, `2 discoveries`, of a table's name; `2 rows`, where that is no plural. */
export function countText(count: number, name: string): string {
  if (!name.endsWith('s')) return countText(count, 'rows');
  const one = name.replace(/ies$/, 'y').replace(/sses$/, 'ss').replace(/(?<!s)s$/, '');
  return `${count} ${count === 1 ? one : name}`;
}

/** A click sorts, a second one the other way round, a third one not any more. */
export function nextSorting(before: Sorting | null, key: string): Sorting | null {
  if (before?.key !== key) return { key, isDescending: false };
  return before.isDescending ? null : { key, isDescending: true };
}

const compare = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a - b);

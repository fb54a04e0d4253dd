import type { PathLayout } from './layout';

/** Columns that stand beside each other, as a line of a text has its words. */
export interface Row {
  first: number;
  last: number;
  lanes: number;
  turning: number[]; // edges of the steps that go on in the row below
}

// What a row costs, in lanes: the room for its turn, each further step that turns there, and to be shorter than the others.
const TURN = 0.5;
const CROSSING = 0.75;
const SHORT = 0.1;

/** Breaks a path of more columns than `most` where its drawing stays low, best where one step goes on alone, into rows of like length. */
export function rowsOf(layout: PathLayout, most: number): Row[] {
  const { columns, depths, ways } = layout;
  const turning = (last: number) => ways.filter((way) => way.from <= last && way.to > last).map((way) => way.edge);
  const rowOf = (first: number, last: number): Row => ({
    first, last, lanes: Math.max(...depths.slice(first, last + 1)), turning: turning(last),
  });
  // From behind: the cheapest rows for the columns from each one on.
  const best: { cost: number; rows: Row[] }[] = [];
  best[columns] = { cost: 0, rows: [] };
  for (let first = columns - 1; first >= 0; first--) {
    for (let last = first; last < Math.min(columns, first + most); last++) {
      const row = rowOf(first, last);
      const rest = best[last + 1]!;
      const turns = rest.rows.length === 0 ? 0 : TURN + CROSSING * Math.max(0, row.turning.length - 1);
      const cost = row.lanes + turns + SHORT * (1 - (last - first + 1) / most) ** 2 + rest.cost;
      if (cost < (best[first]?.cost ?? Infinity)) best[first] = { cost, rows: [row, ...rest.rows] };
    }
  }
  return best[0]!.rows;
}

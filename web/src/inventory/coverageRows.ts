import type { Coverage } from '../api/inventory';

/** Tables whose lack costs a trace the same and is mended the same way. */
export interface CoverageRow {
  cost: string;
  tables: string[]; // with the context that one was read in
  outcome: string; // not served
  rows: number | undefined; // of a table that stands alone
  reasons: string[]; // what was heard, where that is more than its outcome says
  remedy: string;
}

const SILENT = 'NOT_SERVED'; // its reason is the same for all tables: docs/collection.md

/** Those with one remedy stand together, in the order in which they come first. */
export function coverageRows(tables: readonly Coverage[]): CoverageRow[] {
  const groups = new Map<string, Map<string, CoverageRow>>(); // by remedy, then by what else they share
  for (const table of tables) {
    const { cost = '', outcome = '', remedy = '', reason } = table;
    const group = groups.get(remedy) ?? new Map<string, CoverageRow>();
    groups.set(remedy, group);
    const name = [table.table, table.context].filter(Boolean).join(' ');
    const key = cost === '' ? name : JSON.stringify([cost, outcome]);
    const reasons = reason && outcome !== SILENT ? [reason] : [];
    const row = group.get(key);
    if (row) {
      row.tables.push(name);
      row.reasons.push(...reasons);
      row.rows = undefined;
    } else {
      group.set(key, { cost, tables: [name], outcome: outcome.toLowerCase().replaceAll('_', ' '), rows: table.rows, reasons, remedy });
    }
  }
  return [...groups.values()].flatMap((group) => [...group.values()]);
}

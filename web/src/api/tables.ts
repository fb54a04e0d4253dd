import { queryOptions } from '@tanstack/react-query';
import { all } from './queries';
import type { TableRowItem } from './schema';

/** A row of `/table/{name}`: its cells by the names of their columns, in words; one without a value is absent. */
export type TableRow = TableRowItem;

/** Keys of a query, each with alternatives; a key without any is left out. */
export type Asked = Record<string, readonly (string | number)[]>;

/** Rows of all devices, of those that `asked` names, with the values that it names: docs/questions.md. */
export const table = (name: string, asked: Asked, most = 5000) =>
  queryOptions({
    queryKey: ['table', name, asked, most],
    queryFn: ({ signal }) => {
      const keys = Object.entries(asked).flatMap(([key, values]) => values.map((value) => [key, String(value)]));
      return all<TableRow>(`/table/${name}?${new URLSearchParams(keys)}`, signal, most);
    },
  });

import { Table } from '@mantine/core';

/** The first row of a table. */
export function Heads({ names }: { names: string[] }) {
  return (
    <Table.Thead>
      <Table.Tr>{names.map((name, i) => <Table.Th key={i} scope="col">{name}</Table.Th>)}</Table.Tr>
    </Table.Thead>
  );
}

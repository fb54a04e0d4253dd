import { Table } from '@mantine/core';

/** The first row of a table. */
export function Heads({ names }: { names: string[] }) {
  return (
    <Table.Thead>
      <Table.Tr>{names.map((name) => <Table.Th key={name} scope="col">{name}</Table.Th>)}</Table.Tr>
    </Table.Thead>
  );
}

import { Button, Code, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Coverage } from '../api/inventory';
import { CopyButton } from '../shell/CopyButton';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { plain } from '../text/plain';

/** What is missing, what that costs a trace, and what mends it; the rest when somebody asks. */
export function CoverageTable({ rows }: { rows: Coverage[] }) {
  const [isWhole, setWhole] = useState(false);
  const missing = rows.filter((row) => row.cost);
  const rest = rows.filter((row) => !row.cost);
  return (
    <>
      <ScrollPlace label="Coverage">
        <Table striped miw={640} captionSide="top">
          <Table.Caption>Coverage: {missing.length} of {rows.length} tables cost a trace something</Table.Caption>
          <Heads names={['Table', 'Outcome', 'Rows', 'What a trace loses', 'What mends it']} />
          <Table.Tbody>{[...missing, ...(isWhole ? rest : [])].map((row, i) => <CoverageRow key={i} row={row} />)}</Table.Tbody>
        </Table>
      </ScrollPlace>
      {rest.length > 0 && (
        <Button variant="default" size="compact-sm" w="fit-content" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Only what costs a trace something' : `The other ${rest.length} tables, too`}
        </Button>
      )}
    </>
  );
}

function CoverageRow({ row }: { row: Coverage }) {
  return (
    <Table.Tr>
      <Table.Td>{plain(row.table)} {row.context && <Code>{plain(row.context)}</Code>}</Table.Td>
      <Table.Td>{plain(row.outcome)}</Table.Td>
      <Table.Td>{row.rows ?? ''}</Table.Td>
      <Table.Td>{plain(row.cost, 600)}{row.reason && <Text size="xs">{plain(row.reason, 600)}</Text>}</Table.Td>
      <Table.Td>{row.remedy && <Remedy text={row.remedy} />}</Table.Td>
    </Table.Tr>
  );
}

function Remedy({ text }: { text: string }) {
  return <Group gap="xs" wrap="nowrap"><CopyButton label="Copy" value={text} /><Code>{plain(text, 400)}</Code></Group>;
}

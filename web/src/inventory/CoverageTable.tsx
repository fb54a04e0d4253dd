import { Button, Code, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Coverage } from '../api/inventory';
import { CopyButton } from '../shell/CopyButton';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { plain } from '../text/plain';
import { coverageRows, type CoverageRow } from './coverageRows';

/** What is missing, what that costs a trace, and what mends it; the rest when somebody asks. */
export function CoverageTable({ rows }: { rows: Coverage[] }) {
  const [isWhole, setWhole] = useState(false);
  const missing = rows.filter((row) => row.cost);
  const rest = rows.filter((row) => !row.cost);
  const shown = coverageRows([...missing, ...(isWhole ? rest : [])]);
  return (
    <>
      <ScrollPlace label="Coverage">
        <Table miw={640} captionSide="top">
          <Table.Caption>Coverage: {missing.length} of {rows.length} tables cost a trace something</Table.Caption>
          <Heads names={['What a trace loses', 'Tables', 'Outcome', 'Rows', 'What mends it']} />
          <Table.Tbody>
            {shown.map((row, i) => <OneRow key={i} row={row} alike={shown[i - 1]?.remedy === row.remedy ? 0 : alikeFrom(shown, i)} />)}
          </Table.Tbody>
        </Table>
      </ScrollPlace>
      <Text size="sm">Not served: the table is empty, the device does not know it, or the view of the SNMP user leaves it out.</Text>
      {rest.length > 0 && (
        <Button variant="default" size="compact-sm" w="fit-content" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Only what costs a trace something' : `The other ${rest.length} tables, too`}
        </Button>
      )}
    </>
  );
}

/** How many rows from here on have one remedy. */
function alikeFrom(rows: CoverageRow[], first: number): number {
  const end = rows.findIndex((row, i) => i > first && row.remedy !== rows[first]!.remedy);
  return (end < 0 ? rows.length : end) - first;
}

/** @param alike Rows that its remedy is for, told beside the first of them; 0: it stands above. */
function OneRow({ row, alike }: { row: CoverageRow; alike: number }) {
  return (
    <Table.Tr>
      <Table.Td miw={180}>{plain(row.cost, 600)}</Table.Td>
      <Table.Td>
        {plain(row.tables.join(', '), 2000)}
        {row.reasons.map((reason, i) => <Text size="xs" key={i}>{plain(reason, 600)}</Text>)}
      </Table.Td>
      <Table.Td className="moment">{plain(row.outcome)}</Table.Td>
      <Table.Td>{row.rows ?? ''}</Table.Td>
      {alike > 0 && <Table.Td rowSpan={alike} className="remedy">{row.remedy && <Remedy text={row.remedy} />}</Table.Td>}
    </Table.Tr>
  );
}

function Remedy({ text }: { text: string }) {
  return <Group gap="xs" wrap="nowrap"><CopyButton label="Copy" value={text} /><Code>{plain(text, 400)}</Code></Group>;
}

import { Table } from '@mantine/core';
import type { Element, ElementInterface } from '../api/flow';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { bits } from '../text/format';
import { plain } from '../text/plain';

/** Load of the shown path, where the trace was asked for it. */
export function PathLoad({ elements }: { elements: Element[] }) {
  const rows = elements.filter((element) => element.deviceStatistics ?? statisticsOf(element.egressInterface ?? element.ingressInterface));
  if (rows.length === 0) return null;
  return (
    <ScrollPlace label="Load">
      <Table striped miw={520} captionSide="top">
        <Table.Caption>Load</Table.Caption>
        <Heads names={['Device', 'CPU, 5 min', 'In', 'Drops in', 'Out', 'Drops out']} />
        <Table.Tbody>
          {rows.map((element, i) => (
            <Table.Tr key={i}>
              <Table.Td>{plain(element.name ?? element.ip)}</Table.Td>
              <Table.Td>{told(element.deviceStatistics?.cpuStatistics?.fiveMinUsageInPercentage, ' %')}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.ingressInterface)?.inputRatebps)}</Table.Td>
              <Table.Td>{told(statisticsOf(element.ingressInterface)?.inputQueueDrops)}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.egressInterface)?.outputRatebps)}</Table.Td>
              <Table.Td>{told(statisticsOf(element.egressInterface)?.outputDrop)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}

const statisticsOf = (port: ElementInterface | undefined) => port?.physicalInterface?.interfaceStatistics;

/** What a device does not tell is no 0. */
const told = (value: number | undefined, unit = '') => (value === undefined ? '' : `${Math.round(value * 10) / 10}${unit}`);

import { Table } from '@mantine/core';
import type { Element, ElementInterface } from '../api/flow';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { bits, percent } from '../text/format';
import { plain } from '../text/plain';
import { portFacts, type PathFacts } from './facts';

/** Load of the shown path, where the trace was asked for it. */
export function PathLoad({ elements, facts }: { elements: Element[]; facts: PathFacts }) {
  const rows = elements.filter((element) => element.deviceStatistics ?? statisticsOf(element.egressInterface ?? element.ingressInterface));
  if (rows.length === 0) return null;
  const speedOf = (element: Element, port: ElementInterface | undefined) =>
    portFacts(facts, { kind: 'Device', id: element.id }, port?.physicalInterface)?.speed;
  return (
    <ScrollPlace label="Load">
      <Table striped miw={640} captionSide="top">
        <Table.Caption>Load</Table.Caption>
        <Heads names={['Device', 'CPU, 5 min', 'In', 'used', 'Drops in', 'Out', 'used', 'Drops out']} />
        <Table.Tbody>
          {rows.map((element, i) => (
            <Table.Tr key={i}>
              <Table.Td>{plain(element.name ?? element.ip)}</Table.Td>
              <Table.Td>{told(element.deviceStatistics?.cpuStatistics?.fiveMinUsageInPercentage, ' %')}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.ingressInterface)?.inputRatebps)}</Table.Td>
              <Table.Td>{used(statisticsOf(element.ingressInterface)?.inputRatebps, speedOf(element, element.ingressInterface))}</Table.Td>
              <Table.Td>{told(statisticsOf(element.ingressInterface)?.inputQueueDrops)}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.egressInterface)?.outputRatebps)}</Table.Td>
              <Table.Td>{used(statisticsOf(element.egressInterface)?.outputRatebps, speedOf(element, element.egressInterface))}</Table.Td>
              <Table.Td>{told(statisticsOf(element.egressInterface)?.outputDrop)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}

const statisticsOf = (port: ElementInterface | undefined) => port?.physicalInterface?.interfaceStatistics;

/** How much of the port's speed is in use; empty where either is not told. */
const used = (rate: number | undefined, speed: number | undefined) => (rate === undefined || !speed ? '' : percent(rate / speed));

/** What a device does not tell is no 0. */
const told = (value: number | undefined, unit = '') => (value === undefined ? '' : `${Math.round(value * 10) / 10}${unit}`);

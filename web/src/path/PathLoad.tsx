import { Table } from '@mantine/core';
import type { Element, ElementInterface, InterfaceStatistics } from '../api/flow';
import { Heads } from '../shell/Heads';
import { ScrollPlace } from '../shell/ScrollPlace';
import { bits, percent } from '../text/format';
import { plain } from '../text/plain';

/** Load of the shown path, where the trace was asked for it. */
export function PathLoad({ elements }: { elements: Element[] }) {
  const rows = elements.filter((element) => element.deviceStatistics ?? statisticsOf(element.egressInterface ?? element.ingressInterface));
  if (rows.length === 0) return null;
  return (
    <ScrollPlace label="Load">
      <Table striped miw={820} captionSide="top">
        <Table.Caption>Load</Table.Caption>
        <Heads names={['Device', 'CPU, 5 min', 'In', 'used', 'Errors', 'Drops', 'Out', 'used', 'Errors', 'Drops']} />
        <Table.Tbody>
          {rows.map((element, i) => (
            <Table.Tr key={i}>
              <Table.Td>{plain(element.name ?? element.ip)}</Table.Td>
              <Table.Td>{told(element.deviceStatistics?.cpuStatistics?.fiveMinUsageInPercentage, ' %')}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.ingressInterface)?.inputRatebps)}</Table.Td>
              <Table.Td>{used(statisticsOf(element.ingressInterface)?.inputUtilizationInPercentage)}</Table.Td>
              <Table.Td>{told(statisticsOf(element.ingressInterface)?.inputErrors)}</Table.Td>
              <Table.Td>{told(dropsIn(statisticsOf(element.ingressInterface)))}</Table.Td>
              <Table.Td>{bits(statisticsOf(element.egressInterface)?.outputRatebps)}</Table.Td>
              <Table.Td>{used(statisticsOf(element.egressInterface)?.outputUtilizationInPercentage)}</Table.Td>
              <Table.Td>{told(statisticsOf(element.egressInterface)?.outputErrors)}</Table.Td>
              <Table.Td>{told(statisticsOf(element.egressInterface)?.outputDrop)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}

const statisticsOf = (port: ElementInterface | undefined) => port?.physicalInterface?.interfaceStatistics;

const used = (share: number | undefined) => (share === undefined ? '' : percent(share / 100));

const dropsIn = (port: InterfaceStatistics | undefined) => port?.inputQueueDrops ?? port?.inputDiscards;

/** What a device does not tell is no 0. */
const told = (value: number | undefined, unit = '') => (value === undefined ? '' : `${Math.round(value * 10) / 10}${unit}`);

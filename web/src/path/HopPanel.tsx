import { Badge, Code, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { FlowRequest, PathEdge, PathEvidence, PathGraph, PathNode, PathPort } from '../api/flow';
import type { Device } from '../api/inventory';
import { CopyButton } from '../shell/CopyButton';
import { Heads } from '../shell/Heads';
import { writePlace } from '../shell/place';
import { ScrollPlace } from '../shell/ScrollPlace';
import { age, moment, percent } from '../text/format';
import { plain } from '../text/plain';
import { commandsFor } from './commands';
import { nodeDetail, nodeName, portText, stepNotes, type DeviceOf } from './describe';
import {
  gatewaysOf, linkOf, loadOfLink, portFacts, portFactsText, routeFacts, treeState, type PathFacts, type RouteFacts,
} from './facts';
import { gapText } from './gapText';
import { questionOf } from './question';

interface Props {
  graph: PathGraph;
  node: number;
  flow: FlowRequest;
  facts: PathFacts;
  deviceOf: DeviceOf;
  now: number;
}

/** What the hop rests on, row by row, and how to check it at the device. */
export function HopPanel({ graph, node: index, flow, facts: tables, deviceOf, now }: Props) {
  const node = graph.nodes[index]!;
  const device = node.kind === 'Device' ? deviceOf(node.id) : undefined;
  const steps = graph.edges.filter((edge) => edge.from === index);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    head.current?.scrollIntoView({ block: 'nearest' }); // it may stand below what is seen
  }, [index]);
  const facts = [...(node.evidence ?? []), ...steps.flatMap((edge) => edge.evidence ?? [])];
  return (
    <Paper withBorder p="md" component="section" aria-label={`Facts of ${nodeName(node)}`}>
      <Stack gap="sm">
        <Group justify="space-between" ref={head} className="hop-head">
          <Title order={3} size="h4">{nodeName(node)}</Title>
          {device && <a href={writePlace('devices', device.id)}>Device and its coverage</a>}
        </Group>
        <Text size="sm">{nodeDetail(node, device)}</Text>
        {gapText(graph, index) && <Text size="sm">{gapText(graph, index)}</Text>}
        {node.policyEvaluated === false && <Badge color="yellow" variant="dot">Policy of this device was not evaluated</Badge>}
        {gatewaysOf(tables, node).map((gateway) => <Text size="sm" key={gateway.text}>Gateway group: {gateway.text}.</Text>)}
        <PortLine words="In" port={node.ingress} node={node} facts={tables} />
        {steps.map((edge, i) => (
          <Text size="sm" key={i}>
            To {nodeName(graph.nodes[edge.to]!)}: {stepText(edge, routeFacts(tables, node, edge))}.{linkSentence(tables, graph, edge)}
            {edge.reason && ` ${percent(edge.confidence ?? 1)} sure: ${plain(edge.reason, 600)}`}
            {(edge.wires ?? []).map((wire) => ` Wire ${plain(wire.egress)} – ${plain(wire.ingress)}.`)}
          </Text>
        ))}
        {facts.length > 0
          ? <Facts facts={facts} deviceOf={deviceOf} now={now} />
          : <Text size="sm">No table of a managed device tells anything here.</Text>}
        {device && <Commands device={device} graph={graph} node={index} flow={flow} />}
      </Stack>
    </Paper>
  );
}

/** What the port is, and what spanning tree does there. */
function PortLine({ words, port, node, facts }: { words: string; port: PathPort | undefined; node: PathNode; facts: PathFacts }) {
  const told = portFacts(facts, node, port);
  const tree = treeState(facts, node, port);
  const text = [told ? portFactsText(told) : '', tree && `spanning tree ${tree.toLowerCase()}`].filter(Boolean).join('; ');
  return port && <Text size="sm">{words} by {portText(port)}{text && `: ${text}`}.</Text>;
}

function linkSentence(facts: PathFacts, graph: PathGraph, edge: PathEdge): string {
  const { text, mismatches } = linkOf(facts, graph, edge);
  const tree = treeState(facts, graph.nodes[edge.from]!, edge.egress);
  const load = loadOfLink(facts, graph, edge);
  const counted = [load.text, ...load.bad, load.when].filter(Boolean).join(', ');
  const ends = mismatches.length > 0 ? `the ends differ: ${mismatches.join(', ')}` : '';
  const told = [text, ends, counted, tree && `spanning tree ${tree.toLowerCase()}`].filter(Boolean).join('; ');
  return told && ` Link: ${told}.`;
}

function stepText(edge: PathEdge, found: RouteFacts | undefined): string {
  const metric = found?.metric === undefined ? '' : `, metric ${found.metric}`;
  const route = edge.prefix ? `${plain(edge.prefix)} (${plain(edge.label)}${metric})` : '';
  return [route, portText(edge.egress), ...stepNotes(edge)].filter(Boolean).join(', ');
}

function Facts({ facts, deviceOf, now }: { facts: PathEvidence[]; deviceOf: DeviceOf; now: number }) {
  return (
    <ScrollPlace label="Facts">
      <Table striped miw={560} verticalSpacing={4} captionSide="top">
        <Table.Caption>Facts</Table.Caption>
        <Heads names={['Fact', 'Row', 'Table', 'Device', 'Read']} />
        <Table.Tbody>
          {facts.map((fact, i) => (
            <Table.Tr key={i}>
              <Table.Td>{plain(fact.method)}{fact.doubt && <Text size="xs">In doubt: {plain(fact.doubt, 600)}</Text>}</Table.Td>
              <Table.Td><Code>{plain(fact.key)}</Code></Table.Td>
              <Table.Td>{plain(fact.table)}</Table.Td>
              <Table.Td>{plain(deviceOf(fact.deviceId)?.hostname ?? '')}</Table.Td>
              <Table.Td><When fact={fact} now={now} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollPlace>
  );
}

function When({ fact, now }: { fact: PathEvidence; now: number }) {
  if (fact.readNow) return <>for this answer{fact.changedNow ? ', changed' : ''}</>;
  if (fact.collectedAt === undefined) return <>assumed</>;
  return (
    <span title={moment(fact.collectedAt)}>
      {age(fact.collectedAt, now)} ago{fact.notReadNow ? `, not again: ${plain(fact.notReadNow)}` : ''}
    </span>
  );
}

function Commands({ device, graph, node, flow }: { device: Device; graph: PathGraph; node: number; flow: FlowRequest }) {
  const { question, isRouted } = questionOf(graph, node, flow);
  const commands = commandsFor(device.softwareType, question, isRouted);
  if (commands.length === 0)
    return <Text size="sm">Commands of this system ({plain(device.softwareType ?? 'not told')}) are not known here.</Text>;
  return (
    <Stack gap={4}>
      <Title order={4} size="h5">Check it yourself</Title>
      {commands.map((command) => (
        <Group key={command.line} gap="xs" wrap="nowrap">
          <CopyButton label="Copy" value={command.line} />
          <Code className="command">{command.line}</Code>
          <Text size="xs" visibleFrom="sm">{command.asks}</Text>
        </Group>
      ))}
    </Stack>
  );
}

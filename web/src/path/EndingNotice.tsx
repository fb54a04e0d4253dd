import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import type { FlowResult, PathGraph } from '../api/flow';
import { percent } from '../text/format';
import { plain } from '../text/plain';
import { endingWords } from './describe';
import { doubtsOf } from './doubts';

/** How a trace ends, and why; below 100 % how sure that is, and what would help. */
export function EndingNotice({ graph, isAclEvaluated }: { graph: PathGraph; isAclEvaluated: boolean }) {
  const { title, color, next } = endingWords(graph.ending.kind);
  const doubts = (graph.ending.confidence ?? 1) < 1 ? doubtsOf(graph) : [];
  const others = new Set((graph.endings ?? []).map((ending) => ending.kind).filter((kind) => kind !== graph.ending.kind));
  return (
    // Mantine's alert takes no `aria-labelledby` of ours.
    <Alert color={color} aria-label={title} data-ending={graph.ending.kind}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={700}>{title}</Text>
          {graph.ending.confidence !== undefined && graph.ending.confidence < 1 && (
            <Badge variant="default">As a whole {percent(graph.ending.confidence)} sure</Badge>
          )}
          {graph.nodes.some((node) => node.policyEvaluated === false) && <Badge variant="default">Policy not evaluated</Badge>}
          {!isAclEvaluated && <Badge variant="default">No access list read</Badge>}
          {[...others].map((kind) => <Badge key={kind} variant="default">A branch: {endingWords(kind).title}</Badge>)}
        </Group>
        {graph.ending.reason && <Text size="sm">{plain(graph.ending.reason, 2000)}</Text>}
        {next && <Text size="sm">{next}</Text>}
        {doubts.length > 0 && (
          <details className="doubts" open={graph.ending.kind !== 'Delivered'}>
            <summary>Why it is not surer, and what would help</summary>
            <ul aria-label="Why it is not surer">
              {doubts.map((doubt) => <li key={doubt}><Text size="sm">{doubt}</Text></li>)}
            </ul>
          </details>
        )}
      </Stack>
    </Alert>
  );
}

/** Of a trace that could not start. */
export function NoPath({ result }: { result: FlowResult }) {
  const ending = result.pathGraph?.ending;
  const { title, next } = endingWords(ending?.kind ?? 'SourceNotFound');
  return (
    <Alert color="red" title={title} data-ending={ending?.kind ?? ''}>
      <Text size="sm">{plain(ending?.reason ?? result.request.failureReason ?? 'The trace could not start.', 1000)}</Text>
      {next && <Text size="sm">{next}</Text>}
    </Alert>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FlowResult } from '../api/flow';
import { Problem } from '../shell/Problem';
import { plain } from '../text/plain';
import { linkOf } from './flowText';
import { runTrace } from './trace';
import { compareWays, comparisonText } from './compareWays';

/** Traces the way back when somebody asks, and says whether it is the same. */
export function WayBack({ result }: { result: FlowResult }) {
  const { sourceIP, destIP, sourcePort, destPort, protocol } = result.request;
  const back = useMutation({
    mutationFn: () =>
      runTrace({ sourceIP: destIP, destIP: sourceIP, sourcePort: destPort, destPort: sourcePort, protocol }, new AbortController().signal),
  });
  const answer = back.data;
  return (
    <Group gap="sm" role="status">
      <Button variant="default" size="compact-sm" loading={back.isPending} onClick={() => back.mutate()}>Compare the way back</Button>
      {back.error && <Problem problem={back.error} />}
      {answer && (
        <Text size="sm" data-way-back={answer.request.status}>
          {answer.pathGraph && result.pathGraph
            ? comparisonText(compareWays(result.pathGraph, answer.pathGraph))
            : `There is no way back: ${plain(answer.request.failureReason, 600)}`}{' '}
          <a href={linkOf(answer.request, answer.request.id)}>Show it</a>
        </Text>
      )}
    </Group>
  );
}

import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { get } from '../api/http';
import type { FlowResult } from '../api/flow';
import { Problem } from '../shell/Problem';
import { plain } from '../text/plain';
import { comparisonText, type PathComparison } from './comparison';
import { linkOf, wayBackOf } from './flowText';
import { runTrace } from './trace';

interface Props {
  result: FlowResult;
  back: FlowResult | null;
  onBack: (back: FlowResult | null) => void;
}

/** Traces the way back when somebody asks, puts it into the picture, and says where it is another one. */
export function WayBack({ result, back, onBack }: Props) {
  const asked = useMutation({
    mutationFn: () => runTrace(wayBackOf(result.request), new AbortController().signal),
    onSuccess: onBack,
  });
  return (
    <Group gap="sm" role="status">
      <Button variant="default" size="compact-sm" loading={asked.isPending} onClick={() => (back ? onBack(null) : asked.mutate())}>
        {back ? 'Without the way back' : 'Compare the way back'}
      </Button>
      {asked.error && <Problem problem={asked.error} />}
      {back && (
        <Text size="sm" data-way-back={back.request.status}>
          {back.pathGraph && back.pathGraph.nodes.length > 0
            ? <Compared one={result.request.id} other={back.request.id} />
            : `There is no way back: ${plain(back.request.failureReason, 600)}`}{' '}
          <a href={linkOf(back.request, back.request.id)}>Show it alone</a>
        </Text>
      )}
    </Group>
  );
}

/** What the server says of two traces that have ended. */
export function Compared({ one, other }: { one: string; other: string }) {
  const { data, error } = useQuery({
    queryKey: ['comparison', one, other],
    queryFn: ({ signal }) => get<PathComparison>(`/flow-analysis/${one}/comparison?with=${encodeURIComponent(other)}`, signal),
    staleTime: Infinity, // traces that have ended stay what they are
  });
  if (error) return <Problem problem={error} />;
  return <span data-comparison={data && (data.firstDifference?.what ?? 'same')}>{data && comparisonText(data)}</span>;
}

import { Group, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { recentTraces, trace as traceQuery } from '../api/queries';
import type { FlowItem, FlowRequest, FlowResult } from '../api/flow';
import { useIsAway } from '../shell/away';
import { go, readPlace, usePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { FlowForm } from './FlowForm';
import { flowOfLink, linkOf } from './flowText';
import { LivePath } from './LivePath';
import { PathPair } from './PathPair';
import { PathResult } from './PathResult';
import { runTrace } from './trace';

/** Ask for a path, and see it. The address of the page is the link to the stored trace. */
export function PathPage() {
  const place = usePlace();
  const client = useQueryClient();
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const running = useRef<AbortController>(null);
  const isAway = useIsAway();
  const form = useFormKey(place.query.toString());
  const stored = useQuery({ ...traceQuery(place.id ?? ''), enabled: place.id !== null && !isRunning });
  const other = place.query.get('with');
  const second = useQuery({ ...traceQuery(other ?? ''), enabled: other !== null && !isRunning });

  async function start(request: FlowRequest) {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setRunning(true);
    setProblem(null);
    try {
      const result = await runTrace(request, mine.signal);
      client.setQueryData(traceQuery(result.request.id).queryKey, result);
      void client.invalidateQueries({ queryKey: recentTraces.queryKey });
      const link = linkOf(request, result.request.id);
      form.keep(readPlace(link).query.toString());
      go(link);
    } catch (failure) {
      if (!mine.signal.aborted) setProblem(failure);
    } finally {
      if (running.current === mine) setRunning(false);
    }
  }

  const result = stored.data;
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">Path</Title>
      <div>
        <FlowForm key={form.key} initial={flowOfLink(place.query)} isRunning={isRunning}
          onTrace={(request) => void start(request)} onStop={() => running.current?.abort()} />
        <div role="status">
          {isRunning && (
            <Group mt="md">
              <Loader size="sm" />
              <Text size="sm">{isAway ? 'The trace goes on once the server answers.' : 'Tracing…'}</Text>
            </Group>
          )}
        </div>
      </div>
      {problem !== null && <Problem problem={problem} />}
      {stored.error && <Problem problem={stored.error} onRetry={() => void stored.refetch()} />}
      {second.error && <Problem problem={second.error} onRetry={() => void second.refetch()} />}
      {result && !isRunning && <Answer key={result.request.id} result={result} other={second.data} />}
      {!result && !isRunning && <RecentTraces />}
    </Stack>
  );
}

/** The path, or two of them, or one that is repeated. */
function Answer({ result, other }: { result: FlowResult; other: FlowResult | undefined }) {
  if ([result, other].some((one) => one?.request.status === 'INPROGRESS'))
    return <Text size="sm" role="status">This trace has not ended yet; the page looks again by itself.</Text>;
  if (other) return <PathPair one={result} other={other} />;
  return (
    <>
      {result.request.periodicRefresh ? <LivePath result={result} /> : <PathResult result={result} />}
      <Another result={result} />
    </>
  );
}

/** Which other trace to put beside this one. */
function Another({ result: { request } }: { result: FlowResult }) {
  const { data } = useQuery(recentTraces);
  const others = (data ?? []).filter((flow) => flow.id !== request.id && flow.status !== 'INPROGRESS');
  if (others.length === 0) return null;
  const labelOf = (flow: FlowItem) => `${flow.sourceIP} to ${flow.destIP}, ${moment(flow.createTime ?? 0)}`;
  return (
    <NativeSelect label="Beside another trace" maw={420} value=""
      data={[{ value: '', label: 'none' }, ...others.map((flow) => ({ value: flow.id, label: labelOf(flow) }))]}
      onChange={(event) => go(linkOf(request, request.id, event.currentTarget.value))} />
  );
}

/** Another link is another form; the link that a trace of this form has made is not: what was typed stays. */
function useFormKey(query: string) {
  const own = useRef<string>(null);
  const [form, setForm] = useState({ query, key: 0 });
  if (form.query !== query) setForm({ query, key: own.current === query ? form.key : form.key + 1 });
  return { key: form.key, keep: (next: string) => void (own.current = next) };
}

function RecentTraces() {
  const { data } = useQuery(recentTraces);
  if (!data || data.length === 0) return <Text size="sm">Give two ends and press Trace.</Text>;
  return (
    <section aria-labelledby="recent">
      <Title order={2} size="h4" id="recent">Recent traces</Title>
      <ul className="recent" role="list">
        {data.map((flow) => (
          <li key={flow.id}>
            {flow.createTime ? moment(flow.createTime) : ''}{' '}
            <a href={linkOf(flow, flow.id)}>{flow.sourceIP} to {flow.destIP}</a> {flow.status === 'FAILED' ? plain(flow.failureReason) : ''}
          </li>
        ))}
      </ul>
    </section>
  );
}

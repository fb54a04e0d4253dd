import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { devices as devicesQuery } from '../api/queries';
import type { FlowRequest } from '../api/flow';
import { resolveEnd } from './completion';
import { EndField } from './EndField';
import { portProblem, swapped, type FlowText } from './flowText';

interface Props {
  initial: FlowText;
  isRunning: boolean;
  onTrace: (request: FlowRequest) => void;
  onStop: () => void;
}

const STATISTICS = ['DEVICE-STATS', 'INTERFACE-STATS'];

/** The flow to trace. Both ends are all that is needed. */
export function FlowForm({ initial, isRunning, onTrace, onStop }: Props) {
  const [text, setText] = useState(initial);
  const [problems, setProblems] = useState<Partial<Record<keyof FlowText, string>>>({});
  const [isOpen, setOpen] = useState(initial.protocol !== '' || initial.fromPort !== '' || initial.toPort !== '');
  const devices = useQuery(devicesQuery).data ?? [];
  const change = (key: keyof FlowText) => (value: string) => {
    setText((before) => ({ ...before, [key]: value }));
    setProblems((before) => ({ ...before, [key]: undefined }));
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    const [from, to] = [resolveEnd(text.from, devices), resolveEnd(text.to, devices)];
    const found = {
      from: 'problem' in from ? from.problem : undefined,
      to: 'problem' in to ? to.problem : undefined,
      fromPort: portProblem(text.fromPort),
      toPort: portProblem(text.toPort),
    };
    setProblems(found);
    if ('problem' in from || 'problem' in to || found.fromPort || found.toPort) return;
    onTrace({
      sourceIP: from.address,
      destIP: to.address,
      ...(text.fromPort && { sourcePort: text.fromPort }),
      ...(text.toPort && { destPort: text.toPort }),
      ...(text.protocol && { protocol: text.protocol }),
      ...(text.verify && !text.periodic && { verify: true }),
      ...(text.periodic && { periodicRefresh: true }),
      ...(text.statistics && { inclusions: STATISTICS }),
    });
  }

  return (
    <form onSubmit={submit} aria-label="Trace a path" noValidate>
      <Stack gap="sm">
        <div className="flow">
          <EndField label="From" name="from" value={text.from} error={problems.from ?? null} onChange={change('from')} />
          <EndField label="To" name="to" value={text.to} error={problems.to ?? null} onChange={change('to')} />
          <Group className="beside-fields" gap="xs">
            <Button type="submit" loading={isRunning}>Trace</Button>
            {isRunning && <Button variant="default" onClick={onStop}>Stop waiting</Button>}
            <Button variant="default" onClick={() => setText(swapped(text))}>Swap</Button>
            <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>Ports and options</Button>
          </Group>
        </div>
        {isOpen && (
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              <NativeSelect label="Protocol" value={text.protocol} onChange={(event) => change('protocol')(event.currentTarget.value)}
                data={[{ value: '', label: 'any' }, 'TCP', 'UDP', 'ICMP']} />
              <TextInput label="From port" inputMode="numeric" value={text.fromPort} error={problems.fromPort}
                onChange={(event) => change('fromPort')(event.currentTarget.value)} />
              <TextInput label="To port" inputMode="numeric" value={text.toPort} error={problems.toPort}
                onChange={(event) => change('toPort')(event.currentTarget.value)} />
            </SimpleGrid>
            <Checkbox label="Ask the devices on the path again before the answer" checked={text.verify && !text.periodic}
              disabled={text.periodic}
              onChange={(event) => setText({ ...text, verify: event.currentTarget.checked })} />
            <Checkbox label="Repeat it every 30 seconds, and show what changes" checked={text.periodic}
              onChange={(event) => setText({ ...text, periodic: event.currentTarget.checked })} />
            <Checkbox label="With load of devices and interfaces" checked={text.statistics}
              onChange={(event) => setText({ ...text, statistics: event.currentTarget.checked })} />
          </Stack>
        )}
      </Stack>
    </form>
  );
}

import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkEvent } from '../api/inventory';
import { eventsSince } from '../api/queries';
import { eventText, kindText } from '../changes/eventText';
import { Heads } from '../shell/Heads';
import { writePlace } from '../shell/place';
import { Problem } from '../shell/Problem';
import { ScrollPlace } from '../shell/ScrollPlace';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { countsText } from './attention';

const DAY = 86_400_000; // milliseconds
const MOST = 12; // rows; the rest stands on its page

/** What changed in the last day: how much of which kind, and the newest. */
export function Changes() {
  const [since] = useState(() => Date.now() - DAY);
  const { data, error, refetch } = useQuery(eventsSince(since));
  return (
    <>
      {error && !data && <Problem problem={error} onRetry={() => void refetch()} />}
      {data && (
        <Text size="sm">
          {data.length === 0 ? 'Nothing.' : `${countsText(data.map((event) => kindText(event.kind)))}.`}{' '}
          <a href={writePlace('events')}>All events</a>
        </Text>
      )}
      {data && data.length > 0 && (
        <ScrollPlace label="The newest changes">
          <Table striped miw={940} verticalSpacing={4}>
            <Heads names={['When', 'Device', 'What', 'Change']} />
            <Table.Tbody>{data.slice(0, MOST).map((event) => <Change key={event.id} event={event} />)}</Table.Tbody>
          </Table>
        </ScrollPlace>
      )}
    </>
  );
}

function Change({ event }: { event: NetworkEvent }) {
  const name = plain(event.deviceName);
  return (
    <Table.Tr>
      <Table.Td className="moment">{moment(event.timestamp)}</Table.Td>
      <Table.Td>{event.deviceId ? <a href={writePlace('devices', event.deviceId)}>{name}</a> : name}</Table.Td>
      <Table.Td>{kindText(event.kind)}</Table.Td>
      <Table.Td>{[plain(event.table), plain(eventText(event), 200)].filter(Boolean).join(': ')}</Table.Td>
    </Table.Tr>
  );
}

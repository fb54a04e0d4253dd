import type { NetworkEvent } from '../api/inventory';
import { writePlace } from '../shell/place';
import { DataTable } from '../table/DataTable';
import type { Column } from '../table/rows';
import { moment } from '../text/format';
import { plain } from '../text/plain';
import { eventText, kindText } from './eventText';

const columns: Column<NetworkEvent>[] = [
  { key: 'time', head: 'Noticed', width: 170, text: (row) => moment(row.timestamp), order: (row) => row.timestamp },
  { key: 'device', head: 'Device', width: 180, text: (row) => row.deviceName ?? '' },
  { key: 'kind', head: 'What', width: 160, text: (row) => kindText(row.kind) },
  { key: 'table', head: 'Table', width: 110, text: (row) => row.table ?? '' },
  { key: 'text', head: 'Change', width: 560, isWide: true, text: eventText },
  { key: 'since', head: 'Happened after', width: 170, text: (row) => (row.since ? moment(row.since) : '') },
];

export function EventTable({ events }: { events: readonly NetworkEvent[] }) {
  return (
    <DataTable name="events" rows={events} columns={columns} rowKey={(row) => row.id}
      cell={(row, column) =>
        column.key === 'device' && row.deviceId ? <a href={writePlace('devices', row.deviceId)}>{plain(row.deviceName)}</a> : undefined} />
  );
}

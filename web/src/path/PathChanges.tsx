import { Badge, Spoiler, Text } from '@mantine/core';
import type { NetworkEvent } from '../api/inventory';
import { eventText, kindText } from '../changes/eventText';
import { counted, moment } from '../text/format';
import { plain } from '../text/plain';

/** A badge where something on the path changed in the last day, and what. */
export function PathChanges({ changes }: { changes: readonly NetworkEvent[] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-label="Changes on the path">
      <Badge variant="default">{counted(changes.length, 'change', 'changes')} on this path in the last day</Badge>
      <Spoiler maxHeight={102 /* five lines */} showLabel="Show all" hideLabel="Show less">
        {changes.map((change) => (
          <Text size="sm" key={change.id}>
            {moment(change.timestamp)} {plain(change.deviceName)}: {kindText(change.kind)} {plain(change.table)}{' '}
            {plain(eventText(change), 300)}
          </Text>
        ))}
      </Spoiler>
    </section>
  );
}

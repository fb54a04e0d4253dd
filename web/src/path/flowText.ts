import type { FlowRequest } from '../api/flow';
import { writePlace } from '../shell/place';

/** What stands in the fields of the form. */
export interface FlowText {
  from: string;
  to: string;
  protocol: string;
  fromPort: string;
  toPort: string;
  verify: boolean;
  periodic: boolean;
  statistics: boolean;
}

/** From a link, which anybody may have written: what it says stands in the fields, and nothing is sent before somebody presses Trace. */
export function flowOfLink(query: URLSearchParams): FlowText {
  const read = (key: string) => (query.get(key) ?? '').slice(0, 200);
  const protocol = read('protocol').toUpperCase();
  return {
    from: read('from'),
    to: read('to'),
    protocol: ['TCP', 'UDP', 'ICMP'].includes(protocol) ? protocol : '',
    fromPort: read('fromPort'),
    toPort: read('toPort'),
    verify: false,
    periodic: false,
    statistics: false,
  };
}

/** A link to the stored trace, which also says what to trace again once that is gone; beside another one where that is named. */
export function linkOf(flow: FlowRequest, id: string, other?: string): string {
  return writePlace('path', id, {
    from: flow.sourceIP,
    to: flow.destIP,
    protocol: flow.protocol || undefined,
    fromPort: known(flow.sourcePort),
    toPort: known(flow.destPort),
    with: other,
  });
}

/** The form of the way back. */
export const swapped = (text: FlowText): FlowText => ({
  ...text, from: text.to, to: text.from, fromPort: text.toPort, toPort: text.fromPort,
});

export const wayBackOf = ({ sourceIP, destIP, sourcePort, destPort, protocol }: FlowRequest): FlowRequest => ({
  sourceIP: destIP, destIP: sourceIP, ...(destPort && { sourcePort: destPort }), ...(sourcePort && { destPort: sourcePort }),
  ...(protocol && { protocol }),
});

export function portProblem(text: string): string | undefined {
  return text === '' || (/^\d{1,5}$/.test(text) && Number(text) <= 65535) ? undefined : 'A port is a number from 0 to 65535.';
}

const known = (port: string | undefined) => (port && port !== '0' ? port : undefined);

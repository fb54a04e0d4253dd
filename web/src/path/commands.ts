// "Check it yourself": the show commands of the device's own system, with what the hop is about filled in. They are pasted into
// terminals, so a name from a device stands in one only where it is harmless there; otherwise the command is left out.

export interface Question {
  source: string;
  destination: string;
  vrf?: string | undefined;
  nextHop?: string | undefined;
  egress?: string | undefined;
  vlan?: number | undefined;
  mac?: string | undefined;
}

export interface Command {
  asks: string;
  line: string;
}

type Line = (q: Question) => string | null;

interface System {
  route: Line;
  choice?: Line; // of equal-cost ways
  arp: Line;
  fdb?: Line;
  port: Line;
  neighbor: Line;
  tree?: Line;
}

const opt = (word: string, value: string | number | undefined) => (value === undefined ? '' : ` ${word} ${value}`);
const when = (value: unknown, line: () => string) => (value === undefined ? null : line());

const ios: System = {
  route: (q) => `show ip route${opt('vrf', q.vrf)} ${q.destination}`,
  choice: (q) => `show ip cef${opt('vrf', q.vrf)} exact-route ${q.source} ${q.destination}`,
  arp: (q) => `show ip arp${opt('vrf', q.vrf)} ${q.nextHop ?? q.destination}`,
  fdb: (q) => when(q.mac, () => `show mac address-table address ${dotted(q.mac!)}${opt('vlan', q.vlan)}`),
  port: (q) => when(q.egress, () => `show interfaces ${q.egress}`),
  neighbor: (q) => when(q.egress, () => `show lldp neighbors ${q.egress} detail`),
  tree: (q) => when(q.vlan, () => `show spanning-tree vlan ${q.vlan}`),
};

const nxos: System = {
  ...ios,
  route: (q) => `show ip route ${q.destination}${opt('vrf', q.vrf)}`,
  choice: (q) => `show routing hash ${q.source} ${q.destination}${opt('vrf', q.vrf)}`,
  arp: (q) => `show ip arp ${q.nextHop ?? q.destination}${opt('vrf', q.vrf)}`,
  port: (q) => when(q.egress, () => `show interface ${q.egress}`),
  neighbor: (q) => when(q.egress, () => `show lldp neighbors interface ${q.egress} detail`),
};

const { choice: _, ...withoutChoice } = ios;
const eos: System = withoutChoice;

const iosXr: System = {
  route: (q) => `show route${opt('vrf', q.vrf)} ipv4 ${q.destination}`,
  arp: (q) => `show arp${opt('vrf', q.vrf)} ${q.nextHop ?? q.destination}`,
  port: (q) => when(q.egress, () => `show interfaces ${q.egress}`),
  neighbor: (q) => when(q.egress, () => `show lldp neighbors ${q.egress} detail`),
};

const junos: System = {
  route: (q) => `show route ${q.destination}${q.vrf ? ` table ${q.vrf}.inet.0` : ''}`,
  arp: (q) => `show arp no-resolve | match ${q.nextHop ?? q.destination}`,
  fdb: (q) => when(q.mac, () => `show ethernet-switching table | match ${q.mac}`),
  port: (q) => when(q.egress, () => `show interfaces ${q.egress}`),
  neighbor: (q) => when(q.egress, () => `show lldp neighbors interface ${q.egress}`),
};

const linux: System = {
  route: (q) => `ip route get ${q.destination}${opt('vrf', q.vrf)}`,
  arp: (q) => `ip neigh show ${q.nextHop ?? q.destination}`,
  fdb: (q) => when(q.mac, () => `bridge fdb show | grep ${q.mac}`),
  port: (q) => when(q.egress, () => `ip -s link show dev ${q.egress}`),
  neighbor: (q) => when(q.egress, () => `lldpctl ${q.egress}`),
};

const SYSTEMS: [RegExp, System][] = [
  [/^IOS[- ]XR/i, iosXr], [/^IOS/i, ios], [/^NX-?OS/i, nxos], [/^EOS/i, eos], [/^Junos/i, junos], [/linux|vyos|frr|sonic/i, linux],
];

const ASKS: Record<keyof System, string> = {
  route: 'the route', choice: 'the choice among equal-cost ways', arp: 'who has the next address', fdb: 'the port of the address',
  port: 'the port', neighbor: 'who is at the other end', tree: 'spanning tree',
};

/** Empty for a system whose commands are not known here. */
export function commandsFor(softwareType: string | null | undefined, asked: Question, routed: boolean): Command[] {
  const system = SYSTEMS.find(([name]) => name.test(softwareType ?? ''))?.[1];
  if (!system) return [];
  const question = harmless(asked);
  const wanted: (keyof System)[] = routed ? ['route', 'choice', 'arp', 'port', 'neighbor'] : ['fdb', 'tree', 'port', 'neighbor'];
  // A VRF whose name cannot be written would make the question one about another table.
  const isOther = asked.vrf !== undefined && question.vrf === undefined;
  return wanted.flatMap((key) => {
    if (isOther && (key === 'route' || key === 'choice' || key === 'arp')) return [];
    const line = system[key]?.(question);
    return line ? [{ asks: ASKS[key], line }] : [];
  });
}

function harmless(q: Question): Question {
  const name = (text: string | undefined) => (text !== undefined && /^[A-Za-z0-9][\w.:/-]{0,63}$/.test(text) ? text : undefined);
  const mac = q.mac !== undefined && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(q.mac) ? q.mac.toLowerCase() : undefined;
  return { ...q, vrf: name(q.vrf), egress: name(q.egress), nextHop: name(q.nextHop), mac };
}

/** `001b.210a.0b0c` */
const dotted = (mac: string) => mac.replaceAll(':', '').replace(/(.{4})(?!$)/g, '$1.');

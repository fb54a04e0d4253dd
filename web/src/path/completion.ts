import type { Device, Found, Host, Interface } from '../api/inventory';
import { byName, isAddress, shortPort } from '../text/format';
import { plain } from '../text/plain';

const MOST = 12;

/** What the field proposes: an address, and whose it is. Chosen, it stands in the field as `10.1.10.1 (CAMPUS-Core2)`. */
export interface End {
  address: string;
  whose: string;
}

export const endText = (end: End): string => (end.whose ? `${end.address} (${end.whose})` : end.address);

/** `CAMPUS-Core2 Gi1/0` asks for the ports of a device. */
export function askedPorts(text: string, devices: readonly Device[]): { device: Device; port: string } | null {
  const match = /^(\S+)\s+(?!\()(.*)$/.exec(text.trimStart());
  const device = match && devices.find((one) => same(one.hostname, match[1]!));
  return device ? { device, port: match[2]! } : null;
}

/** What the lists have for the field. */
export interface Known {
  devices: readonly Device[];
  hosts: readonly Host[]; // whose address begins with the text
  found: readonly Found[]; // what the server's search has found for the text
  ports: readonly Interface[]; // of the device that the text names
}

/** The best first: an address or a name that begins with the text, then one that contains it, then hosts that the search has found. */
export function ends(text: string, { devices, hosts, found, ports }: Known): End[] {
  const asked = askedPorts(text, devices);
  if (asked) return distinct(portsOf(asked.device, asked.port, ports)).slice(0, MOST);
  const wanted = text.trim().toLowerCase();
  const all = [
    ...hosts.filter((host) => host.hostIp).map((host) => ({ address: host.hostIp!, whose: whereIs(host) })),
    ...devices.map((device) => ({ address: device.managementIpAddress, whose: plain(device.hostname, 60) })),
  ];
  const searched = found.filter((hit) => hit.kind === 'host' && isAddress(hit.name));
  const ranked = [
    ...all.map((end) => ({ end, rank: rank(end, wanted) })).filter((one) => one.rank < NO_MATCH),
    ...searched.map((hit) => ({ end: { address: hit.name, whose: whatFound(hit) }, rank: NO_MATCH })),
  ];
  ranked.sort((a, b) => a.rank - b.rank || byName(a.end.address, b.end.address));
  return distinct(ranked.map((one) => one.end)).slice(0, MOST);
}

export type Resolved = { address: string } | { problem: string };

/** The address that is meant by what stands in the field. A name must be one device's. */
export function resolveEnd(text: string, devices: readonly Device[]): Resolved {
  const first = text.trim().split(/\s/, 1)[0] ?? '';
  if (isAddress(first)) return { address: first };
  if (first === '') return { problem: 'Give an address or the name of a device.' };
  const named = devices.filter((device) => same(device.hostname, text.trim()));
  if (named.length === 1) return { address: named[0]!.managementIpAddress };
  const addresses = named.map((device) => device.managementIpAddress).join(', ');
  if (named.length > 1) return { problem: `${named.length} devices have that name: ${addresses}.` };
  return { problem: `No device is named '${plain(text.trim(), 40)}'. Give an address such as 192.0.2.7, or choose from the list.` };
}

const NO_MATCH = 3;

function rank(end: End, wanted: string): number {
  const whose = end.whose.toLowerCase();
  if (end.address === wanted) return 0;
  if (end.address.startsWith(wanted) || whose.startsWith(wanted)) return 1;
  return whose.includes(wanted) || end.address.includes(wanted) ? 2 : NO_MATCH;
}

function portsOf(device: Device, port: string, ports: readonly Interface[]): End[] {
  const wanted = port.toLowerCase();
  return ports
    .filter((one) => one.deviceId === device.id && isAddress(one.ipv4Address ?? ''))
    .filter((one) => one.portName.toLowerCase().includes(wanted) || shortPort(one.portName).toLowerCase().startsWith(wanted))
    .sort((a, b) => byName(a.portName, b.portName))
    .map((one) => ({ address: one.ipv4Address!, whose: `${plain(device.hostname, 60)} ${shortPort(plain(one.portName, 60))}` }));
}

function whereIs(host: Host): string {
  const port = [host.connectedNetworkDeviceIpAddress, shortPort(host.connectedInterfaceName ?? '')].filter(Boolean).join(' ');
  const place = host.connectedAPName ?? port;
  return plain(`${host.hostType ?? ''} host${place ? ` at ${place}` : ''}`.trim(), 60);
}

/** The value by which it was found, and where the host is: `5c:f9:dd:4e:02:16 at Branch-Access1`. */
const whatFound = ({ name, value, deviceName }: Found) =>
  plain([value === name ? 'host' : value, deviceName && `at ${deviceName}`].filter(Boolean).join(' '), 60);

const same = (a: string | null | undefined, b: string) => (a ?? '').toLowerCase() === b.toLowerCase();

/** One proposal for each text: a field that knows two of the same chooses neither. */
function distinct(found: End[]): End[] {
  return [...new Map(found.map((end) => [endText(end), end])).values()];
}

import type { Page } from 'playwright-core';
import type { Device, Host, NetworkEvent, Topology } from '../src/api/inventory';
import { PASSWORD } from './demo';

// What the demo's campus has not: answers of a larger network, or of devices that mean harm. The page is the server's own.

export const device = (number: number, hostname: string): Device => ({
  id: idOf(number),
  hostname,
  managementIpAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
  reachabilityStatus: 'Reachable',
  collectionStatus: 'Managed',
});

export const serveDevices = (page: Page, devices: Device[]): Promise<void> => serveList(page, /\/network-device\?offset=/, devices);

export function serveHosts(page: Page, count: number): Promise<void> {
  const hosts = Array.from({ length: count }, (_, i): Host => ({
    id: idOf(i + 1), hostIp: `10.9.${i >> 8}.${i & 255}`, hostMac: `02:00:00:00:${hex(i >> 8)}:${hex(i & 255)}`, hostType: 'wired',
    connectedInterfaceName: `GigabitEthernet1/0/${(i % 48) + 1}`, vlanId: `${i % 100}`, lastUpdated: `${Date.now()}`,
  }));
  return serveList(page, /\/host\?isGone=/, hosts);
}

export async function serveEvents(page: Page, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, i): NetworkEvent => ({
    id: `${count - i}`, timestamp: Date.now() - 1000 * i, kind: 'ROW_CHANGED', deviceId: idOf(i + 1), deviceName: `switch-${i + 1}`,
    table: 'routes', row: { prefix: `10.9.${i & 255}.0/24` }, before: { nextHop: '10.1.4.2' }, after: { nextHop: '10.1.4.6' },
  }));
  await page.route(/\/event\?/, (route) => route.fulfill({ json: { response: events, version: '1.0' } }));
}

/** A list as the server has it, page by page. */
async function serveList(page: Page, address: RegExp, rows: object[]): Promise<void> {
  await page.route(address, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const first = Number(query.get('offset')) - 1;
    return route.fulfill({ json: { response: rows.slice(first, first + Number(query.get('limit'))), version: '1.0' } });
  });
}

/** Sites of a hundred switches: two cores that all others hang on, and the cores in a ring. */
export async function serveMap(page: Page, count: number): Promise<void> {
  const nodes = Array.from({ length: count }, (_, i) => ({
    id: idOf(i + 1), label: `site${Math.floor(i / 100)}-sw${i % 100}`, nodeType: 'device', role: i % 100 < 2 ? 'CORE' : 'ACCESS',
  }));
  const links = nodes.flatMap((node, i) => {
    const core = i - (i % 100);
    const targets = i % 100 < 2 ? [core + 1 - (i % 100), (i + 100) % count] : [core, core + 1];
    return targets.filter((target) => target !== i).map((target) => ({ source: node.id, target: nodes[target]!.id, linkStatus: 'up' }));
  });
  const response: Topology = { nodes, links };
  await page.route(/\/topology\/physical-topology/, (route) => route.fulfill({ json: { response, version: '1.0' } }));
}

const hex = (octet: number) => octet.toString(16).padStart(2, '0');
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Asks the server beside the page, as a script of the operator does. */
export async function apiOf(url: string): Promise<(method: string, path: string, body?: object) => Promise<unknown>> {
  const basic = Buffer.from(`admin:${PASSWORD}`).toString('base64');
  const ticket = await fetch(`${url}/dna/system/api/v1/auth/token`, { method: 'POST', headers: { Authorization: `Basic ${basic}` } });
  const { Token: token } = (await ticket.json()) as { Token: string };
  return async (method, path, body) => {
    const headers = { 'X-Auth-Token': token, 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/dna/intent/api/v1${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

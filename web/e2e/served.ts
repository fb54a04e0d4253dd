import type { Page } from 'playwright-core';
import type { Device, Topology } from '../src/api/inventory';
import { PASSWORD } from './demo';

// What the demo's campus has not: answers of a larger network, or of devices that mean harm. The page is the server's own.

export const device = (number: number, hostname: string): Device => ({
  id: idOf(number),
  hostname,
  managementIpAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
  reachabilityStatus: 'Reachable',
  collectionStatus: 'Managed',
});

export async function serveDevices(page: Page, devices: Device[]): Promise<void> {
  await page.route(/\/network-device\?offset=/, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const first = Number(query.get('offset')) - 1;
    return route.fulfill({ json: { response: devices.slice(first, first + Number(query.get('limit'))), version: '1.0' } });
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

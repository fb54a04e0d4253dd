import type { Page } from 'playwright-core';
import type { Device, Topology } from '../src/api/inventory';

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

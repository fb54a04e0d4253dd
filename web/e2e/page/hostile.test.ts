import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoSidewaysScroll, login, open, start } from '../browser';
import { device, serveDevices } from '../served';

const NAMES = [
  '<img src=x onerror=alert(1)>', '</text></svg><script>alert(1)</script>', 'javascript:alert(1)', 'core\u202e1-hcti\u0007',
  'long'.repeat(1024),
];

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('names that are meant to do something do nothing', async () => {
  const { page, faults } = await open(browser, 360);
  let asked = 0;
  page.on('dialog', (dialog) => (asked++, void dialog.dismiss()));
  await serveDevices(page, [
    device(1, '<img src=x onerror=alert(1)>'),
    device(2, 'javascript:alert(1)'),
    device(3, 'core\u202e1-hcti'),
    device(4, 'long'.repeat(1024)),
    device(5, '=cmd|calc'),
  ]);
  await login(page, '#/devices');
  await page.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).waitFor();
  await page.getByRole('link', { name: 'core\\u{202e}1-hcti' }).waitFor();
  await expectNoSidewaysScroll(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const stream = await (await saved).createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(text).toContain("'=cmd|calc");
  expect([asked, faults]).toEqual([0, []]);
  await page.context().close();
});

test('names of a path, of its ports and of its facts are text in the drawing, in the panel, and in what is copied', async () => {
  const { page, faults } = await open(browser, 360);
  let asked = 0;
  page.on('dialog', (dialog) => (asked++, void dialog.dismiss()));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  let told = 0;
  const next = () => NAMES[told++ % NAMES.length]!;
  /** Whatever a device has said is one of the names. */
  const said = /^(name|label|key|reason|egress|ingress|vrf|method|doubt|table|prefix|nextHop)$/;
  const meant = (key: string, value: unknown) => (typeof value === 'string' && said.test(key) ? next() : value);
  await page.route(/\/flow-analysis\/[^/?]+$/, async (route) => {
    const { response, version } = await (await route.fetch()).json();
    const pathGraph = JSON.parse(JSON.stringify(response.pathGraph), meant);
    return route.fulfill({ json: { response: { ...response, pathGraph }, version } });
  });
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.locator('[data-ending=Delivered]').waitFor();
  const nodes = page.locator('.path-node');
  for (let i = 0; i < 6; i++) {
    await nodes.nth(i).press('Enter');
    await page.getByRole('region', { name: /^Facts of / }).first().waitFor();
    await expectNoSidewaysScroll(page);
  }
  await page.getByRole('button', { name: 'Copy SVG' }).click();
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  expect(svg).toContain('&lt;img');
  expect(svg).not.toMatch(/<(script|img)|\u202e|\u0007/);
  expect([asked, faults]).toEqual([0, []]);
  await page.context().close();
});

test('names on the map are text on it, in its table, and in what is saved', async () => {
  const { page, faults } = await open(browser, 360);
  let asked = 0;
  page.on('dialog', (dialog) => (asked++, void dialog.dismiss()));
  const nodes = [...NAMES, '"]; x -> y; ["'].map((label, i) => ({ ...device(i + 1, label), label, nodeType: 'device', role: 'CORE' }));
  const links = nodes.slice(1).map(({ id }) => ({ source: nodes[0]!.id, target: id, linkStatus: 'up' }));
  await page.route(/\/topology\/physical-topology/, (route) => route.fulfill({ json: { response: { nodes, links }, version: '1.0' } }));
  await login(page, '#/map');
  await page.locator(`canvas[data-nodes='${nodes.length}']`).waitFor();
  await page.getByRole('table', { name: 'links' }).getByText(NAMES[0]!).first().waitFor();
  await expectNoSidewaysScroll(page);
  const saved = async (name: string) => {
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    let text = '';
    for await (const chunk of await (await file).createReadStream()) text += chunk;
    return text;
  };
  expect(await saved('Save as SVG')).not.toMatch(/<(script|img)|\u202e|\u0007/);
  expect(await saved('Save as DOT')).toContain(String.raw`\"]; x -> y; [\"`);
  expect([asked, faults]).toEqual([0, []]);
  await page.context().close();
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

// As test/Approved/demo-path.txt has it, from the wireless client to the branch.
const CAMPUS = [
  '10.1.15.117', 'AP7081.059f.19ca', 'CAMPUS-Access1', 'CAMPUS-Dist1', 'Campus-WLC-5508', 'CAMPUS-Dist1', 'CAMPUS-Core2', 'CAMPUS-Router2',
  'Unknown', 'Branch-Router2', 'Branch-Access1', '10.2.1.22',
];

test('the path of the demo is drawn within ten seconds of the login, by keyboard alone, from 200 KiB', async () => {
  const { page, faults } = await open(browser);
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/' || pathname.startsWith('/assets/')) sizes.push(request.sizes().then((size) => size.responseBodySize));
  });
  const began = Date.now();
  await login(page);
  await page.getByRole('link', { name: 'Path', exact: true }).press('Enter');
  await page.locator('input[name=from]').fill('10.1.15.117');
  await page.locator('input[name=to]').fill('10.2.1.22');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByRole('alert', { name: 'Delivered' }).waitFor();
  const took = Date.now() - began;
  const octets = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`from the login to the drawn path: ${took} ms, ${(octets / 1024).toFixed(0)} KiB of the page`);
  expect(took).toBeLessThan(10_000);
  expect(octets).toBeLessThanOrEqual(200 * 1024);

  const place = page.getByRole('region', { name: 'Drawing of the path' }); // it is seen whole
  const [room, whole, height] = await place.evaluate((one) => [one.clientWidth, one.scrollWidth, one.clientHeight]);
  expect(whole).toBe(room);
  expect(height).toBeLessThan(900);
  const names = await page.locator('.path-node').evaluateAll((nodes) => nodes.map((node) => node.querySelector('text')!.textContent!));
  for (const name of CAMPUS) expect(names).toContainEqual(expect.stringMatching(new RegExp(`^${name}`, 'i')));
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a hop shows its facts and the commands that check them, and the link of the path opens it again without a login', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.getByRole('button', { name: /^CAMPUS-Core2/ }).focus();
  await page.keyboard.press('Enter');
  const facts = page.getByRole('region', { name: 'Facts of CAMPUS-Core2' });
  await facts.getByRole('table').waitFor();
  const { y } = (await facts.boundingBox())!;
  expect(y).toBeLessThan(600); // of 900: chosen by a key at the top, its facts are seen
  expect(await facts.textContent()).toMatch(/show ip route 10\.2\.1\.22/);
  await facts.getByText(/Link: .*1500/).first().waitFor();
  await facts.getByText(/metric \d+/).first().waitFor();

  await page.getByText('Physical', { exact: true }).click();
  await page.getByRole('button', { name: /^CAMPUS-Core2/ }).waitFor();
  expect(await page.locator('.path-node text', { hasText: /OSPF|ECMP/ }).count()).toBe(0);

  await page.getByText('Layer 3', { exact: true }).click();
  await page.getByRole('button', { name: /^CAMPUS-Access1/ }).waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: /^CAMPUS-Core2/ }).count()).toBe(1);

  await page.reload();
  await page.locator('[data-ending=Delivered]').waitFor();
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', expect.any(Number), 0]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a trace that fails shows the way as far as it is known, why it ends there, and what to do', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.99');
  const trace = page.getByRole('button', { name: 'Trace', exact: true });
  await trace.click();
  // axe takes white on white for hidden
  expect(await trace.evaluate((one) => getComputedStyle(one).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
  const ending = page.locator('[data-ending=Unknown]');
  await ending.getByText(/Branch-Router2 has no ARP entry for 10\.2\.1\.99 .*: ping it, then collect again/).waitFor();
  await page.getByRole('button', { name: /^Branch-Router2/ }).press('Enter');
  const facts = page.getByRole('region', { name: 'Facts of Branch-Router2' });
  await facts.getByText(/10\.2\.1\.99/).first().waitFor();
  await page.getByRole('list', { name: 'Why it is not surer' }).getByText(/ sure: /).first().waitFor();
  await page.screenshot({ path: 'screenshots/path-failed.png', fullPage: true });
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a path is copied as text, as a link, as JSON and as SVG', async () => {
  const { page, faults } = await open(browser);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.locator('[data-ending=Delivered]').waitFor();
  const copied = async (name: string): Promise<string> => {
    const button = page.getByRole('button', { name, exact: true });
    const at = await button.elementHandle();
    await button.press('Enter');
    await page.waitForFunction((one) => one!.textContent === 'Copied', at);
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('Copy text')).toMatch(/^10\.1\.15\.117 -> 10\.2\.1\.22\n[^]*CAMPUS-Core2[^]*\n/);
  expect(JSON.parse(await copied('Copy JSON')).request).toMatchObject({ sourceIP: '10.1.15.117', destIP: '10.2.1.22' });
  const svg = await copied('Copy SVG');
  const drawn = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return [root.nodeName, root.textContent!.includes('CAMPUS-Core2'), root.querySelectorAll('script, style, [class], [role]').length];
  }, svg);
  expect(drawn).toEqual(['svg', true, 0]);
  const link = await copied('Copy link');
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('[data-ending=Delivered]').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a host is found by its MAC address, as a switch writes it', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/path');
  await page.locator('input[name=from]').fill('5cf9.dd4e.0216');
  await page.getByRole('option', { name: '10.2.1.22 (5c:f9:dd:4e:02:16 at Branch-Access1)' }).click();
  expect(await page.locator('input[name=from]').inputValue()).toMatch(/^10\.2\.1\.22 /);
  expect(faults).toEqual([]);
  await page.context().close();
});

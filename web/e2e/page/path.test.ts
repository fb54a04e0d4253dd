import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start } from '../browser';

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
  await page.locator('[data-ending=Delivered]').waitFor();
  const took = Date.now() - began;
  const octets = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`from the login to the drawn path: ${took} ms, ${(octets / 1024).toFixed(0)} KiB of the page`);
  expect(took).toBeLessThan(10_000);
  expect(octets).toBeLessThanOrEqual(200 * 1024);

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

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, login, open, start } from '../browser';
import { device, serveDevices } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('home says what is down and why, and leads to it', async () => {
  const { page, faults } = await open(browser, 360);
  const silent = { ...device(2, 'core-2'), reachabilityStatus: 'Unreachable', reachabilityFailureReason: 'No SNMP answer in 3 attempts.' };
  await serveDevices(page, [device(1, 'core-1'), silent]);
  await login(page);
  await page.getByText('1 of 2 devices answer and were read within a day; unreachable: 1.').waitFor();
  await page.getByRole('cell', { name: 'No SNMP answer in 3 attempts.' }).waitFor();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'core-2', exact: true }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'core-2' }).waitFor();
  await page.context().close();
  expect(faults.filter((fault) => !/404/.test(fault))).toEqual([]); // the server does not know the device that the test made up
});

test('a task that runs stands on home until it has ended', async () => {
  const { page, faults } = await open(browser);
  let task: object = {
    id: 'b2e1f4a6-0000-4000-8000-000000000001', serviceType: 'Discovery Service', startTime: Date.now(), isError: false,
    progress: '12 of 40',
  };
  await page.route(/\/stream$/, () => undefined); // a proxy that lets no stream through: the page asks
  await page.route(/\/task\?/, (route) => route.fulfill({ json: { response: [task], version: '1.0' } }));
  await login(page);
  await page.getByText(/Discovery Service since .*: 12 of 40/).waitFor();
  task = { ...task, endTime: Date.now() };
  await page.getByText('No task is running.').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('an empty controller proposes the first discovery, or the demo', async () => {
  const { page, faults } = await open(browser);
  await serveDevices(page, []);
  await login(page);
  await page.getByRole('heading', { name: 'New discovery' }).waitFor();
  await page.getByText('towpath demo').waitFor();
  await page.screenshot({ path: 'screenshots/first-steps.png', fullPage: true });
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

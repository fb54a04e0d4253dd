import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('a server that is away in the middle of a trace is asked on', async () => {
  const { page } = await open(browser);
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  let lost = 0;
  await page.route(/\/task\//, (route) => (lost++ < 3 ? route.abort('connectionrefused') : route.continue()));
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.locator('[data-ending=Delivered]').waitFor();
  expect(lost).toBeGreaterThan(3);
  await page.context().close();
});

test('while the server is away the page says so, and not any more when it is back', async () => {
  const { page } = await open(browser);
  await login(page, '#/devices');
  await page.route('**/health/live', (route) => route.abort('connectionrefused'));
  await page.getByText('The server does not answer.').waitFor();
  await page.unroute('**/health/live');
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  await page.context().close();
});

test('a token that has ended is renewed without a word', async () => {
  const { page } = await open(browser);
  await login(page, '#/hosts');
  await page.getByText('10.1.15.117').first().waitFor();
  let refused = false;
  await page.route(/\/event\?/, (route) => {
    if (refused) return route.continue();
    refused = true;
    return route.fulfill({ status: 401, json: { response: { errorCode: 'UNAUTHORIZED', message: 'ended', detail: null } } });
  });
  await page.getByRole('link', { name: 'Events' }).click();
  await page.getByRole('cell', { name: 'device added' }).first().waitFor();
  expect(refused).toBe(true);
  await page.context().close();
});

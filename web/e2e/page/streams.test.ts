import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { login, open, start } from '../browser';
import { apiOf } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

const PATIENCE = 25_000; // the server looks every ten seconds for what changed (HistoryJob)
const STREAM = /\/event\/stream$/;

/** Somebody else gives a device another role, which is an event. */
async function giveRole(role: string): Promise<void> {
  const ask = await apiOf(inject('url'));
  const { response } = (await ask('GET', '/network-device?hostname=Branch-Access1')) as { response: { id: string }[] };
  await ask('PUT', '/network-device/brief?wait=10', { id: response[0]!.id, role, roleSource: 'MANUAL' });
}

test('an event and what it changed are there as it happens, and nobody asks for them', async () => {
  const { page, faults } = await open(browser);
  const opened = page.waitForResponse(STREAM);
  await login(page, '#/devices');
  await opened;
  await page.getByLabel('Filter devices').fill('Branch-Access1');
  await page.getByText('1 of 11 devices').waitFor();
  await page.getByRole('row').getByText('access', { exact: true }).waitFor();
  const polls: string[] = [];
  page.on('request', (request) => /\/(event|network-device)\?/.test(request.url()) && polls.push(request.url()));
  await giveRole('DISTRIBUTION');
  await page.getByRole('row').getByText('distribution', { exact: true }).waitFor({ timeout: PATIENCE });
  expect(polls).toEqual([]);

  await page.getByRole('link', { name: 'Events' }).click();
  const changes = page.getByRole('cell', { name: 'role changed' });
  await changes.first().waitFor();
  const count = await changes.count();
  polls.length = 0;
  await giveRole('ACCESS');
  await expect.poll(() => changes.count(), { timeout: PATIENCE }).toBe(count + 1);
  expect(polls).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('one tab listens, another one asks; when the first is closed the other one listens', async () => {
  const { page } = await open(browser);
  const opened = page.waitForResponse(STREAM);
  await login(page, '#/events');
  await opened;
  const second = await page.context().newPage();
  const asked: string[] = [];
  second.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const isPoll = () => asked.filter((path) => path.endsWith('/event')).length > 1;
  const polled = second.waitForRequest(isPoll);
  await second.goto('/#/events'); // the cookie logs it in
  await polled;
  expect(asked.filter((path) => path.endsWith('/stream'))).toEqual([]);
  const next = second.waitForResponse(STREAM);
  await page.close();
  await next;
  await second.context().close();
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';
import { apiOf } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('an address that is silent is discovered with a reason, and what it would cost is said before', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/discovery');
  await page.getByRole('button', { name: 'New discovery' }).click();
  await page.getByLabel('Addresses').fill('10.1.10.250');
  await page.getByLabel('Read community').fill('public');
  await page.getByRole('button', { name: 'What would it cost?' }).click();
  await page.getByText(/1 address, 1 credential at each: .* Nothing was sent\./).waitFor();
  await page.getByRole('button', { name: 'Discover', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Single 10.1.10.250' }).waitFor();
  await page.getByText('Complete').waitFor({ timeout: 45_000 });
  await page.getByRole('table', { name: 'Not collected' }).getByText('10.1.10.250').waitFor();
  await expectAccessible(page);
  await page.screenshot({ path: 'screenshots/discovery-failed.png' });
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a stored credential is chosen, and is what the device is found with', async () => {
  const ask = await apiOf(inject('url'));
  const secret = [{ readCommunity: 'public', description: 'campus read' }];
  await ask('POST', '/global-credential/snmpv2-read-community?wait=10', secret);
  const { page, faults } = await open(browser);
  await login(page, '#/discovery');
  await page.getByRole('button', { name: 'New discovery' }).click();
  await page.getByLabel('Addresses').fill('10.1.10.1');
  await page.getByText('Stored', { exact: true }).click();
  await page.getByText(/all of them are tried/).waitFor();
  await page.getByLabel('campus read (SNMPv2c read)').check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'What would it cost?' }).click();
  await page.getByText(/^1 address, 1 credential at each/).waitFor();
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/discovery'));
  await page.getByRole('button', { name: 'Discover', exact: true }).click();
  expect((await sent).postDataJSON().globalCredentialIdList).toHaveLength(1);
  await page.getByText('1 device of 1 address').waitFor({ timeout: 45_000 });
  await page.getByRole('table', { name: 'found devices' }).getByText('campus read').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

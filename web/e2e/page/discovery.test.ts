import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';

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
  await page.screenshot({ path: 'screenshots/discovery-run.png' });
  expect(faults).toEqual([]);
  await page.context().close();
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('a credential is added, changed without its secret, and deleted; the secret is shown nowhere', async () => {
  const { page, faults } = await open(browser);
  const told: Promise<string>[] = [];
  page.on('response', (answer) => answer.url().includes('/global-credential') && told.push(answer.text().catch(() => '')));
  await login(page, '#/credentials');
  await page.getByRole('link', { name: 'Add a credential' }).click();
  await page.getByLabel('Description').fill('campus users');
  await page.getByLabel('User', { exact: true }).fill('towpath');
  await page.getByLabel('Authentication passphrase').fill('tell-nobody-1');
  await page.getByLabel('Privacy passphrase').fill('tell-nobody-2');
  await page.getByLabel('Only sent to').fill('10.250.0.0/16');
  await expectAccessible(page);
  await page.keyboard.press('Enter');

  await page.getByRole('link', { name: 'campus users' }).click();
  expect(await page.getByLabel('Privacy passphrase').inputValue()).toBe('');
  await page.getByLabel('Description').fill('core users');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('cell', { name: 'towpath, AUTHPRIV SHA256 AES128' }).waitFor();
  await page.getByRole('link', { name: 'core users' }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('link', { name: 'Add a credential' }).waitFor();
  expect(await page.getByRole('link', { name: 'core users' }).count()).toBe(0);
  expect((await Promise.all(told)).join()).not.toMatch(/tell-nobody/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('what is wrong with a credential is said by the server', async () => {
  const { page } = await open(browser);
  await login(page, '#/credentials/new');
  await page.getByLabel('User', { exact: true }).fill('towpath');
  await page.getByLabel('Authentication passphrase').fill('short');
  await page.getByLabel('Privacy passphrase').fill('long enough');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText(/needs at least 8 characters/).waitFor();
  await page.context().close();
});

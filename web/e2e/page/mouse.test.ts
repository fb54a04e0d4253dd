import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

// What a page is for, by mouse, where no other test does that; keyboard.test.ts does it by keys.

test('a change on home leads to its device, and from there to a path', async () => {
  const { page, faults } = await open(browser);
  await login(page);
  await page.getByRole('main').getByRole('link', { name: 'Branch-Access1' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Branch-Access1' }).waitFor();
  await page.getByRole('link', { name: 'Path from here' }).click();
  await expect.poll(() => page.locator('input[name=from]').inputValue()).toBe('10.2.1.17');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a host is found, and is the source of the next path', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/hosts');
  await page.getByLabel('Filter hosts').click();
  await page.keyboard.type('5c:f9:dd:4e:02:16');
  await page.getByText(/^1 of \d+ hosts$/).waitFor();
  await page.getByRole('columnheader', { name: 'VLAN' }).getByRole('button').click();
  await page.getByRole('link', { name: '10.2.1.22' }).click();
  await expect.poll(() => page.locator('input[name=from]').inputValue()).toBe('10.2.1.22');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('events are sorted, and one leads to its device', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/events');
  const noticed = page.getByRole('columnheader', { name: /^Noticed/ });
  await noticed.getByRole('button').click();
  await expect.poll(() => noticed.getAttribute('aria-sort')).toBe('ascending');
  await page.getByRole('table', { name: 'events' }).getByRole('link').first().click();
  await page.getByText(/Coverage: \d+ of \d+ tables/).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a discovery that has ended is opened from its task', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/tasks');
  await page.getByRole('link', { name: 'discovery 1', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'demo campus' }).waitFor();
  await page.getByText('Complete').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

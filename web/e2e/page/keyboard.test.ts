import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start, tabTo } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

// What each page is for, without a mouse. The path is in path.test.ts.

test('a device is found and opened by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/devices');
  await tabTo(page, page.getByLabel('Filter devices'));
  await page.keyboard.type('core2');
  await page.getByText('1 of 11 devices').waitFor();
  await tabTo(page, page.getByRole('link', { name: 'CAMPUS-Core2' }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'CAMPUS-Core2' }).waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Neighbors', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('cell', { name: /CAMPUS-Dist1/ }).first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('hosts are filtered and sorted by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/hosts');
  await tabTo(page, page.getByLabel('Filter hosts'));
  await page.keyboard.type('10.2.1.2');
  await page.getByText(/^2 of \d+ hosts$/).waitFor();
  const first = page.getByRole('table', { name: 'hosts' }).getByRole('cell').first();
  await tabTo(page, page.getByRole('button', { name: 'Address', exact: true }));
  await page.keyboard.press('Enter');
  const before = await first.textContent();
  await page.keyboard.press('Enter');
  await expect.poll(() => first.textContent()).not.toBe(before);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('events of a kind are chosen by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/events');
  await tabTo(page, page.getByLabel('Kind'));
  await page.keyboard.type('host appeared');
  await page.getByRole('cell', { name: 'device added' }).first().waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: 'host appeared' }).first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('the map is moved, and its groups are opened, by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/map');
  const nodes = page.getByText(/^\d+ nodes, \d+ links/);
  await tabTo(page, page.getByLabel('Grouped by'));
  await page.keyboard.type('site');
  const grouped = await nodes.textContent();
  const map = page.getByRole('application');
  await tabTo(page, map);
  const before = await map.screenshot();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await map.screenshot()).equals(before)).toBe(false);
  await tabTo(page, page.getByRole('table', { name: 'links' }).getByRole('button', { name: /^Branch \(\d\)/ }).first());
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Close all groups' }).waitFor();
  expect(await nodes.textContent()).not.toBe(grouped);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a discovery with a filter and without retries is started by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/discovery');
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/discovery'));
  await tabTo(page, page.getByRole('button', { name: 'New discovery' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Addresses'));
  await page.keyboard.type('10.1.10.249-10.1.10.250');
  await tabTo(page, page.getByLabel('Read community'));
  await page.keyboard.type('public');
  await tabTo(page, page.getByRole('button', { name: 'Filters and options' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Leave out'));
  await page.keyboard.type('10.1.10.249');
  await tabTo(page, page.getByLabel('Retries'));
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Range 10.1.10.249-10.1.10.250' }).waitFor();
  expect((await asked).postDataJSON()).toMatchObject({ discoveryType: 'Range', ipFilterList: ['10.1.10.249'], retry: 0 });
  await page.getByText('Complete').waitFor({ timeout: 45_000 });
  await page.getByText('0 devices of 1 address').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a task is opened by keys', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/tasks');
  await tabTo(page, page.getByLabel('Filter tasks'));
  await page.keyboard.type('Discovery Service');
  await tabTo(page, page.getByRole('table', { name: 'tasks' }).getByRole('link').first());
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: /what it has started/ }).getByText(/^Discovery Service: (done|failed)/).first().waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

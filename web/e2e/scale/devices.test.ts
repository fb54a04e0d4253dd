import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, longestInteraction, open, start, watchInteractions } from '../browser';
import { device, serveDevices } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('ten thousand devices are there within a second and a half, and filtered at once', async () => {
  const { page, faults } = await open(browser);
  await serveDevices(page, Array.from({ length: 10_000 }, (_, i) => device(i + 1, `switch-${i + 1}`)));
  await login(page, '#/events'); // a page that asks for no device
  await page.getByRole('heading', { name: 'Events' }).waitFor();
  const began = Date.now();
  await page.getByRole('link', { name: 'Devices' }).click();
  await page.getByText('10000 devices').waitFor();
  const took = Date.now() - began;
  await watchInteractions(page);
  await page.getByLabel('Filter devices').pressSequentially('switch-9999', { delay: 100 });
  await page.getByText('1 of 10000 devices').waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: 'Address' }).click();
  const longest = await longestInteraction(page);
  console.log(`10,000 devices: there after ${took} ms; the longest interaction ${longest} ms`);
  expect(took).toBeLessThan(1500);
  expect(longest).toBeLessThanOrEqual(100);
  expect(faults).toEqual([]);
  await page.context().close();
});

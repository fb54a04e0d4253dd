import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('the API is described on a page that asks nobody else and knows no token', async () => {
  const { page, faults } = await open(browser);
  await page.goto('/docs');
  await page.getByText('Every write answers 202 with a task').waitFor();
  await page.getByRole('link', { name: /flow-analysis/ }).or(page.getByRole('button', { name: /flow-analysis/ })).first().waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie]));
  expect(kept).not.toMatch(/token/i);
  await page.screenshot({ path: 'screenshots/docs.png' });
  // Scalar tries whether it may compile code out of texts, and does without where the policy refuses it: as it does here.
  expect(faults.filter((fault) => !fault.startsWith('policy: script-src eval'))).toEqual([]);
  await page.context().close();
});

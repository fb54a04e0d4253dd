import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoSidewaysScroll, login, open, start } from '../browser';
import { device, serveDevices } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('names that are meant to do something do nothing', async () => {
  const { page, faults } = await open(browser, 360);
  let asked = 0;
  page.on('dialog', (dialog) => (asked++, void dialog.dismiss()));
  await serveDevices(page, [
    device(1, '<img src=x onerror=alert(1)>'),
    device(2, 'javascript:alert(1)'),
    device(3, 'core\u202e1-hcti'),
    device(4, 'long'.repeat(1024)),
    device(5, '=cmd|calc'),
  ]);
  await login(page, '#/devices');
  await page.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).waitFor();
  await page.getByRole('link', { name: 'core\\u{202e}1-hcti' }).waitFor();
  await expectNoSidewaysScroll(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const stream = await (await saved).createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(text).toContain("'=cmd|calc");
  expect([asked, faults]).toEqual([0, []]);
  await page.context().close();
});

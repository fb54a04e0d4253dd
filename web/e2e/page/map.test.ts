import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

/** One node is left, which stands in the middle. */
async function only(page: Page, name: string): Promise<void> {
  await page.getByLabel('Find').fill(name);
  await page.getByLabel('Only what is found').check();
  await page.locator('canvas[data-nodes="1"]').waitFor();
}

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await page.locator('canvas').boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

/** Clicks it until it has been drawn there. */
async function clickUntil(page: Page, isDone: () => Promise<boolean>): Promise<void> {
  const clicked = async () => {
    const { x, y } = await middle(page);
    await page.mouse.click(x, y);
    return isDone();
  };
  await expect.poll(clicked, { timeout: 10_000 }).toBe(true);
}

/** Where the saved drawing has a node. */
async function placeOf(page: Page, name: string): Promise<string> {
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  let text = '';
  for await (const chunk of await (await file).createReadStream()) text += chunk;
  return new RegExp(`<text ([^>]*?) fill="[^"]*">${name}<`).exec(text)![1]!;
}

test('a device is chosen and moved by mouse, and stands there the next time', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/map');
  await page.locator('canvas').waitFor();
  await only(page, 'CAMPUS-Core2');
  await clickUntil(page, () => page.getByRole('status').getByText(/CAMPUS-Core2 core/).isVisible());
  const before = await placeOf(page, 'CAMPUS-Core2');
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y - 60, { steps: 4 });
  await page.mouse.up();
  const after = await placeOf(page, 'CAMPUS-Core2');
  expect(after).not.toBe(before);
  await page.reload();
  await page.locator('canvas:not([data-nodes="1"], [data-nodes="0"])').waitFor(); // before the layout there is none
  expect(await placeOf(page, 'CAMPUS-Core2')).toBe(after);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a site is opened by a click, and the neighbors of a device are so many links away', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/map');
  await page.getByLabel('Grouped by').selectOption('site');
  await only(page, 'Branch-');
  await clickUntil(page, () => page.locator('canvas[data-nodes="2"]').isVisible());
  await page.getByRole('button', { name: 'Branch-Router2' }).first().click();
  await page.getByLabel('Only what is found').uncheck();
  await page.getByRole('link', { name: 'Its neighbors' }).click();
  await page.locator('canvas[data-nodes="3"]').waitFor(); // the branch's switch, and what is not managed between it and the campus
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a path lies over the map and in its table', async () => {
  const { page, faults } = await open(browser, 1280, 'dark');
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.getByRole('link', { name: 'On the map' }).click();
  await page.getByText(/ [5-9] of them on the path/).waitFor();
  await page.getByRole('cell', { name: 'on it' }).first().waitFor();
  await page.screenshot({ path: 'screenshots/map-path.png' });
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

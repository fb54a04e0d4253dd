import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

async function trace(page: Page, from: string, to: string): Promise<void> {
  await page.locator('input[name=from]').fill(from);
  await page.locator('input[name=to]').fill(to);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.waitForURL((url) => decodeURIComponent(url.hash).includes(`from=${from}&to=${to}`));
  await page.locator('[data-ending]').waitFor();
}

test('the way back stands in the same picture, and where it is another one is said', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/path');
  await trace(page, '10.1.15.117', '10.2.1.22');
  const before = await page.locator('.path-node').count();
  await page.getByRole('button', { name: 'Compare the way back' }).click();
  await page.locator('[data-comparison]').getByText(/[Tt]he way back/).waitFor();
  await page.locator('[data-back=also]').first().waitFor({ state: 'attached' });
  expect(await page.locator('[data-rim=back]').count()).toBe((await page.locator('.path-node').count()) - before);
  await page.screenshot({ path: 'screenshots/path-both-ways.png', fullPage: true });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Without the way back' }).click();
  await page.locator('[data-back=also]').first().waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
});

test('two traces stand side by side, and what only one of them has is marked', async () => {
  const { page, faults } = await open(browser, 1280, 'dark');
  await login(page, '#/path');
  await trace(page, '10.1.20.100', '10.2.1.23');
  await trace(page, '10.1.15.117', '10.2.1.23');
  await page.getByLabel('Beside another trace').selectOption({ index: 1 });
  const [first, second] = [page.getByRole('region', { name: 'First' }), page.getByRole('region', { name: 'Second' })];
  await first.locator('.path-node').first().waitFor();
  await second.locator('.path-node').first().waitFor();
  await page.locator('[data-comparison=element]').waitFor();
  expect(await first.locator('[data-rim=other]').count()).toBeGreaterThan(0);
  expect(await second.locator('[data-rim=other]').count()).toBeGreaterThan(0);
  const height = async (side: Locator) => (await side.getByRole('button', { name: /^CAMPUS-Core2/ }).first().boundingBox())!.y;
  expect(await height(first)).toBeCloseTo(await height(second), 0); // what both pass stands at the same place
  await page.screenshot({ path: 'screenshots/path-two.png', fullPage: true });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a repeated trace is live, keeps how it was, and ends when somebody stops it', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/path');
  await page.getByRole('button', { name: 'Ports and options' }).click();
  await page.getByLabel(/Repeat it every 30 seconds/).check();
  await trace(page, '10.1.15.117', '10.2.1.22');
  const live = page.locator('[data-live]');
  const first = await live.getAttribute('data-live');
  const timeline = page.getByRole('list', { name: /How the path was/ });
  await timeline.getByText('as it was first').waitFor();
  // The next answer is half a minute away: the test says it has come, and by another way.
  await page.route(/\/flow-analysis\/[^/?]+$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    const { response, version } = await answer.json();
    const { pathGraph: graph } = response;
    graph.nodes[graph.edges[graph.shown[0]].to] = { kind: 'Device', id: 'another', name: 'Another-AP' };
    const request = { ...response.request, lastUpdateTime: Number(first) + 30_000 };
    return route.fulfill({ json: { response: { ...response, request }, version } });
  });
  await timeline.getByText(/Another-AP instead of/).waitFor();
  await page.getByRole('button', { name: /^Another-AP/ }).waitFor();
  await page.screenshot({ path: 'screenshots/path-live.png', fullPage: true });
  await expectAccessible(page);
  await timeline.getByRole('button').first().click();
  await page.getByRole('button', { name: /^Another-AP/ }).waitFor({ state: 'detached' });
  await page.unroute(/\/flow-analysis\/[^/?]+$/);
  await page.getByRole('button', { name: 'Stop and delete it' }).click();
  await page.locator('[data-live]').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
});

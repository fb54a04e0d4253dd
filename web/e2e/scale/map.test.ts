import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start } from '../browser';
import { serveMap } from '../served';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test.each([[2_000, 30], [10_000, 8]])('a map of %i nodes moves with the hand at %i frames a second', async (count, least) => {
  const { page, faults } = await open(browser);
  await serveMap(page, count);
  await login(page, '#/map');
  await page.getByLabel('Grouped by').waitFor();
  const began = Date.now();
  await page.getByLabel('Grouped by').selectOption('none');
  await page.getByText(`${count} nodes`).waitFor();
  await page.locator(`canvas[data-nodes='${count}']`).waitFor();
  const laidOut = Date.now() - began;
  const frames = await framesWhilePanning(page);
  console.log(`map of ${count} nodes: laid out after ${laidOut} ms; ${frames.toFixed(0)} frames a second while it is dragged`);
  await page.screenshot({ path: `screenshots/map-${count}.png` });
  expect(frames).toBeGreaterThanOrEqual(least);
  expect(faults).toEqual([]);
  await page.context().close();
});

/** Drags the map to and fro for three seconds. A frame counts when the browser has drawn it and asks for the next. */
async function framesWhilePanning(page: Page): Promise<number> {
  const box = (await page.locator('canvas').boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  const counted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let frames = 0;
        const began = performance.now();
        const next = (now: number) => {
          if (now - began > 3000) return resolve((1000 * frames) / (now - began));
          frames++;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
  );
  let isDone = false;
  void counted.finally(() => (isDone = true));
  for (let step = 0; !isDone; step++) await page.mouse.move(box.x + 60 + 40 * Math.sin(step / 9), box.y + 60 + 40 * Math.cos(step / 9));
  await page.mouse.up();
  return counted;
}

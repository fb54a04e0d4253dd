import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { PASSWORD } from './demo';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

export const start = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** A page, and everything that must not happen on it: an error in the console, a report of the policy, a request to somebody else. */
export async function open(
  browser: Browser, width = 1280, scheme: 'light' | 'dark' = 'light', url = inject('url'),
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce', baseURL: url,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (problem) => faults.push(problem.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(`asked ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, faults };
}

export async function login(page: Page, hash = ''): Promise<void> {
  await page.goto(`/${hash}`);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
}

/** Once no colour is on its way to another one. */
export const settled = (page: Page) =>
  page.waitForFunction(() => document.getAnimations().every((one) => one.effect?.getComputedTiming().endTime === Infinity));

/** No serious or critical finding of axe. Run by the debugging port, which the page's policy does not bind. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
    return grave.map((one) => `${one.id}: ${one.nodes[0]?.html}`);
  });
  expect(found).toEqual([]);
}

/** Nothing but the places made for it is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [inner, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  expect(whole).toBeLessThanOrEqual(inner!);
}

/**
 * What somebody can press or type into, as far as it is seen, lies beside the others. A field's own button lies in the field.
 */
export async function expectNoOverlap(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const CONTROLS = 'a[href], button, input, select, textarea, [role=button], [role=application], label';
    const isHidden = (one: Element) => one.matches('input[type=radio], [type=hidden]') || getComputedStyle(one).visibility === 'hidden';
    const fieldOf = (one: Element) => one.closest('.mantine-Input-wrapper, .mantine-Checkbox-root') ?? one;
    /** What is left of it within the places that it scrolls in. */
    const seen = (one: Element) => {
      let { left, right, top, bottom } = one.getBoundingClientRect();
      for (let place = one.parentElement; place; place = place.parentElement) {
        if (getComputedStyle(place).overflowX === 'visible') continue;
        const edge = place.getBoundingClientRect();
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }
      return { one, left, right, top, bottom };
    };
    const controls = [...document.querySelectorAll(CONTROLS)].filter((one) => !isHidden(one)).map(seen)
      .filter(({ left, right, top, bottom }) => right - left > 1 && bottom - top > 1 && right > 0);
    const name = ({ one }: { one: Element }) => `${one.tagName} ${(one.getAttribute('aria-label') ?? one.textContent)?.slice(0, 40)}`;
    const overlaps: string[] = [];
    controls.forEach((a, i) => controls.slice(i + 1).forEach((b) => {
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      const isOne = a.one.contains(b.one) || b.one.contains(a.one) || fieldOf(a.one) === fieldOf(b.one);
      if (wide > 1 && high > 1 && !isOne) overlaps.push(`${name(a)} / ${name(b)}`);
    }));
    return { overlaps, count: controls.length };
  });
  expect(found.count).toBeGreaterThan(2); // it looked at something
  expect(found.overlaps).toEqual([]);
}

/** Presses Tab until this has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

interface Watched {
  interactions: number[]; // milliseconds
}

/** From now on: what is kept of earlier ones is only what took more than 104 ms. */
export const watchInteractions = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const found = ((globalThis as unknown as Watched).interactions = [0]);
    new PerformanceObserver((list) => found.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'event', durationThreshold: 16,
    } as PerformanceObserverInit);
  });

/** Milliseconds from a key or a click to the frame that answers it, of the slowest one watched. Below 16 the browser does not tell: 0. */
export const longestInteraction = async (page: Page): Promise<number> => {
  await page.waitForTimeout(200); // the browser tells with the next frames
  return page.evaluate(() => Math.max(...(globalThis as unknown as Watched).interactions));
};

import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { login, open, start } from '../browser';
import { newHome, startDemo } from '../demo';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

test('a server that is killed in the middle of a discovery and starts again: the page says so, goes on, and sees the end', async () => {
  const home = await newHome();
  let demo = await startDemo(home);
  const { page } = await open(browser, 1280, 'light', home.url);
  await login(page, '#/discovery');
  await page.getByRole('button', { name: 'New discovery' }).click();
  await page.getByLabel('Addresses').fill('10.1.10.1-10.1.10.250');
  await page.getByLabel('Read community').fill('public');
  await page.getByRole('button', { name: 'Discover', exact: true }).click();
  await page.getByText('In Progress').waitFor();

  await demo.end('SIGKILL');
  await page.getByText('The server does not answer.').waitFor();
  await page.getByText('not known', { exact: true }).waitFor(); // not a word of what it did before
  expect(await page.getByText('In Progress').count()).toBe(0);

  const resumed = page.waitForRequest((request) => /\/event\/stream$/.test(request.url()) && 'last-event-id' in request.headers());
  demo = await startDemo(home);
  await resumed; // nothing that happened meanwhile is missed
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  await page.getByText('Complete').waitFor({ timeout: 150_000 });
  await page.getByRole('link', { name: 'Tasks', exact: true }).click();
  await page.getByRole('table', { name: 'tasks' }).getByText('Discovery Service').first().waitFor();
  expect(await page.getByRole('cell', { name: 'running', exact: true }).count()).toBe(0);
  await page.context().close();
  await demo.end('SIGTERM');
  await rm(home.folder, { recursive: true, force: true });
}, 360_000);

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, login, open, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

const ID = 'b2e1f4a6-0000-4000-8000-000000000001';
const CANCELLING = 'b2e1f4a6-0000-4000-8000-000000000002';

test('a task that runs is cancelled, and then it runs no more', async () => {
  const { page, faults } = await open(browser);
  const began = Date.now();
  let isCancelled = false;
  const task = () => ({
    id: ID, serviceType: 'Discovery Service', startTime: began, progress: '12 of 40', isError: isCancelled,
    ...(isCancelled && { endTime: began + 1000, failureReason: 'The task was cancelled by admin.' }),
  });
  const answer = (response: object) => ({ json: { response, version: '1.0' } });
  await page.route(`**/task/${ID}/tree`, (route) => route.fulfill(answer([task()])));
  await page.route(`**/task/${ID}`, (route) => {
    expect(route.request().method()).toBe('DELETE');
    isCancelled = true;
    return route.fulfill({ status: 202, ...answer({ taskId: CANCELLING, url: `/dna/intent/api/v1/task/${CANCELLING}` }) });
  });
  await page.route(`**/task/${CANCELLING}`, (route) =>
    route.fulfill(answer({ id: CANCELLING, serviceType: 'Task Service', startTime: began, endTime: began, isError: false })));
  await login(page, `#/tasks/${ID}`);
  await page.getByText('Discovery Service: running').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel the task' }).press('Enter');
  await page.getByText('Discovery Service: failed').waitFor();
  await page.getByText('The task was cancelled by admin.').waitFor();
  expect(await page.getByRole('button', { name: 'Cancel the task' }).count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

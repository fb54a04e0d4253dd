import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectNoOverlap, expectNoSidewaysScroll, login, open, settled, start } from '../browser';

let browser: Browser;
beforeAll(async () => void (browser = await start()));
afterAll(() => browser.close());

// The name of a page, and what of the demo stands on it.
const PAGES: [string, RegExp][] = [
  ['Home', /answer and were read within a day/],
  ['Devices', /CAMPUS-Core2/],
  ['Hosts', /10\.1\.15\.117/],
  ['Events', /5c:f9:dd:4e:02:17/],
  ['Map', /\d+ links/],
  ['Discovery', /Complete/],
  ['Credentials', /never shown again/],
  ['Tasks', /Discovery Service/],
];

test.each([360, 1280, 3840])('every page at %i pixels, light and dark', async (width) => {
  const { page, faults } = await open(browser, width);
  const look = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      await settled(page);
      await page.screenshot({ path: `screenshots/${name.toLowerCase()}-${width}-${colorScheme}.png`, fullPage: true });
      await expectAccessible(page);
    }
    await expectNoSidewaysScroll(page);
    await expectNoOverlap(page);
  };
  await page.goto('/');
  await page.getByLabel('Password', { exact: true }).waitFor();
  await look('Login');
  await login(page, '#/path?from=10.1.15.117&to=10.2.1.22');
  await page.getByRole('button', { name: 'Trace', exact: true }).click();
  await page.locator('[data-ending=Delivered]').waitFor();
  await page.getByRole('button', { name: /^CAMPUS-Core2/ }).click();
  await page.getByRole('region', { name: 'Facts of CAMPUS-Core2' }).getByRole('table').waitFor();
  await look('Path');
  for (const [name, content] of PAGES) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('main').getByText(content).first().waitFor();
    await look(name);
  }
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.getByRole('link', { name: 'CAMPUS-Core2' }).click();
  await page.getByRole('table', { name: 'interfaces' }).getByRole('cell').first().waitFor();
  await look('Device');
  await page.getByRole('link', { name: 'Discovery', exact: true }).click();
  await page.getByRole('button', { name: 'New discovery' }).click();
  await page.getByRole('button', { name: 'Filters and options' }).click();
  await page.getByLabel('Neighbors').selectOption('LLDP');
  await look('Discovery-form');
  await page.goto('/#/credentials/new');
  await page.getByLabel('Privacy passphrase').waitFor();
  await look('Credential');
  await page.goto('/#/tasks');
  await page.getByRole('table', { name: 'tasks' }).getByRole('link').first().click();
  await page.getByRole('list', { name: /what it has started/ }).getByRole('listitem').first().waitFor();
  await look('Task');
  await page.goto('/#/discovery/1');
  await page.getByRole('heading', { level: 1, name: 'demo campus' }).waitFor();
  await page.getByText('Complete').waitFor();
  await look('Discovery-run');
  expect(faults).toEqual([]);
  await page.context().close();
}, 240_000);

// Of CAMPUS-Core2.
const PARTS: [string, RegExp][] = [
  ['ARP', /([0-9a-f]{2}:){5}/], ['Neighbors', /CAMPUS-/], ['Events', /row|device|host/],
];

test('a device tells its coverage, its interfaces and its tables, and is read again', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/devices');
  await page.getByRole('link', { name: 'CAMPUS-Core2' }).click();
  await page.getByText(/Coverage: \d+ of \d+ tables/).waitFor();
  await page.getByRole('table', { name: 'interfaces' }).getByRole('cell').first().waitFor();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Routes' }).click();
  await page.getByLabel('The route to an address').fill('10.2.1.22');
  await page.getByText(/^([2-4] routes|1 route)$/).waitFor(); // the equal-cost ones of one prefix
  for (const [part, content] of PARTS) {
    await page.getByRole('link', { name: part, exact: true }).last().click();
    await page.getByRole('table').getByText(content).first().waitFor();
  }
  await page.getByRole('button', { name: 'Collect again' }).click();
  await page.getByText('The device was read again.').waitFor({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Interfaces and coverage' }).click();
  await page.getByText(/^Rates and errors: counted from \d/).waitFor(); // two readings
  await page.getByRole('table', { name: 'interfaces' }).getByText(/bit\/s/).first().waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a wrong password is said to be wrong, and the login ends with the session', async () => {
  const { page } = await open(browser);
  await page.goto('/');
  await page.getByLabel('Password', { exact: true }).fill('wrong password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
  await expectAccessible(page);
  await login(page);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByLabel('Password', { exact: true }).waitFor();
  await page.reload();
  await page.getByLabel('Password', { exact: true }).waitFor();
  await page.context().close();
});

test('the map shows a VLAN and what spanning tree blocks in it, in the drawing and in the table', async () => {
  const { page, faults } = await open(browser);
  await login(page, '#/map');
  await page.getByLabel('VLAN').selectOption({ index: 1 });
  await page.locator('[data-carried]:not([data-carried="0"])').waitFor(); // its facts come after the map
  await page.getByRole('columnheader', { name: 'VLAN' }).waitFor();
  await page.getByRole('cell', { name: /^(carried|blocked|in part)$/ }).first().waitFor();
  await page.screenshot({ path: 'screenshots/map-vlan.png' }); // docs/images/map.png is one of these
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.context().close();
});

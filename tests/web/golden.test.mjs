// The lessons end in Chromium in the very state they end in natively (tests/golden/scenarios_test.cpp).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launchBrowser, openPlayground, serve } from './browser.mjs';

const source = await readFile(new URL('../golden/scenarios_test.cpp', import.meta.url), 'utf8');
const golden = [...source.matchAll(/\{"([a-z0-9_/-]+)", 0x([0-9A-F]{1,16})\}/g)].map(([, name, hash]) => [
  name,
  hash.toLowerCase().padStart(16, '0'),
]);

let browser;
let site;
let page;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
  ({ page } = await openPlayground(browser, site.address));
});
after(async () => {
  await browser?.close();
  await site?.close();
});

test('there are golden states to compare with', () => assert.ok(golden.length >= 4, `only ${golden.length} were found`));

for (const [name, hash] of golden) {
  test(`${name} ends in its golden state`, async () => {
    assert.equal(await page.evaluate((scenario) => playground.goldenRun(scenario), name), hash);
  });
}

test('a scenario that does not exist has no state', async () => {
  assert.match(await page.evaluate(() => playground.goldenRun('nothing')), /no such scenario/);
});

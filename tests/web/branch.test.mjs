// Fork the timeline and compare both futures, by keyboard and finger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, launchBrowser, openPlayground, quiet, serve, stateText, step } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const lesson = () => `${site.address}?scenario=swap&step=12`;
const scenarioText = (page) => page.evaluate(() => playground.scenarioText());
const narration = (page) => page.locator('#narration').textContent();

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await quiet(page);
  }
}

async function choose(page, label) {
  await press(page, 'b');
  for (let i = 0; i < 60 && !(await narration(page)).includes(label); ++i) await press(page, 'ArrowDown');
  await eventually(() => narration(page), (said) => said.includes(label), `${label} was not offered`);
  await press(page, 'Enter');
}

test('another machine: both futures are told, the arrows go through them, Enter takes the other one', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  const text = await scenarioText(page);
  await choose(page, 'RAM: 64');
  await eventually(() => stateText(page), (state) => /futures after beat 24 of 24/.test(state), 'nothing is compared');
  await eventually(() => narration(page), (said) => /^They part at step \d+/.test(said), 'the parting was not told');
  assert.equal(await scenarioText(page), text, 'nothing changed yet');
  await press(page, 'Home', 'ArrowRight');
  assert.match(await stateText(page), /futures after beat 1 of 24/);
  await press(page, 'Enter');
  assert.match(await scenarioText(page), / frames=64 /);
  assert.equal(await step(page), 12);
  await press(page, 'z');
  assert.equal(await scenarioText(page), text);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a step left out is a future of its own, and the old one is kept and returned to', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  const text = await scenarioText(page);
  await choose(page, 'Without: A stores 109');
  await press(page, '2');
  assert.match(await stateText(page), /step 12 of 23/);
  await choose(page, 'From step 13: A stores 109');
  await press(page, '2');
  assert.match(await stateText(page), /step 12 of 24/);
  assert.equal(await scenarioText(page), text);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('on a phone the buttons of both futures are at the foot of the window', async () => {
  const { page, complaints } = await openPlayground(browser, lesson(), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await choose(page, 'RAM: 64');
  await page.touchscreen.tap(290, 806);
  await eventually(() => scenarioText(page), (text) => / frames=64 /.test(text), 'the other future was not taken');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

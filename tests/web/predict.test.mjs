// Predict, then reveal: questions before a step, answered by keyboard, mouse and finger.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, framesDrawn, launchBrowser, openPlayground, quiet, serve, stateText, step } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const lesson = () => `${site.address}?scenario=isolation&step=7`;
const narration = (page) => page.locator('#narration').textContent();

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await quiet(page);
  }
}

async function seen(page, act) {
  const drawn = await framesDrawn(page);
  await act();
  await eventually(() => framesDrawn(page), (n) => n >= drawn + 3, 'the input was not seen');
}

test('by keyboard: a question is read out before the step, a digit answers it, the verdict is read out', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, 'q');
  await eventually(() => narration(page), (said) => /Which frame will answer\? 1: 0E\. 2: 0D\./.test(said), 'not asked');
  assert.equal(await step(page), 7, 'nothing is made before the answer');
  await press(page, '2');
  assert.equal(await step(page), 8);
  await eventually(() => narration(page), (said) => /^No: 0E\. 0D is the frame that A's table names/.test(said), 'no verdict');
  assert.match(await stateText(page), /0 of 1 right/);
  await press(page, 'q', 'ArrowRight');
  assert.equal(await step(page), 9, 'switched off, a step is a step');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('playing waits at a question without drawing, and the switch is off at the next visit', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, 'q', ' ');
  const drawn = await framesDrawn(page);
  await new Promise((later) => setTimeout(later, 400));
  assert.equal(await framesDrawn(page), drawn, 'it rests while it waits');
  assert.equal(await step(page), 7);
  await page.keyboard.press('1');
  await eventually(() => step(page), (n) => n === 8, 'the answer makes the step');
  await eventually(() => stateText(page), (text) => text.includes('; question: '), 'playing goes on to the next question');
  await page.reload();
  await eventually(() => page.evaluate(() => window.playground !== undefined), Boolean, 'the page is back');
  assert.doesNotMatch(await stateText(page), /predicting/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const [how, context, place] of [
  ['mouse', { viewport: { width: 1440, height: 900 } }, { x: 50, from: 170, to: 300 }],
  ['mouse, medium', { viewport: { width: 1024, height: 768 } }, { x: 440, from: 120, to: 240 }],
  ['finger', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, { x: 30, from: 620, to: 780 }],
]) {
  test(`by ${how}: an option is chosen where it is drawn`, async () => {
    const { page, complaints } = await openPlayground(browser, lesson(), context);
    await press(page, 'q');
    for (let y = place.from; y < place.to && (await step(page)) === 7; y += 12) {
      await seen(page, () => (context.hasTouch ? page.touchscreen.tap(place.x, y) : page.mouse.click(place.x, y)));
    }
    await eventually(() => stateText(page), (text) => text.includes('1 of 1 right; answer: Yes.'), 'not answered');
    assert.equal(await step(page), 8);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
}

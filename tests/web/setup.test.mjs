// The window in which the machine is set up, by real mouse, finger and keyboard.
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

const lesson = () => `${site.address}?scenario=swap&step=14`;
const machine = async (page) => /\nmachine (.*)/.exec(await page.evaluate(() => playground.scenarioText()))[1];
const frames = async (page) => Number(/ frames=(\d+)/.exec(await machine(page))[1]);
const narration = (page) => page.locator('#narration').textContent();

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await quiet(page);
  }
}

// Waits until the playground has seen what was done.
async function seen(page, act) {
  const drawn = await framesDrawn(page);
  await act();
  await eventually(() => framesDrawn(page), (n) => n >= drawn + 3, 'the input was not seen');
}

// The slider of RAM is the first control of the window: its knob is at its left, where 16 of 8 to a million frames lie.
// `grab` presses at a place; the height at which something moves is the slider's.
async function findSlider(page, x, grab, release) {
  for (let y = 120; y < 260; y += 8) {
    await seen(page, () => grab(x, y));
    if ((await frames(page)) !== 16) return y;
    await seen(page, release);
  }
  return assert.fail('no press moved the slider of RAM');
}

test('RAM is dragged by mouse from many frames to few: the same output, a longer time, one undo', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, 'm');
  const y = await findSlider(
    page,
    300,
    async (x, at) => {
      await page.mouse.move(x, at);
      await page.mouse.down();
    },
    () => page.mouse.up(),
  );
  const roomy = await frames(page);
  assert.ok(roomy > 30, `${roomy} frames at the middle of the slider`);
  await eventually(() => narration(page), (said) => /Evictions: 0, before [1-9]/.test(said), 'the rest was not told');
  assert.match(await narration(page), /The programs printed the same/);
  for (let x = 300; x > 50; x -= 10) await page.mouse.move(x, y);
  await seen(page, () => page.mouse.move(48, y));
  await page.mouse.up(); // a machine that is slow here waits for this
  const tight = await eventually(() => frames(page), (n) => n < 16, 'fewer frames were not taken');
  assert.ok(tight >= 9, 'no machine of the format is smaller');
  await quiet(page);
  assert.equal(await step(page), 14, 'the position is the same');
  await eventually(() => narration(page), (said) => /Evictions: [1-9]\d*, before \d/.test(said), 'the cost was not told');
  assert.match(await narration(page), /The programs printed the same/);
  await press(page, 'z');
  assert.equal(await frames(page), 16, 'one undo takes the whole drag back');
  await press(page, 'y');
  assert.equal(await frames(page), tight);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('by keyboard: rows and values are said, digits are typed, too few frames are refused with the limit', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, 'm', 'ArrowDown');
  assert.equal(await narration(page), 'RAM: 16 frames · 64 KiB');
  await press(page, '3', '2');
  assert.equal(await frames(page), 32);
  await press(page, 'Home');
  assert.match(await narration(page), /9/, 'the limit was not said');
  assert.equal(await frames(page), 32, 'the machine before it stays');
  await press(page, '3', '2', 'ArrowDown', 'ArrowRight');
  assert.match(await machine(page), / swap=17/);
  await press(page, ...Array(5).fill('ArrowDown'), 'ArrowLeft'); // to the policies
  assert.match(await machine(page), / policy=lru/);
  assert.match(await narration(page), /Page faults: \d+/);
  await press(page, 'Escape', 'ArrowRight');
  assert.equal(await step(page), 15, 'after Escape the arrows step again');
  await press(page, 'z');
  assert.match(await machine(page), / policy=clock/, 'the machine is undone outside the window, too');
  assert.equal(await step(page), 15, 'and the steps stay');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a finger moves the slider on a phone, and a tap chooses a policy', async () => {
  const { page, complaints } = await openPlayground(browser, lesson(), {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  const session = await page.context().newCDPSession(page);
  const touch = (type, x, y) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  // The menu, and in it the window.
  const openWindow = async () => {
    await seen(page, () => page.touchscreen.tap(361, 24));
    await seen(page, () => page.touchscreen.tap(250, 46 + 8 + 38 * 1.5));
    await quiet(page);
  };
  await openWindow();
  const y = await findSlider(
    page,
    200,
    (x, at) => touch('touchStart', x, at),
    () => touch('touchEnd'),
  );
  const before = await frames(page);
  for (let x = 200; x > 80; x -= 8) await touch('touchMove', x, y);
  await touch('touchEnd');
  await eventually(() => frames(page), (n) => n < before, 'the finger does not drag');
  await quiet(page);
  // Somewhere below are the policies.
  const policy = async () => / policy=(\S+)/.exec(await machine(page))[1];
  for (let at = 440; at < 664 && (await policy()) === 'clock'; at += 12) {
    await seen(page, () => page.touchscreen.tap(52, at));
  }
  assert.notEqual(await policy(), 'clock', 'no tap chose a policy');
  // SDL cancels every touch; where Chromium has begun to scroll it says that this came too late.
  assert.deepEqual(complaints.filter((text) => !/Ignored attempt to cancel a touch/.test(text)), []);
  await page.context().close();
});

test('the button in the toolbar opens it, a click beside it closes it, and an embed has none', async () => {
  const { page } = await openPlayground(browser, lesson());
  // "Set up" stands left of Open, Share and Help.
  await seen(page, () => page.mouse.click(1159, 26));
  await quiet(page);
  await press(page, 'ArrowDown');
  assert.match(await narration(page), /^RAM: /);
  await seen(page, () => page.mouse.click(900, 850));
  await quiet(page);
  await press(page, 'ArrowRight');
  assert.equal(await step(page), 15, 'it is still open');
  await page.context().close();
  const embed = await openPlayground(browser, `${lesson()}&ui=min`);
  await press(embed.page, 'm', 'ArrowRight');
  assert.equal(await step(embed.page), 15);
  await embed.page.context().close();
});

// The playground inside somebody else's page: that page keeps its keyboard, its Tab order and its scrolling.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import {
  collectComplaints,
  eventually,
  framesDrawn,
  launchBrowser,
  playgroundReady,
  quiet,
  serve,
  stateText,
  step,
} from './browser.mjs';

let browser;
let site;
let course;
before(async () => {
  // Two servers: the course page and the playground are of different origins, as they usually are.
  [browser, site, course] = await Promise.all([
    launchBrowser(),
    serve(),
    serve(fileURLToPath(new URL('.', import.meta.url))),
  ]);
});
after(async () => {
  await browser?.close();
  await site?.close();
  await course?.close();
});

const address = '?scenario=isolation&step=3&ui=min';

async function openCourse(context = {}, frameAttributes = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 800 }, ...context })).newPage();
  const complaints = collectComplaints(page);
  await page.goto(new URL('host.html', course.address).href);
  await page.evaluate(
    ([source, attributes]) => {
      const frame = document.getElementById('embed');
      for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
      frame.src = source;
    },
    [site.address + address, frameAttributes],
  );
  const handle = await page.waitForSelector('#embed');
  const frame = await handle.contentFrame();
  await playgroundReady(frame);
  const box = await handle.boundingBox();
  return { page, frame, box, complaints, middle: [box.x + box.width / 2, box.y + box.height / 2] };
}

const focused = (page) => page.evaluate(() => document.activeElement.id);
const scrolled = (page) => page.evaluate(() => scrollY);
const corner = ({ box }) => [box.x + 3, box.y + box.height - 3]; // of the playground, where nothing is to click

test('it shows the scenario at the step asked for, and takes no focus while it loads', async () => {
  const { page, frame, complaints } = await openCourse();
  assert.match(await stateText(frame), /^scenario isolation, step 3 of/);
  assert.equal(await focused(page), '', 'the body still has the focus');
  assert.equal(await frame.evaluate(() => document.hasFocus()), false);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('the course page keeps its keyboard', async () => {
  const { page, frame } = await openCourse();
  await page.mouse.click(...corner(await boxOf(page)));
  await page.locator('#before').click();
  await page.keyboard.type('hello 123');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  assert.equal(await page.locator('#before').inputValue(), 'hello 13');
  await quiet(frame);
  assert.equal(await step(frame), 3, 'the playground took part');
  await page.context().close();
});

const boxOf = async (page) => ({ box: await page.locator('#embed').boundingBox() });

test('Tab walks through the playground and out of it, forwards and backwards', async () => {
  const { page, frame } = await openCourse();
  await page.locator('#before').focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'embed');
  await eventually(() => frame.evaluate(() => document.activeElement.id), (id) => id === 'skip', 'not on the way to the text');
  await page.keyboard.press('Tab');
  await eventually(() => frame.evaluate(() => document.activeElement.id), (id) => id === 'canvas', 'not on the canvas');
  await page.keyboard.press('ArrowRight');
  await eventually(() => step(frame), (n) => n === 4, 'the canvas has the focus but not the keys');
  await page.keyboard.press('Tab');
  await eventually(() => focused(page), (id) => id === 'after', 'Tab does not leave');
  await page.keyboard.press('Shift+Tab');
  await eventually(() => focused(page), (id) => id === 'embed', 'Shift+Tab does not come back');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await eventually(() => focused(page), (id) => id === 'before', 'Shift+Tab does not leave');
  await eventually(() => frame.evaluate(() => playground.modifiers()), (bits) => bits === 0, 'Shift is stuck');
  await page.context().close();
});

test('the wheel scrolls the course page, until the playground has the focus', async () => {
  const { page, frame, middle, box } = await openCourse();
  await page.mouse.move(...middle);
  await quiet(frame);
  const drawn = await framesDrawn(frame);
  await page.mouse.wheel(0, 120);
  await eventually(() => scrolled(page), (y) => y >= 100, 'the page does not scroll over the playground');
  assert.equal(await frame.locator('#scroll-hint').isVisible(), true, 'how to scroll inside is not told');
  await page.evaluate(() => scrollTo(0, 0));
  await eventually(() => scrolled(page), (y) => y === 0, 'not at the top');
  await quiet(frame);
  assert.ok((await framesDrawn(frame)) - drawn <= 6, 'the playground followed the wheel too');

  await page.keyboard.down('Control');
  const withControl = await framesDrawn(frame);
  await page.mouse.wheel(0, 120);
  await eventually(() => framesDrawn(frame), (n) => n > withControl, 'with Ctrl the wheel is the playground’s');
  await page.keyboard.up('Control');
  assert.equal(await scrolled(page), 0);

  await page.mouse.click(...corner({ box }));
  await eventually(() => focused(page), (id) => id === 'embed', 'a click gives no focus');
  await quiet(frame);
  const withFocus = await framesDrawn(frame);
  await page.mouse.wheel(0, 120);
  await eventually(() => framesDrawn(frame), (n) => n > withFocus, 'with the focus the wheel is the playground’s');
  assert.equal(await scrolled(page), 0);

  await page.locator('#before').focus();
  await page.mouse.wheel(0, 120);
  await eventually(() => scrolled(page), (y) => y >= 100, 'the page does not get its wheel back');
  await page.context().close();
});

test('a finger scrolls the course page over the playground, and a tap reaches the playground', async () => {
  const { page, frame, middle } = await openCourse({ hasTouch: true, isMobile: true });
  const session = await page.context().newCDPSession(page);
  const touch = (type, x, y) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const [x, y] = middle;
  await touch('touchStart', x, y);
  for (let moved = 10; moved <= 200; moved += 10) await touch('touchMove', x, y - moved);
  await touch('touchEnd');
  await eventually(() => scrolled(page), (top) => top > 100, 'the finger does not scroll the page');
  assert.equal(await step(frame), 3);
  // The page glides on for a while after the finger has left.
  let seen = -1;
  let reads = 0;
  const readsAtRest = async () => {
    const now = await scrolled(page);
    reads = now === seen ? reads + 1 : 0;
    seen = now;
    return reads;
  };
  await eventually(readsAtRest, (count) => count >= 15, 'the page does not come to rest');
  await page.evaluate(() => scrollTo(0, 0));
  await eventually(() => scrolled(page), (top) => top === 0, 'not at the top');

  const { box } = await boxOf(page);
  const before = await stateText(frame);
  for (let at = 15; at < 200 && (await stateText(frame)) === before; at += 20) {
    const drawn = await framesDrawn(frame);
    await page.touchscreen.tap(box.x + at, box.y + 22);
    await eventually(() => framesDrawn(frame), (n) => n >= drawn + 3, 'the tap was not seen');
  }
  assert.notEqual(await stateText(frame), before, 'no tap on the transport did anything');
  await page.context().close();
});

test('in a sandbox without storage it runs, and keeps nothing', async () => {
  const { page, frame, complaints } = await openCourse({}, { sandbox: 'allow-scripts allow-same-origin' });
  await page.context().close();
  assert.deepEqual(complaints, []);
  assert.ok(frame);
  // Without an origin of its own every access to the storage throws.
  const strict = await browser.newPage();
  await strict.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('The document is sandboxed', 'SecurityError');
      },
    });
  });
  const strictComplaints = collectComplaints(strict);
  await strict.goto(site.address);
  await playgroundReady(strict);
  await strict.keyboard.press('ArrowRight');
  await eventually(() => step(strict), (n) => n === 1, 'it does not run');
  assert.deepEqual(strictComplaints, []);
  await strict.close();
});

test('two of them in one page do not disturb each other', async () => {
  const { page, frame } = await openCourse();
  await page.evaluate((source) => {
    const second = document.getElementById('embed').cloneNode();
    second.id = 'second';
    second.src = source;
    document.getElementById('embed').after(second);
  }, `${site.address}?scenario=swap&step=2&ui=min`);
  const second = await (await page.waitForSelector('#second')).contentFrame();
  await playgroundReady(second);
  await second.locator('#canvas').focus();
  await page.keyboard.press('ArrowRight');
  await eventually(() => step(second), (n) => n === 3, 'the second does not step');
  assert.equal(await step(frame), 3, 'the first is where it was');
  assert.match(await stateText(second), /^scenario swap/);
  await page.context().close();
});

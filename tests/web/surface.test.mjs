// The canvas as a surface: its size, its sharpness, its rest, and graphics that go away and come back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, framesDrawn, launchBrowser, openPlayground, quiet, serve, step } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const canvasSize = (page) =>
  page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    return [canvas.width, canvas.height, canvas.clientWidth, canvas.clientHeight];
  });

test('the canvas follows the window, and its container when only that changes', async () => {
  const { page } = await openPlayground(browser, site.address);
  assert.deepEqual(await canvasSize(page), [1440, 900, 1440, 900]);
  await page.setViewportSize({ width: 1000, height: 640 });
  await eventually(() => canvasSize(page), (s) => s.join() === '1000,640,1000,640', 'it does not follow the window');
  await page.evaluate(() => (document.getElementById('page').style.width = '50%'));
  await eventually(() => canvasSize(page), (s) => s.join() === '500,640,500,640', 'it does not follow its container');
  await page.evaluate(() => (document.getElementById('page').style.width = '0'));
  // Without any room (the text view stands in its place) it keeps its pixels, and the front end goes on.
  await eventually(() => canvasSize(page), (s) => s.join() === '500,640,0,640', 'it does not vanish with its container');
  await page.evaluate(() => (document.getElementById('page').style.width = ''));
  await eventually(() => canvasSize(page), (s) => s.join() === '1000,640,1000,640', 'it does not come back');
  await page.context().close();
});

// The steepest horizontal steps of brightness in a part of a picture, after scaling it up: blurred text has none.
async function sharpness(page, picture, part, scale) {
  return page.evaluate(
    async ([base64, { x, y, width, height }, factor]) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const surface = new OffscreenCanvas(width * factor, height * factor);
      const context = surface.getContext('2d');
      context.drawImage(bitmap, x, y, width, height, 0, 0, surface.width, surface.height);
      const { data } = context.getImageData(0, 0, surface.width, surface.height);
      const steps = [];
      for (let i = 4; i < data.length; i += 4)
        if ((i / 4) % surface.width !== 0) steps.push(Math.abs(data[i + 1] - data[i - 3]));
      steps.sort((a, b) => b - a);
      const steepest = steps.slice(0, steps.length / 100);
      return steepest.reduce((sum, value) => sum + value, 0) / steepest.length;
    },
    [picture.toString('base64'), part, scale],
  );
}

test('at two pixels a point the text is twice as fine, not twice as large and blurred', async () => {
  const text = { x: 20, y: 80, width: 240, height: 200 }; // the lesson
  const coarse = await openPlayground(browser, site.address, { deviceScaleFactor: 1 });
  const fine = await openPlayground(browser, site.address, { deviceScaleFactor: 2 });
  assert.deepEqual(await canvasSize(fine.page), [2880, 1800, 1440, 900]);
  const blank = await browser.newPage();
  const doubled = { x: text.x * 2, y: text.y * 2, width: text.width * 2, height: text.height * 2 };
  const blurred = await sharpness(blank, await coarse.page.screenshot(), text, 2);
  const sharp = await sharpness(blank, await fine.page.screenshot(), doubled, 1);
  console.log(`steepest steps of brightness: ${sharp.toFixed(0)} at ratio 2, ${blurred.toFixed(0)} when scaled up`);
  assert.ok(sharp > 1.3 * blurred);

  // The window moves to another screen.
  const session = await coarse.page.context().newCDPSession(coarse.page);
  await session.send('Emulation.setDeviceMetricsOverride', { width: 1440, height: 900, deviceScaleFactor: 2, mobile: false });
  await coarse.page.mouse.move(5, 5); // DevTools' emulation changes the ratio without an event of its own
  await eventually(() => canvasSize(coarse.page), (s) => s[0] === 2880, 'the pixel ratio is not followed');
  await quiet(coarse.page);
  const followed = await sharpness(blank, await coarse.page.screenshot(), doubled, 1);
  assert.ok(followed > 1.3 * blurred, `the fonts were not made again: ${followed}`);
  for (const page of [coarse.page, fine.page, blank]) await page.context().close();
});

const animationFrames = (page, count) =>
  page.evaluate(
    (n) =>
      new Promise((resolve) => {
        const next = () => (n-- > 0 ? requestAnimationFrame(next) : resolve());
        next();
      }),
    count,
  );

test('at rest nothing is drawn: 0 frames in 60', async () => {
  const { page } = await openPlayground(browser, site.address);
  const before = await framesDrawn(page);
  await animationFrames(page, 60);
  assert.equal((await framesDrawn(page)) - before, 0);
  await page.keyboard.press('ArrowRight');
  await quiet(page);
  assert.ok((await framesDrawn(page)) - before >= 3, 'an event is followed by frames');
  await page.context().close();
});

test('hidden or out of sight nothing is drawn, even while playing', async () => {
  const { page } = await openPlayground(browser, site.address);
  const setHidden = (hidden) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      Object.defineProperty(document, 'visibilityState', { value: value ? 'hidden' : 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const setAway = (away) =>
    page.evaluate((value) => (document.getElementById('page').style.marginTop = value ? '300vh' : ''), away);
  await page.keyboard.press('Space');
  for (const leave of [setHidden, setAway]) {
    const playing = await framesDrawn(page);
    await eventually(() => framesDrawn(page), (n) => n > playing, 'it does not play');
    await leave(true);
    await animationFrames(page, 10);
    const away = await framesDrawn(page);
    await animationFrames(page, 30);
    assert.equal(await framesDrawn(page), away, `${leave.name}: drawn for nobody`);
    await leave(false);
    await eventually(() => framesDrawn(page), (n) => n > away, `${leave.name}: it does not go on`);
  }
  await page.context().close();
});

test('when the graphics are lost and come back, the picture is the same', async () => {
  const { page, complaints } = await openPlayground(browser, `${site.address}?scenario=isolation&step=8`);
  const stepThereAndBack = async () => {
    await page.keyboard.press('ArrowRight');
    await eventually(() => step(page), (n) => n === 9, 'it does not step');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => step(page), (n) => n === 8, 'it does not step back');
    await quiet(page);
  };
  await stepThereAndBack(); // the timeline shows what it has seen of the future
  const before = await page.screenshot();
  await page.evaluate(() => {
    window.loss = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    window.loss.loseContext();
  });
  await page.waitForFunction(() => document.getElementById('canvas').getContext('webgl2').isContextLost());
  await page.keyboard.press('Home'); // input meanwhile does no harm, and is not lost
  await animationFrames(page, 5);
  const restored = page.evaluate(
    () => new Promise((resolve) => document.getElementById('canvas').addEventListener('webglcontextrestored', resolve)),
  );
  await page.evaluate(() => window.loss.restoreContext());
  await restored;
  await eventually(() => step(page), (n) => n === 0, 'the key was lost');
  for (let i = 1; i <= 8; ++i) {
    await page.keyboard.press('ArrowRight');
    await eventually(() => step(page), (n) => n === i, 'it does not step');
  }
  await stepThereAndBack();
  assert.ok(before.equals(await page.screenshot()), 'the picture differs');
  assert.deepEqual(complaints.filter((text) => !/CONTEXT_LOST|context lost/i.test(text)), []);
  await page.context().close();
});

// Colours, size and motion, by what the system says and by real keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, framesDrawn, launchBrowser, openPlayground, quiet, serve } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

// The share of light pixels of what is on the screen, decoded by the browser itself.
async function lightness(page) {
  const png = (await page.screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    let light = 0;
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i] + pixels[i + 1] + pixels[i + 2] > 384) ++light;
    return light / (pixels.length / 4);
  }, png);
}

test('the canvas has the light or dark colours the system asks for, and follows when it changes', async () => {
  const { page, complaints } = await openPlayground(browser, site.address, { colorScheme: 'light' });
  assert.ok((await lightness(page)) > 0.6, 'light');
  const drawn = await framesDrawn(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(() => framesDrawn(page), (n) => n > drawn, 'nothing was drawn anew');
  await quiet(page);
  assert.ok((await lightness(page)) < 0.4, 'dark');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('colours chosen by key go before the system, and are there at the next visit', async () => {
  const { page } = await openPlayground(browser, site.address, { colorScheme: 'dark' });
  await page.keyboard.press('a');
  await quiet(page);
  await page.keyboard.press('3');
  await quiet(page);
  await page.keyboard.press('Escape');
  await quiet(page);
  assert.ok((await lightness(page)) > 0.6, 'light at once');
  await page.reload();
  await page.waitForFunction(() => window.playground !== undefined);
  await quiet(page);
  assert.ok((await lightness(page)) > 0.6, 'light after a reload');
  await page.context().close();
});

test('with everything twice as large a click still does what is under it', async () => {
  const { page } = await openPlayground(browser, `${site.address}?text=200`);
  const step = async () => Number(/, step (\d+) of/.exec(await page.evaluate(() => playground.stateText()))[1]);
  const before = await step();
  // The step button of the narrow layout, at twice its place (see layout.cpp, toolbar_view.cpp).
  await page.mouse.click(2 * (12 + 3 * 38 + 17), 2 * 72);
  await eventually(step, (now) => now === before + 1, 'the click made no step');
  await page.context().close();
});

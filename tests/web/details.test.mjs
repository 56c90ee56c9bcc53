// The policy and the plots among the details, by real mouse, finger and keyboard.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { eventually, launchBrowser, openPlayground, quiet, serve, step } from './browser.mjs';

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
const narration = (page) => page.locator('#narration').textContent();
const said = (page, pattern, what) => eventually(() => narration(page), (text) => pattern.test(text), what);

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await quiet(page);
  }
}

// What is saved by `act`, with its name.
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const widthOf = (png) => png.readUInt32BE(16);

test('5 tells who would go next, and the step that follows takes that page', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, '5');
  await said(page, /Next to go: page 0x406 of A, in frame 04 \(Clock: /, 'the next victim was not told');
  await press(page, 'ArrowRight', '5');
  await said(page, /Next to go: page 0x4(?!06)/, 'the page told to go is still there');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('6 opens the plots; up and down choose one; its values at the step are said', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, '6');
  await said(page, /Resident set, step 14: A 7 pages, B 0 pages/, 'the resident sets were not told');
  await press(page, 'ArrowDown');
  await said(page, /Page faults, step 14: minor 0 faults, major 1 fault/, 'the faults were not told');
  await press(page, 'ArrowUp', 'ArrowUp');
  await press(page, '.');
  await said(page, /Miss ratio, \d+ frames?: Optimal [\d.]+ %, LRU [\d.]+ %/, 'the curves were not told');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('by mouse: the tab, and a click on a plot that goes to its step', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await page.mouse.click(1378, 680);
  await quiet(page);
  await page.mouse.click(1130, 820);
  const gone = await eventually(() => step(page), (n) => n !== 14, 'no step was gone to');
  assert.ok(gone < 14, `the left of the plot is the past, not step ${gone}`);
  await quiet(page);
  await page.mouse.click(1395, 820);
  await eventually(() => step(page), (n) => n > 14, 'the right of the plot is the future');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a plot is saved as CSV by its button, the picture as PNG by key', async () => {
  const { page, complaints } = await openPlayground(browser, lesson());
  await press(page, '6');
  const whole = await saved(page, () => page.keyboard.press('g'));
  assert.equal(whole.name, 'swap.png');
  assert.equal(whole.bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal(widthOf(whole.bytes), 1440);
  // The buttons stand at the right end of their row.
  const downloads = [];
  page.on('download', (download) => downloads.push(download));
  for (let x = 1405; x > 1280 && !downloads.some((d) => d.suggestedFilename().endsWith('.csv')); x -= 10) {
    await page.mouse.click(x, 731);
    await quiet(page);
  }
  const names = downloads.map((download) => download.suggestedFilename());
  assert.ok(names.includes('swap-resident-set.csv'), `saved: ${names}`);
  assert.ok(names.includes('swap-resident-set.png'), `saved: ${names}`);
  const csv = downloads.find((download) => download.suggestedFilename().endsWith('.csv'));
  assert.match(await readFile(await csv.path(), 'utf8'), /^step,A pages,B pages\n0,,\n1,1,\n/);
  const part = downloads.find((download) => download.suggestedFilename().endsWith('.png'));
  assert.ok(widthOf(await readFile(await part.path())) < 460, 'the plot alone');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('on a phone the details are a tab, the plots a tab of theirs, and a touch goes to a step', async () => {
  const { page, complaints } = await openPlayground(browser, lesson(), {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await page.touchscreen.tap(357, 164);
  await quiet(page);
  await page.touchscreen.tap(358, 218);
  await quiet(page);
  await page.touchscreen.tap(150, 600);
  await eventually(() => step(page), (n) => n !== 14, 'a touch of the plot went nowhere');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

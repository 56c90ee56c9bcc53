// Files from the reader, good and bad, and work that is kept.
import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { eventually, framesDrawn, launchBrowser, openPlayground, playgroundReady, quiet, serve, stateText, step } from './browser.mjs';

let browser;
let site;
let folder;
before(async () => {
  [browser, site, folder] = await Promise.all([launchBrowser(), serve(), mkdtemp(join(tmpdir(), 'playground-'))]);
});
after(async () => {
  await browser?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true });
});

async function put(name, bytes) {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

// A file of zeros that takes no room on the disk.
async function putZeros(name, size) {
  const file = await open(join(folder, name), 'w');
  await file.truncate(size);
  await file.close();
  return join(folder, name);
}

const choose = (page, path) => page.locator('#file-input').setInputFiles(path);
const scenario = 'vms 1\ntitle From a file\nmachine frames=16\nspawn-empty A\nspawn-empty B\n';

// After a bad file: the running work is as it was, and the playground still works.
async function assertAlive(page) {
  await page.locator('#canvas').focus();
  const here = await step(page);
  await page.keyboard.press('ArrowRight');
  await eventually(() => step(page), (n) => n === here + 1, 'it does not step any more');
}

test('every kind of bad file gives one clear error and leaves the page alive', async () => {
  const { page, complaints } = await openPlayground(browser, site.address);
  const { text } = await page.evaluate(() => ({ text: playground.scenarioText() }));
  const bad = [
    [await put('empty.vms', ''), /empty\.vms is empty/],
    [await put('malformed.vms', 'vms 1\nspwan A editor\n'), /malformed\.vms:2:1: expected .*spwan/],
    [await put('cut.lackey', '==1== Lackey\nI  04000000,3\n L 1ffe\n S 1ffefffe'), /cut\.lackey:/],
    [await put('noise.bin', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])), /noise\.bin is neither/],
    [await putZeros('zeros.lackey', 200 * 2 ** 20), /zeros\.lackey/],
  ];
  for (const [path, expected] of bad) {
    await choose(page, path);
    const state = await eventually(() => stateText(page), (t) => expected.test(t), `no word of ${expected}`, 60_000);
    assert.equal(state.split('message: ').length, 2, 'one message, not several');
    assert.equal(await page.evaluate(() => playground.scenarioText()), text, 'the work changed');
    await eventually(
      () => page.locator('#narration').textContent(),
      (said) => expected.test(said),
      'screen readers were not told',
    );
    await assertAlive(page);
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('files too long to be read are refused before they are', async () => {
  const { page } = await openPlayground(browser, site.address);
  const notice = page.locator('#notice-text');
  await choose(page, await putZeros('huge.lackey', 300 * 2 ** 20));
  await eventually(() => notice.textContent(), (text) => /huge\.lackey is longer than 256 MiB/.test(text), 'no refusal');
  await assertAlive(page);
  await page.locator('#notice-close').click();
  assert.equal(await page.locator('#notice').isVisible(), false);
  await page.context().close();
});

test('a packed file is unpacked on its way in; one that is not what it says is refused', async () => {
  const { page } = await openPlayground(browser, site.address);
  const packed = gzipSync(scenario);
  await choose(page, await put('packed.vms.gz', packed));
  await eventually(() => stateText(page), (text) => /^scenario packed/.test(text), 'it was not opened');
  await choose(page, await put('broken.vms.gz', packed.subarray(0, packed.length - 12)));
  await eventually(
    () => page.locator('#notice-text').textContent(),
    (text) => /broken\.vms\.gz could not be read/.test(text),
    'no refusal',
  );
  await choose(page, await put('packed.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4])));
  await eventually(
    () => page.locator('#notice-text').textContent(),
    (text) => /packed with xz/.test(text),
    'no refusal',
  );
  await assertAlive(page);
  await page.context().close();
});

test('a scenario dropped anywhere on the page is opened, and O opens the dialog', async () => {
  const { page } = await openPlayground(browser, site.address);
  const dialog = page.waitForEvent('filechooser'); // early: Playwright needs a moment to listen
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.vms'));
    const target = document.getElementById('canvas');
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, scenario);
  await eventually(() => stateText(page), (text) => /^scenario dropped/.test(text), 'the drop was not taken');
  await page.locator('#canvas').focus();
  await page.keyboard.press('o');
  await (await dialog).setFiles(await put('chosen.vms', scenario));
  await eventually(() => stateText(page), (text) => /^scenario chosen/.test(text), 'the choice was not taken');
  await page.context().close();
});

test('a recording of a real program is taken in and replayed', async () => {
  const { page } = await openPlayground(browser, site.address);
  await choose(page, new URL('../../assets/traces/matrix.lackey', import.meta.url).pathname);
  await eventually(() => stateText(page), (text) => /^scenario matrix/.test(text), 'it was not taken in', 60_000);
  await page.locator('#canvas').focus();
  await page.keyboard.press('End');
  await eventually(() => stateText(page), (text) => /[1-9]\d* resident pages/.test(text), 'nothing was replayed');
  await page.context().close();
});

test('the scenario’s text is copied, with the clipboard or without', async () => {
  const { page } = await openPlayground(browser, site.address, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.keyboard.press('c');
  await eventually(
    () => page.evaluate(() => navigator.clipboard.readText()),
    (text) => text.startsWith('vms 1'),
    'nothing was copied',
  );
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('not allowed', 'NotAllowedError'));
    document.addEventListener('copy', () => (window.copiedBySelection = String(document.activeElement.value)));
  });
  await page.keyboard.press('c');
  await eventually(
    () => page.evaluate(() => window.copiedBySelection ?? ''),
    (text) => text.startsWith('vms 1'),
    'the fallback copied nothing',
  );
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas', 'the focus is where it was');
  await page.context().close();
});

test('the scenario is saved as a file', async () => {
  const { page } = await openPlayground(browser, `${site.address}?scenario=swap`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
  assert.equal(download.suggestedFilename(), 'swap.vms');
  await page.context().close();
});

test('work is kept in the browser and offered again after a reload', async () => {
  const { page, complaints } = await openPlayground(browser, `${site.address}?scenario=isolation&step=8`);
  // A step made by hand: a page of A is clicked, then Read in what opens. Where the pages are drawn is the front
  // end's affair, so the column is searched.
  const steps = () => stateText(page).then((text) => Number(/ of (\d+)/.exec(text)[1]));
  const planned = await steps();
  const settle = async (act) => {
    const drawn = await framesDrawn(page);
    await act();
    await eventually(() => framesDrawn(page), (n) => n >= drawn + 3, 'the input was not seen');
  };
  const made = async () => (await steps()) !== planned || (await step(page)) !== 8;
  for (let y = 440; y < 600 && !(await made()); y += 9) {
    await settle(() => page.mouse.click(323, y));
    for (let dy = 30; dy <= 130 && !(await made()); dy += 20) await settle(() => page.mouse.click(323 + 320, y + dy));
    if (!(await made())) await settle(() => page.keyboard.press('Escape'));
  }
  assert.ok(await made(), 'no page could be clicked and read');
  const kept = await page.evaluate(() => playground.scenarioText());
  await eventually(() => page.evaluate(() => 'virtual-memory-playground.work' in localStorage), Boolean, 'nothing was kept');

  await page.goto(site.address);
  await playgroundReady(page);
  assert.match(await stateText(page), /message: You were here before/);
  for (let x = 1180; x < 1420 && !/^scenario saved work/.test(await stateText(page)); x += 24) {
    await settle(() => page.mouse.click(x, 74));
    await quiet(page);
  }
  assert.match(await stateText(page), /^scenario saved work/);
  assert.equal(await page.evaluate(() => playground.scenarioText()), kept);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

// A swap device in the browser's storage: what lies there is there after a reload, what was damaged there is told, and
// where there is no storage to be had the page goes on without.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  collectComplaints,
  eventually,
  launchBrowser,
  openPlayground,
  playgroundReady,
  quiet,
  serve,
  stateText,
  step,
} from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const lesson = () => `${site.address}?scenario=swap`;
// The step before which photo has all its pages on the disk that the lesson puts there: the next one reads one.
const fullStep = 13;

const stateShows = (page, wanted, what) => eventually(() => stateText(page), (text) => wanted.test(text), what);

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await quiet(page);
  }
}

// By keyboard: the third row of the window is where swapped pages lie.
async function chooseStorage(page) {
  await page.locator('#canvas').focus();
  await press(page, 'm', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'Escape');
}

// The lesson with pages on a stored device, flushed.
async function openWithStoredPages(context = {}) {
  const { page, complaints } = await openPlayground(browser, lesson(), context);
  await chooseStorage(page);
  await press(page, ...Array(fullStep).fill('ArrowRight'));
  await stateShows(page, /kept in this browser's storage, [1-9]\d* slots? used/, 'nothing was stored');
  return { page, complaints };
}

// Runs in a page of the same origin without a playground: nothing there holds the database.
async function inStorage(page, action, argument) {
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 })); // a picture has no icon
  await page.goto(`${site.address}web/icon.svg`);
  return page.evaluate(action, argument);
}

// In the page: the stored file of that name, and a way to put it back.
const openFile = `
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('/swap');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const ask = (mode, act) => new Promise((resolve, reject) => {
    const request = act(database.transaction('FILE_DATA', mode).objectStore('FILE_DATA'));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
`;
const inDatabase = (page, body) => inStorage(page, `(async () => { ${openFile} try { ${body} } finally { database.close(); } })()`);

const storedNumbers = (page) =>
  inDatabase(
    page,
    `const { contents } = await ask('readonly', (store) => store.get('/swap/swapfile'));
     const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
     const numbers = [];
     for (let slot = 0; slot < contents.byteLength / 4096; ++slot)
       for (let at = 0; at < 4096; at += 4) if (view.getUint32(slot * 4096 + at, true)) numbers.push(view.getUint32(slot * 4096 + at, true));
     return numbers;`,
  );

test('pages on the device are in IndexedDB, and after a reload they are read back from there', async () => {
  const { page, complaints } = await openWithStoredPages();
  const text = (await stateText(page)).replace(/; message.*/, '');
  await page.reload();
  await playgroundReady(page);
  assert.equal((await stateText(page)).replace(/; message.*/, ''), text.replace('being written to', 'kept in'));
  await stateShows(page, /You are back at step 13\. \d pages? of the swap file .* as they were left/, 'no word of it');
  assert.equal(await step(page), fullStep);
  // What the program reads next comes from a slot.
  await press(page, 'ArrowRight');
  await eventually(
    () => page.locator('#narration').textContent(),
    (said) => /comes back from the disk/.test(said),
    'no page came back from swap',
  );
  await stateShows(page, /kept in/, 'the last step was not stored');
  // The bytes in the database are the program's: photo writes 100, 101, ...
  const numbers = await storedNumbers(page);
  assert.ok(numbers.some((number) => number >= 100 && number <= 108), `the file holds ${numbers}`);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a link to another lesson goes before what is kept; a reload of it does not', async () => {
  const { page } = await openWithStoredPages();
  await page.goto(`${site.address}?scenario=isolation`);
  await playgroundReady(page);
  assert.match(await stateText(page), /^scenario isolation, step 0 .* swap device: /);
  await press(page, 'ArrowRight', 'ArrowRight');
  await stateShows(page, /step 2 .*kept in/, 'the step was not stored');
  await page.reload();
  await playgroundReady(page);
  assert.match(await stateText(page), /^scenario isolation, step 2/);
  await page.context().close();
});

test('bytes damaged in the storage are told by their slots, and touching such a page is a bus error', async () => {
  const { page, complaints } = await openWithStoredPages();
  await inDatabase(
    page,
    `const entry = await ask('readonly', (store) => store.get('/swap/swapfile'));
     for (let at = 17; at < entry.contents.length; at += 4096) entry.contents[at] ^= 0xff;
     await ask('readwrite', (store) => store.put(entry, '/swap/swapfile'));`,
  );
  await page.goto(site.address);
  await playgroundReady(page);
  const state = await stateText(page);
  assert.match(state, /message: You are back at step 13\. \d+ pages? of the swap file .* damaged or gone: slot \d/);
  assert.match(await page.evaluate(() => playground.scenarioText()), /\ndamage-swap \d/);
  await press(page, 'ArrowRight');
  await eventually(
    () => page.locator('#narration').textContent(),
    (said) => /bus error/i.test(said),
    'reading the page was no bus error',
  );
  // It is a step like any other: back, forward again, and the same happens.
  await press(page, 'ArrowLeft', 'ArrowRight');
  assert.match(await page.locator('#narration').textContent(), /bus error/i);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('storage that was cleared is told, and the device begins empty', async () => {
  const { page, complaints } = await openWithStoredPages();
  await inStorage(
    page,
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('/swap');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
  await page.goto(lesson());
  await playgroundReady(page);
  await stateShows(page, /message: What was kept in this browser's storage is gone/, 'nothing was said');
  await press(page, 'ArrowRight');
  await stateShows(page, /step 1 .*kept in/, 'it does not go on');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('storage that is cleared while the page is open is filled again at the next step', async () => {
  const { page } = await openWithStoredPages();
  const other = await page.context().newPage();
  await inStorage(
    other,
    () => new Promise((resolve) => (indexedDB.deleteDatabase('/swap').onsuccess = () => resolve())),
  );
  await press(page, 'ArrowRight');
  await stateShows(page, /step 14 .*kept in/, 'it was not stored again');
  await page.reload();
  await playgroundReady(page);
  await stateShows(page, /You are back at step 14\. .* as they were left/, 'it did not come back');
  await page.context().close();
});

test('two tabs: the second swaps to memory and says why, and leaves the first one’s files alone', async () => {
  const { page } = await openWithStoredPages();
  const second = await page.context().newPage();
  const complaints = collectComplaints(second);
  await second.goto(lesson());
  await playgroundReady(second);
  await stateShows(second, /message: Another tab has the swap device/, 'the second tab was not told');
  assert.doesNotMatch(await stateText(second), /swap device:/);
  await second.locator('#canvas').focus();
  await press(second, 'ArrowRight');
  assert.equal(await step(second), 1);
  await chooseStorage(second); // in vain, for the same reason
  await stateShows(second, /Another tab/, 'the reason is gone');
  assert.deepEqual(complaints, []);
  await second.close();
  await page.reload();
  await playgroundReady(page);
  await stateShows(page, /You are back at step 13\. .* as they were left/, 'the first tab lost its pages');
  await page.context().close();
});

test('back to memory: nothing stays in the storage', async () => {
  const { page } = await openWithStoredPages();
  await press(page, 'm', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'Escape');
  await eventually(() => page.evaluate(() => localStorage.getItem('virtual-memory-playground.swap')), (value) => value === null, 'the choice stays');
  const files = await inDatabase(page, `return ask('readonly', (store) => store.getAllKeys());`);
  assert.deepEqual(files, []);
  await page.goto(lesson());
  await playgroundReady(page);
  assert.doesNotMatch(await stateText(page), /swap device:|message: What was kept/);
  await page.context().close();
});

async function assertRefused(page, wanted) {
  await chooseStorage(page);
  const said = await stateShows(page, wanted, 'no reason was given');
  assert.match(said, /Swapped pages stay in memory/);
  assert.equal(said.split('message: ').length, 2, 'one message, not several');
  await press(page, 'End');
  assert.match(await stateText(page), /step (\d+) of \1;/);
  assert.doesNotMatch(await stateText(page), /swap device:/);
}

test('without IndexedDB the page says so and swaps to memory', async () => {
  const { page } = await openPlayground(browser, lesson());
  await page.evaluate(() => {
    indexedDB.constructor.prototype.open = () => {
      throw new DOMException('not in this mode', 'SecurityError');
    };
  });
  await assertRefused(page, /IndexedDB\) cannot be used: not in this mode/);
  await page.context().close();
});

test('a storage without room is told once', async () => {
  const { page } = await openPlayground(browser, lesson());
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.address).origin, quotaSize: 1 });
  await assertRefused(page, /no room left in this browser’s storage/);
  await page.context().close();
});

test('a storage that never answers does not keep the page waiting', async () => {
  const { page } = await openWithStoredPages();
  await page.addInitScript(() => {
    indexedDB.constructor.prototype.open = () => new EventTarget();
  });
  await page.goto(lesson());
  await page.waitForFunction(() => window.playground !== undefined, undefined, { timeout: 15_000 });
  await stateShows(page, /does not answer.*Swapped pages stay in memory/, 'no reason was given');
  await page.context().close();
});

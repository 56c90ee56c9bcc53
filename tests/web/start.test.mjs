// From the address to the first picture, and what the reader is told when there is none.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import {
  collectComplaints,
  eventually,
  launchBrowser,
  openPlayground,
  playgroundReady,
  serve,
  siteFolder,
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

const coverText = (page) => page.locator('#cover-text').textContent();

async function openBroken(prepare, address = site.address) {
  const page = await browser.newPage();
  await prepare(page);
  await page.goto(address);
  return page;
}

test('the page starts without a word on the console, and shows a picture', async () => {
  const { page, complaints } = await openPlayground(browser, site.address);
  assert.deepEqual(complaints, []);
  assert.equal(await page.locator('#cover').isHidden(), true);
  assert.match(await stateText(page), /^scenario isolation, step 0 of/);
  const picture = await page.screenshot();
  assert.ok(picture.length > 30_000, `a picture of ${picture.length} bytes is nearly blank`);
  await page.context().close();
});

test('the first frame is there within two seconds of the click', async () => {
  const page = await browser.newPage();
  await page.goto(site.address);
  await page.waitForFunction(() => document.getElementById('cover').hidden);
  const milliseconds = await page.evaluate(() => performance.now());
  console.log(`first frame after ${Math.round(milliseconds)} ms`);
  // Software graphics on a machine that may be busy with other tests: the bound here only catches a real regression.
  assert.ok(milliseconds < 10_000);
  await page.close();
});

test('scenario, step and few controls come from the address', async () => {
  const { page, complaints } = await openPlayground(browser, `${site.address}?scenario=swap&step=5&ui=min`);
  assert.match(await stateText(page), /^scenario swap, step 5 of/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a scenario that is not there and a step beyond the end leave a playground that says so and works', async () => {
  const { page, complaints } = await openPlayground(browser, `${site.address}?scenario=%3Cscript%3E&step=999999999`);
  assert.match(await stateText(page), /message: .*<script>/);
  await page.keyboard.press('Home');
  await eventually(() => step(page), (n) => n === 0, 'the playground did not go to its start');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('it runs under a strict content security policy, its own and the server’s', async () => {
  const strict = await serve(siteFolder, {
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'",
    },
  });
  const { page, complaints } = await openPlayground(browser, strict.address);
  assert.deepEqual(complaints, []);
  await page.context().close();
  await strict.close();
});

test('the document names its language, its title and its icon, and holds no script of its own', async () => {
  const html = await readFile(`${siteFolder}/index.html`, 'utf8');
  assert.match(html, /<html lang="en">/);
  assert.match(html, /<title>[^<]+<\/title>/);
  assert.doesNotMatch(html, /<script(?![^>]*src=)/);
  assert.doesNotMatch(html, /\son[a-z]+=/);
  assert.doesNotMatch(html, /(?:src|href)="(?:\/|https?:)/, 'an address that is not relative');
  const icon = /rel="icon" href="([^"]+)"/.exec(html)[1];
  assert.match(await readFile(`${siteFolder}/${icon}`, 'utf8'), /<svg/);
});

// Sends the program in pieces, and each only when told to.
async function serveInPieces() {
  const program = await readFile(`${siteFolder}/playground.wasm`);
  const pieces = [];
  const upstream = await serve();
  const server = createServer(async (request, response) => {
    if (!request.url.endsWith('.wasm')) {
      const answer = await fetch(new URL(request.url, upstream.address));
      response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') });
      response.end(Buffer.from(await answer.arrayBuffer()));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/wasm', 'Content-Length': program.length });
    response.flushHeaders();
    const half = program.length >> 1;
    pieces.push(() => response.write(program.subarray(0, half)));
    pieces.push(() => response.end(program.subarray(half)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    size: program.length,
    sendNext: async () => (await eventually(() => pieces.shift(), Boolean, 'the program was not asked for'))(),
    close: () => (server.closeAllConnections(), server.close(), upstream.close()),
  };
}

test('progress is counted in bytes, and a stalled download is told within five seconds', async () => {
  const slow = await serveInPieces();
  const page = await browser.newPage();
  await page.goto(slow.address);
  const asked = Date.now();
  await slow.sendNext();
  const half = await eventually(
    () => page.locator('#cover-progress').evaluate((bar) => bar.value),
    (value) => value > 0.4,
    'no progress was shown',
  );
  assert.ok(half < 0.6, `half of the bytes are shown as ${half}`);
  assert.match(await coverText(page), new RegExp(`of ${Math.ceil(slow.size / 1000)} kB`));
  await eventually(() => coverText(page), (text) => /slow/.test(text), 'the stall was not told', 8000);
  console.log(`stall told after ${Date.now() - asked} ms`);
  assert.equal(await page.locator('#cover-reload').isVisible(), true);
  await slow.sendNext();
  await playgroundReady(page);
  await page.close();
  await slow.close();
});

test('without WebAssembly the page says so', async () => {
  const page = await openBroken((p) => p.addInitScript(() => delete globalThis.WebAssembly));
  await eventually(() => coverText(page), (text) => /no WebAssembly/.test(text), 'no reason was given');
  await page.close();
});

test('without WebGL 2 the page says so, whether the name is missing or the graphics are', async () => {
  const nameless = await openBroken((p) => p.addInitScript(() => delete globalThis.WebGL2RenderingContext));
  await eventually(() => coverText(nameless), (text) => /no WebGL 2/.test(text), 'no reason was given');
  await nameless.close();
  const refusing = await openBroken((p) =>
    p.addInitScript(() => (HTMLCanvasElement.prototype.getContext = () => null)),
  );
  await eventually(() => coverText(refusing), (text) => /no WebGL 2/.test(text), 'no reason was given');
  assert.equal(await refusing.locator('#cover').isVisible(), true);
  await refusing.close();
});

test('a program that is not on the server, or is none, is told with the reason', async () => {
  const missing = await openBroken((p) => p.route('**/playground.wasm', (route) => route.fulfill({ status: 404 })));
  await eventually(() => coverText(missing), (text) => /answered 404/.test(text), 'no reason was given');
  await missing.close();
  const garbage = await openBroken((p) =>
    p.route('**/playground.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: 'no program' })),
  );
  await eventually(() => coverText(garbage), (text) => /could not be started/.test(text), 'no reason was given');
  await garbage.close();
  const partless = await openBroken((p) => p.route('**/playground.mjs', (route) => route.abort()));
  await eventually(() => coverText(partless), (text) => /could not be loaded/.test(text), 'no reason was given');
  await partless.close();
});

test('if no script runs at all, the style sheet tells after five seconds', async () => {
  const page = await openBroken((p) => p.route('**/start.mjs', (route) => route.abort()));
  const watchdog = page.locator('#cover-watchdog');
  assert.equal(await watchdog.isVisible(), false, 'it must not flash at every start');
  await eventually(() => watchdog.isVisible(), Boolean, 'nothing was told', 8000);
  await page.close();
});

test('with scripts switched off the page says what it needs', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.address);
  const note = page.locator('noscript > p');
  assert.match(await note.textContent(), /needs JavaScript/);
  assert.equal(await note.isVisible(), true);
  await context.close();
});

test('a fault inside the program is told, and not only to the console', async () => {
  const { page } = await openPlayground(browser, site.address);
  await page.evaluate(() => {
    // What a trap in the module looks like from outside.
    setTimeout(() => WebAssembly.instantiate(
      new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]),
    ).then(({ instance }) => setTimeout(instance.exports.t)));
  });
  await eventually(() => coverText(page), (text) => /stopped by a fault/.test(text), 'the fault was not told');
  await page.context().close();
});

test('a light or dark system never sees a white page', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme });
    await page.route('**/playground.*', (route) => route.abort());
    await page.goto(site.address);
    const [red, green, blue] = await page.evaluate(() =>
      getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number),
    );
    assert.ok(red + green + blue < 150, 'the background is that of the playground');
    await page.close();
  }
});

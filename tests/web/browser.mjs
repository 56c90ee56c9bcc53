// Chromium and the built site, for the tests and for screenshots.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serveFolder } from '../../.ci/serve.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const siteFolder = process.env.VMP_SITE ?? root + 'build/web';

const flags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // WebGL 2 in software: slow, but the same on every machine.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export async function launchBrowser(more = []) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    chromiumSandbox: false,
    args: [...flags, ...more],
  });
  // Who visits has been here before, unless `tour` is asked for.
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async ({ tour = false, ...options } = {}) => {
    const context = await newContext(options);
    if (!tour) await context.addInitScript(noteTour);
    return context;
  };
  browser.newPage = async (options) => (await browser.newContext(options)).newPage();
  return browser;
}

function noteTour() {
  try {
    localStorage.setItem('virtual-memory-playground.tour', 'seen');
  } catch {
    // A page without storage has no tour.
  }
}

export async function serve(folder = siteFolder, options = {}) {
  const server = await serveFolder(folder, options);
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))),
  };
}

// Waits until `read()` gives something that `wanted` accepts; fails with the last value otherwise.
export async function eventually(read, wanted, what, timeout = 10_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > end) assert.fail(`${what}; last seen: ${JSON.stringify(value)}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

// Notes what a page writes to its console as a warning or an error, and what it throws.
export function collectComplaints(page) {
  const complaints = [];
  page.on('console', (message) => {
    if (['warning', 'error', 'assert'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  return complaints;
}

// Resolves once the playground in this page or frame runs and rests.
export async function playgroundReady(frame) {
  await frame.waitForFunction(() => window.playground !== undefined, undefined, { timeout: 30_000 });
  await quiet(frame);
}

export const framesDrawn = (frame) => frame.evaluate(() => window.playground.framesDrawn());
export const stateText = (frame) => frame.evaluate(() => window.playground.stateText());

// Resolves once nothing is drawn any more: ten animation frames without a new picture.
export async function quiet(frame) {
  await frame.evaluate(
    () =>
      new Promise((resolve) => {
        let last = -1;
        let still = 0;
        const look = () => {
          const now = window.playground.framesDrawn();
          still = now === last ? still + 1 : 0;
          last = now;
          if (still >= 10) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

// The step at which the playground stands.
export async function step(frame) {
  return Number(/, step (\d+) of/.exec(await stateText(frame))[1]);
}

// Opens the playground in a page of its own and waits until it rests. The caller closes `page.context()`.
export async function openPlayground(browser, address, context = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...context })).newPage();
  const complaints = collectComplaints(page);
  await page.goto(address);
  await playgroundReady(page);
  return { page, complaints };
}

// The guided tour of a first visit.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, launchBrowser, openPlayground, playgroundReady, quiet, serve, stateText, step } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const touring = async (page) => / tour: /.test(await stateText(page));
const narration = (page) => page.locator('#narration').textContent();

test('a first visit is shown around; after its end it never comes again unasked, but help has it', async () => {
  const { page, complaints } = await openPlayground(browser, site.address, { tour: true });
  assert.ok(await touring(page));
  await eventually(() => narration(page), (said) => said.startsWith('Two programs'), 'nothing is said');
  for (const key of ['Enter', 'ArrowRight', ' ', 'Enter', 'Enter', 'Enter']) {
    assert.ok(await touring(page));
    await page.keyboard.press(key);
    await quiet(page);
  }
  assert.ok(!(await touring(page)));
  assert.equal(await step(page), 0, 'its keys are its own');
  await page.goto('about:blank');
  await page.goto(site.address);
  await playgroundReady(page);
  assert.ok(!(await touring(page)));
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('a click outside or Escape ends it', async () => {
  for (const end of [(page) => page.mouse.click(20, 880), (page) => page.keyboard.press('Escape')]) {
    const { page } = await openPlayground(browser, site.address, { tour: true });
    assert.ok(await touring(page));
    await end(page);
    await eventually(() => touring(page), (on) => !on, 'it goes on');
    await page.context().close();
  }
});

test('no tour in an embed, behind a link to a lesson or a step, or where nothing can be noted', async () => {
  for (const query of ['?ui=min', '?scenario=swap', '?step=2']) {
    const { page } = await openPlayground(browser, site.address + query, { tour: true });
    assert.ok(!(await touring(page)), query);
    await page.context().close();
  }
  const context = await browser.newContext({ tour: true });
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  const page = await context.newPage();
  await page.goto(site.address);
  await playgroundReady(page);
  assert.ok(!(await touring(page)));
  await context.close();
});

test('on a phone a finger goes through it', async () => {
  const { page, complaints } = await openPlayground(browser, site.address, {
    tour: true,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const stops = new Set();
  for (let tap = 0; tap < 6; ++tap) {
    stops.add(/ tour: (.*)/.exec(await stateText(page))?.[1]);
    await page.touchscreen.tap(330, 774); // "Next"
    await quiet(page);
  }
  assert.equal(stops.size, 6, [...stops].join(', '));
  assert.ok(!(await touring(page)));
  assert.equal(await step(page), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

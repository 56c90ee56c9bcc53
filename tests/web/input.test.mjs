// Keys and mouse in a page of its own: the playground gets what is meant for it, the browser keeps the rest.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { eventually, framesDrawn, launchBrowser, openPlayground, quiet, serve, stateText, step } from './browser.mjs';

let browser;
let site;
let page;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
  ({ page } = await openPlayground(browser, `${site.address}?scenario=isolation`));
  // Notes for every key what became of it, from before the playground sees it.
  await page.evaluate(() => {
    window.keysSeen = [];
    addEventListener('keydown', (event) => window.keysSeen.push(event), { capture: true });
    window.lastKeyPrevented = () => window.keysSeen.at(-1).defaultPrevented;
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  await page.locator('#canvas').focus();
  await page.keyboard.press('Home');
  await eventually(() => step(page), (n) => n === 0, 'Home does not lead to the start');
});

test('the arrow keys step while the canvas has the focus', async () => {
  await page.keyboard.press('ArrowRight');
  await eventually(() => step(page), (n) => n === 1, 'the right arrow does not step');
  assert.equal(await page.evaluate(() => lastKeyPrevented()), true, 'the page around would scroll');
  await page.keyboard.press('ArrowLeft');
  await eventually(() => step(page), (n) => n === 0, 'the left arrow does not step back');
});

test('without the focus the canvas gets no key', async () => {
  await page.locator('#canvas').blur();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => lastKeyPrevented()), false);
  await quiet(page);
  assert.equal(await step(page), 0);
});

test('Tab leaves the canvas in both directions', async () => {
  await page.evaluate(() => {
    for (const [place, id] of [['beforebegin', 'before'], ['afterend', 'after']]) {
      const button = document.createElement('button');
      button.id = id;
      document.getElementById('canvas').insertAdjacentElement(place, button);
    }
  });
  for (const keys of ['Tab', 'Shift+Tab']) {
    await page.locator('#canvas').focus();
    await page.keyboard.press(keys);
    assert.equal(await page.evaluate(() => lastKeyPrevented()), false, `${keys} is kept from the browser`);
    const goal = keys === 'Tab' ? 'after' : 'before';
    assert.equal(await page.evaluate(() => document.activeElement.id), goal, `${keys} does not leave`);
  }
});

test('the browser’s shortcuts stay the browser’s', async () => {
  const shortcuts = ['F1', 'F5', 'F11', 'F12', 'Control+r', 'Control+Shift+r', 'Control+=', 'Control+-', 'Control+0'];
  for (const keys of [...shortcuts, 'Control+f', 'Control+l', 'Control+p', 'Control+t', 'Alt+ArrowLeft', 'Meta+r']) {
    // Dispatched in the page: the real ones would reload it or leave it.
    const prevented = await page.evaluate((combination) => {
      const parts = combination.split('+');
      const key = parts.pop() || '+';
      const event = new KeyboardEvent('keydown', {
        key,
        code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key,
        ctrlKey: parts.includes('Control'),
        altKey: parts.includes('Alt'),
        metaKey: parts.includes('Meta'),
        shiftKey: parts.includes('Shift'),
        bubbles: true,
        cancelable: true,
      });
      document.getElementById('canvas').dispatchEvent(event);
      return event.defaultPrevented;
    }, keys);
    assert.equal(prevented, false, `${keys} is kept from the browser`);
  }
  await quiet(page);
  assert.equal(await step(page), 0, 'and none of them did anything in the playground');
});

test('a modifier let go of elsewhere is let go of here', async () => {
  await page.keyboard.down('Shift');
  await eventually(() => page.evaluate(() => playground.modifiers()), (bits) => bits === 1, 'Shift was not seen');
  await page.locator('#canvas').blur();
  await page.keyboard.up('Shift');
  await eventually(() => page.evaluate(() => playground.modifiers()), (bits) => bits === 0, 'Shift is stuck');
});

test('a click gives the canvas the focus and reaches the playground', async () => {
  await page.locator('#canvas').blur();
  const before = await stateText(page);
  // Somewhere along the toolbar are the buttons of the transport; each changes where the playground stands.
  for (let x = 400; x < 640 && (await stateText(page)) === before; x += 20) {
    const drawn = await framesDrawn(page);
    await page.mouse.click(x, 26);
    await eventually(() => framesDrawn(page), (n) => n >= drawn + 3, 'the click was not seen');
  }
  assert.notEqual(await stateText(page), before, 'no click on the toolbar did anything');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  await page.keyboard.press('Home'); // whatever was started stops
});

test('moving the mouse over the canvas draws, so that what lies under it can light up', async () => {
  await quiet(page);
  const before = await framesDrawn(page);
  await page.mouse.move(700, 300);
  await page.mouse.move(720, 310);
  await eventually(() => framesDrawn(page), (n) => n > before, 'the mouse is not seen');
});

test('the wheel is the playground’s, with Ctrl it is the browser’s zoom', async () => {
  await page.evaluate(() => {
    addEventListener('wheel', (event) => (window.wheelSeen = event), { capture: true, passive: false });
  });
  await page.mouse.move(1200, 780);
  await page.mouse.wheel(0, 100);
  assert.equal(await page.evaluate(() => wheelSeen.defaultPrevented), true);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  assert.equal(await page.evaluate(() => wheelSeen.ctrlKey && !wheelSeen.defaultPrevented), true);
});

test('the headline of a step is in the live region, and the state is there as text', async () => {
  await page.keyboard.press('ArrowRight');
  await eventually(
    () => page.locator('#narration[aria-live=polite]').textContent(),
    (text) => text.length > 5,
    'nothing was said',
  );
  await eventually(
    () => page.locator('#state-text').textContent(),
    (text) => /step 1 of/.test(text),
    'the text twin does not follow',
  );
});

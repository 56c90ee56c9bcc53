// The text view and the console, used as people use them who do not see the picture: by role and name, by keyboard.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, framesDrawn, launchBrowser, openPlayground, playgroundReady, quiet, serve, step } from './browser.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const open = (query, context) => openPlayground(browser, site.address + query, context);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { name });
const focusedName = (page) => page.evaluate(() => document.activeElement.textContent);
const narration = (page) => page.locator('#narration').textContent();

// The cells of the row of a table that is named by its first cell.
async function row(page, table, name) {
  const found = page.getByRole('table', { name: table }).getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  return found.getByRole('cell').allTextContents();
}

test('one lesson from start to end by role and name: the focus stays, every step is told, the numbers agree', async () => {
  const { page, complaints } = await open('?scenario=isolation');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focusedName(page), 'Text view');
  await page.keyboard.press('Enter');
  assert.match(await focusedName(page), /^Pretend I'm alone/);
  await page.keyboard.press('Tab');
  assert.equal(await focusedName(page), 'Show this text in place of the picture');
  await page.keyboard.press('Enter');
  const forward = button(page, 'Forward');
  await forward.focus();
  for (let at = 1; at <= 17; at++) {
    await page.keyboard.press('Enter');
    await heading(page, `Step ${at} of 17`).waitFor();
    assert.equal(await focusedName(page), 'Forward', 'the focus was lost');
    const told = await narration(page);
    assert.ok(await page.getByRole('region', { name: `Step ${at} of 17` }).getByText(told, { exact: true }).first().isVisible(), told);
    if (at === 8) {
      // What the log says of the walk, and what the tables say.
      const lines = await page.getByRole('list', { name: 'Who did what' }).getByRole('listitem').allTextContents();
      const found = lines.map((line) => /entry 3 at (0x\w+): page in frame (\w+)$/.exec(line)).find(Boolean);
      const [, entry, frame] = found;
      const cells = await row(page, 'Frames', frame);
      assert.deepEqual(cells.slice(0, 3), ['B', 'heap = 7', '0x403']);
      assert.match(cells[5], new RegExp(`^B, node in frame \\w+, entry 3, at ${entry}$`));
      assert.deepEqual((await row(page, 'B: pages', '0x403')).slice(1, 3), ['in RAM', `frame ${frame}`]);
      assert.deepEqual((await row(page, 'Entries of the TLB in use', 'set 3, way 0')).slice(0, 3), ['B', '0x403', frame]);
      assert.equal(await page.getByText('Output of B: 7', { exact: true }).count(), 1);
      assert.ok(await page.getByRole('list', { name: /nodes that exist/ }).getByText(`[3] heap: frame ${frame}`).isVisible());
    }
  }
  assert.equal(await forward.getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Enter');
  assert.equal(await step(page), 17, 'there is no step behind the last');
  await button(page, 'Back').press('Enter');
  await heading(page, 'Step 16 of 17').waitFor();
  await page.getByRole('slider', { name: 'Position' }).press('Home');
  await heading(page, 'Step 0 of 17').waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('the text view is asked for in the address, stays for the next visit, draws nothing, and plays on', async () => {
  const { page, complaints } = await open('?scenario=isolation&view=text');
  const drawn = await framesDrawn(page);
  await button(page, 'Play').click();
  await heading(page, 'Step 2 of 17').waitFor();
  await button(page, 'Pause').click();
  assert.equal(await framesDrawn(page), drawn);
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('light');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await page.getByRole('combobox', { name: 'Lesson' }).selectOption('swap');
  await heading(page, 'Hide the hardware').first().waitFor();
  await button(page, 'Show the picture').click();
  await eventually(() => framesDrawn(page), (n) => n > drawn, 'the picture does not come back');
  await quiet(page);
  await page.keyboard.press('x');
  await heading(page, /^Hide the hardware ·/).waitFor();
  await page.goto(`${site.address}?scenario=isolation`);
  await playgroundReady(page);
  assert.equal(await page.locator('#canvas').isVisible(), false, 'it was remembered');
  await button(page, 'Show the picture').click();
  await page.goto(`${site.address}?scenario=isolation&step=1`);
  await playgroundReady(page);
  assert.equal(await page.locator('#canvas').isVisible(), true);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('out of sight it is one stop of the Tab key, and shows itself once the focus is inside', async () => {
  const { page } = await open('?scenario=isolation');
  const stops = await page.evaluate(() => [...document.querySelectorAll('#twin *')].filter((node) => node.tabIndex >= 0).length);
  assert.equal(stops, 0);
  assert.equal(await page.getByRole('table', { name: 'Frames' }).count(), 1, 'it is in the accessibility tree all the same');
  await button(page, 'Forward').focus();
  assert.equal(await page.evaluate(() => document.getElementById('twin').getBoundingClientRect().width), 1440);
  await page.keyboard.press('Enter');
  await heading(page, 'Step 1 of 17').waitFor();
  await page.locator('#canvas').focus();
  await eventually(() => page.evaluate(() => document.getElementById('twin').getBoundingClientRect().width), (w) => w === 1, 'it stays');
  await page.context().close();
});

test('a machine of a GiB is shown in parts, and the focus stays on the way through them', async () => {
  const { page } = await open('?view=text');
  const text = 'vms 1\nmachine format=x86-64 frames=262144\nspawn-empty T\nmmap T 0x10000000 0x10000000 rw- fixed\nwrite T 0x18000000 1\n';
  await page.evaluate((scenario) => playground.openFile(new File([scenario], 'large.vms')), text);
  await button(page, 'End').click();
  await heading(page, 'Step 3 of 3').waitFor();
  const rows = await page.getByRole('row').count();
  assert.ok(rows < 400, `${rows} rows`);
  await page.getByRole('table', { name: 'Frames 00 to 3F of 262,144' }).waitFor();
  const parts = page.getByRole('group', { name: /^Parts of: Frames/ });
  await parts.getByRole('button', { name: 'Next 64 rows' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'Frames 40 to 7F of 262,144' }).waitFor();
  assert.equal(await focusedName(page), 'Next 64 rows');
  await button(page, 'List the pages from 0x18000').click();
  assert.deepEqual((await row(page, 'T: pages', '0x18000')).slice(1, 2), ['in RAM']);
  await page.context().close();
});

test('the set-up by text: a choice and a slider, what cannot be is told at the setting, and undone', async () => {
  const { page } = await open('?scenario=swap&step=14&view=text');
  await button(page, 'Set up the machine').press('Enter');
  assert.equal(await button(page, 'Set up the machine').getAttribute('aria-expanded'), 'true');
  await page.getByLabel('Who leaves: the policy').selectOption('fifo');
  assert.match(await page.evaluate(() => playground.scenarioText()), / policy=fifo/);
  const ram = page.getByRole('slider', { name: 'RAM' });
  assert.equal(await ram.getAttribute('aria-valuetext'), '16 frames · 64 KiB');
  await ram.press('Home');
  assert.equal(await ram.getAttribute('aria-invalid'), 'true');
  assert.match(await page.locator(`#${await ram.getAttribute('aria-describedby')}`).textContent(), /\d/);
  assert.match(await page.evaluate(() => playground.scenarioText()), / frames=16/);
  await page.context().close();
});

test('the console by keyboard: completion, a step, an error in its place, earlier lines, undone by a step back', async () => {
  const { page, complaints } = await open('?scenario=isolation&step=8');
  await page.locator('#canvas').focus();
  await page.keyboard.press(':');
  const line = page.getByRole('textbox', { name: 'Command' });
  await eventually(() => line.evaluate((input) => input === document.activeElement), Boolean, 'the console does not open');
  await page.keyboard.type('fo');
  await page.keyboard.press('Tab');
  assert.equal(await line.inputValue(), 'fork ');
  await page.keyboard.type('A ');
  assert.ok(await button(page, 'C').isVisible(), 'a free name is not offered');
  await button(page, 'C').click();
  assert.equal(await line.inputValue(), 'fork A C ');
  assert.match(await page.locator('#console-hint').textContent(), /^Enter gives it/);
  await page.keyboard.press('Enter');
  assert.equal(await step(page), 9);
  assert.equal(await line.inputValue(), '');
  assert.match(await page.evaluate(() => playground.scenarioText()), /\nfork A C\n?$/);
  await page.keyboard.type('write C here 5');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('alert').filter({ hasText: 'Column' }).textContent(), 'Column 9: expected an address, found "here".');
  assert.equal(await line.getAttribute('aria-invalid'), 'true');
  assert.equal(await line.evaluate((input) => input.value.slice(input.selectionStart, input.selectionEnd)), 'here');
  assert.equal(await step(page), 9, 'nothing happened');
  await page.keyboard.press('ArrowUp');
  assert.equal(await line.inputValue(), 'fork A C');
  await page.keyboard.press('ArrowDown');
  assert.equal(await line.inputValue(), 'write C here 5');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
  await page.keyboard.press('ArrowLeft');
  await eventually(() => step(page), (n) => n === 8, 'it cannot be undone');
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test('the console opens from the text, is no trap for the Tab key, and gives focus back', async () => {
  const { page } = await open('?scenario=isolation&step=3&view=text');
  await button(page, 'Console').click();
  const line = page.getByRole('textbox', { name: 'Command' });
  await line.fill('read A 0x00400000');
  await page.keyboard.press('Tab');
  assert.equal(await focusedName(page), 'Give');
  await page.keyboard.press('Enter');
  await heading(page, 'Step 4 of 4').waitFor();
  await page.keyboard.press('Escape');
  assert.match(await focusedName(page), /^Pretend I'm alone/);
  await page.context().close();
});

test('axe finds nothing: the picture, the text in dark and light, the set-up, the console, an error', async () => {
  const { page } = await open('?scenario=swap&step=14');
  const check = async (what) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], what);
  };
  await check('the picture');
  await page.locator('#canvas').focus();
  await page.keyboard.press('x');
  await heading(page, /^Hide the hardware ·/).waitFor();
  await check('the text');
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('light');
  await button(page, 'Set up the machine').click();
  await button(page, 'Help').click();
  await page.getByRole('slider', { name: 'RAM' }).press('Home');
  await check('the text in light colours, with the set-up and a setting that cannot be');
  await button(page, 'Console').click();
  await check('the console');
  await page.keyboard.type('write A here 5');
  await page.keyboard.press('Enter');
  await check('an error in the console');
  await page.getByRole('combobox', { name: 'Colours' }).selectOption('dark');
  await check('the same in dark colours');
  await page.keyboard.press('Escape');
  await button(page, 'Show the picture').click();
  await page.locator('#canvas').focus();
  await page.keyboard.press(':');
  await page.getByRole('textbox', { name: 'Command' }).waitFor();
  await check('the console under the picture');
  await page.context().close();
});

// What a first visit downloads, packed as web hosts pack it.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { siteFolder } from './browser.mjs';

const budget = 700_000; // bytes: program, scripts, styles and fonts (which are in the program)

test('the page and everything it loads fit in 700 kB of brotli', async () => {
  const files = ['index.html', 'playground.mjs', 'playground.wasm', 'web/style.css', 'web/icon.svg'];
  for (const name of await readdir(`${siteFolder}/web/page`)) files.push(`web/page/${name}`);
  let sum = 0;
  for (const file of files) {
    const packed = brotliCompressSync(await readFile(`${siteFolder}/${file}`), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    }).length;
    sum += packed;
    if (packed > 10_000) console.log(`${file}: ${packed} bytes`);
  }
  console.log(`in all ${sum} bytes of ${budget}`);
  assert.ok(sum <= budget);
});

test('the site is complete: licences are there, and the lessons as files', async () => {
  const notices = await readFile(`${siteFolder}/licences.txt`, 'utf8');
  for (const name of ['Dear ImGui', 'SDL', 'Inter', 'JetBrains Mono']) assert.match(notices, new RegExp(name));
  assert.ok((await readdir(`${siteFolder}/assets/scenarios`)).includes('isolation.vms'));
});

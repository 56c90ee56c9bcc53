// The built site as a host would see it: complete, relative, small, with its notices, and served with the right types.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';

import { serveFolder } from '../../.ci/serve.mjs';

const site = 'build/web';
const budget = 650 * 1024;

const files = readdirSync(site, { recursive: true }).filter((file) => statSync(join(site, file)).isFile());
const isCode = (file) => /\.(wasm|mjs|js|ttf|woff2?)$/.test(file);

test('Wasm, JavaScript and fonts together stay within 650 KB as brotli', () => {
  const sizes = files.filter(isCode).map((file) => brotliCompressSync(readFileSync(join(site, file))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${Math.round(total / 1024)} KB of ${budget / 1024}`);
  assert.ok(total > 0 && total <= budget, `${total} bytes`);
});

test('no page, style or script names an address outside the site', () => {
  for (const file of files.filter((name) => /\.(html|css|mjs|js)$/.test(name))) {
    const text = readFileSync(join(site, file), 'utf8');
    assert.doesNotMatch(text, /(?:src|href)\s*=\s*["'](?:https?:)?\/(?!\/www\.w3\.org)/, `${file} has an absolute address`);
    assert.doesNotMatch(text, /(?:import\s*\(?|from|url\()\s*["']?(?:https?:)?\/\//, `${file} loads from elsewhere`);
  }
});

test('the notices of every library and font are there', () => {
  const notices = readFileSync(join(site, 'licences.txt'), 'utf8');
  for (const name of ['Dear ImGui', 'Simple DirectMedia Layer', 'Inter', 'JetBrains Mono', 'SIL OPEN FONT LICENSE', 'musl']) {
    assert.ok(notices.includes(name), `no notice of ${name}`);
  }
});

test('the server says what each file is, and keeps to its folder', async () => {
  const server = await serveFolder(site);
  const address = `http://localhost:${server.address().port}`;
  const typeOf = async (path) => (await fetch(address + path)).headers.get('content-type');
  try {
    assert.match(await typeOf('/'), /^text\/html/);
    assert.equal(await typeOf('/playground.wasm'), 'application/wasm');
    assert.match(await typeOf('/playground.mjs'), /^text\/javascript/);
    assert.equal((await fetch(`${address}/%2e%2e%2f%2e%2e%2fpackage.json`)).status, 404);
    assert.equal((await fetch(`${address}/nothing`)).status, 404);
    assert.equal((await fetch(address, { method: 'POST' })).status, 405);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

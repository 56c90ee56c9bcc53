// Hygiene as a test: reads the repository's own files and holds them to the rules of docs/HACKING.md and
// docs/ARCHITECTURE.md that no compiler checks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(file) && lstatSync(file).isFile());

const isText = (file) => !/\.(png|jpg|gif|xz|gz|bin|ttf|ico|wasm)$/.test(file);
const isCpp = (file) => /\.(cpp|h)$/.test(file);
const isOurCode = (file) => /\.(cpp|h|mjs|js|ts|css|cmake|sh)$/.test(file) || ['play', 'test'].includes(file);
// Recorded data keeps the form its recorder gave it.
const isData = (file) => /^(tests\/data|assets\/traces)\//.test(file);

const texts = new Map(files.filter(isText).map((file) => [file, readFileSync(file, 'utf8')]));
const lines = new Map([...texts].map(([file, text]) => [file, text.split('\n')]));

// Collects `file:line: why` for every line that `complaint` has something to say about.
function complaints(wanted, complaint) {
  const found = [];
  for (const [file, content] of lines) {
    if (!wanted(file)) continue;
    content.forEach((line, index) => {
      const why = complaint(line, file, index);
      if (why) found.push(`${file}:${index + 1}: ${why}`);
    });
  }
  return found;
}

function assertNone(found) {
  assert.equal(found.length, 0, `\n${found.join('\n')}`);
}

const includeOf = (line) => /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);

// The order of the layers; each may include itself and what stands before it.
const layers = ['core/base/', 'core/hw/', 'core/os/', 'core/sim/', 'shell/present/', 'shell/ui/', 'shell/', 'web/'];
const layerOf = (path) => layers.findIndex((layer) => path.startsWith(layer));

test('a layer includes only itself and the layers below', () => {
  assertNone(
    complaints(isCpp, (line, file) => {
      const include = includeOf(line);
      if (!include || layerOf(file) < 0 || layerOf(include[2]) <= layerOf(file)) return null;
      return `${layers[layerOf(file)]} must not include ${include[2]}`;
    }),
  );
});

test('our own headers are included from the repository root', () => {
  assertNone(
    complaints(isCpp, (line) => {
      const include = includeOf(line);
      if (!include || include[1] !== '"' || existsSync(include[2])) return null;
      return `${include[2]} is not a path from the repository root (third-party headers take <>)`;
    }),
  );
});

test('core includes nothing but the standard library and itself', () => {
  const impure =
    /^(atomic|chrono|condition_variable|csetjmp|csignal|cstdio|ctime|filesystem|fstream|future|iostream|mutex|random|thread)$/;
  assertNone(
    complaints(
      // check.cpp has the last word of a program that is about to abort.
      (file) => isCpp(file) && file.startsWith('core/') && file !== 'core/base/check.cpp',
      (line) => {
        const include = includeOf(line);
        if (!include || include[2].startsWith('core/')) return null;
        if (!/^[a-z_]+$/.test(include[2])) return `<${include[2]}> is not of the C++ standard library`;
        return impure.test(include[2]) ? `<${include[2]}> would bring I/O, time, threads or chance into core` : null;
      },
    ),
  );
});

test('ImGui, SDL, OpenGL and the browser are known only where they belong', () => {
  const places = [
    [/^imgui/, /^(shell\/(?!present\/|vmctl)|web\/|tests\/(ui|app|support)\/)/, 'Dear ImGui'],
    [/^(SDL|imgui_impl_)/, /^(shell\/\w+_sdl\.(cpp|h)|web\/.*)$/, 'SDL'],
    [/^(GLES?[0-9]?|OpenGL)\//, /^(shell\/\w+_sdl\.(cpp|h)|web\/.*)$/, 'OpenGL'],
    [/^emscripten/, /^web\//, 'Emscripten'],
  ];
  assertNone(
    complaints(isCpp, (line, file) => {
      const include = includeOf(line);
      const broken = include && places.find(([header, place]) => header.test(include[2]) && !place.test(file));
      return broken ? `${broken[2]} is not for this file` : null;
    }),
  );
});

test('every header has #pragma once before anything else but comments', () => {
  assertNone(
    [...texts]
      .filter(([file, text]) => file.endsWith('.h') && !/^(\s|\/\/[^\n]*\n)*#pragma once\n/.test(text))
      .map(([file]) => `${file}: no #pragma once at its top`),
  );
});

test('no source file is longer than 400 lines', () => {
  assertNone(
    [...lines]
      .filter(([file, content]) => isOurCode(file) && content.length > 401)
      .map(([file, content]) => `${file}: ${content.length - 1} lines`),
  );
});

test('no file is larger than 1 MiB', () => {
  assertNone(files.filter((file) => lstatSync(file).size > 1 << 20).map((file) => `${file}: too large`));
});

test('lines end cleanly: no trailing space, no tab, no carriage return, a newline at the end', () => {
  const found = complaints(
    (file) => !isData(file),
    (line) => (/[ \t\r]$/.test(line) ? 'trailing space' : /\t/.test(line) ? 'a tab' : null),
  );
  for (const [file, text] of texts) {
    if (!isData(file) && text !== '' && !/[^\n]\n$/.test(text)) found.push(`${file}: must end in one newline`);
  }
  assertNone(found);
});

test('a reminder carries the number of its issue', () => {
  const reminder = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b(?!\\(#[0-9]+\\): )`);
  assertNone(complaints(isText, (line) => (reminder.test(line) ? 'write it as an issue, or with its number' : null)));
});

test('no address of a package registry or mirror', () => {
  const host = /registry\.[a-z]+\.(org|com)|\b(deb|security|ftp|snapshot)\.debian\.[a-z]+|archive\.ubuntu\.com/;
  assertNone(
    complaints(isText, (line) => (host.test(line) ? 'take the host from the machine\'s own configuration' : null)),
  );
  assert.doesNotMatch(texts.get('package-lock.json'), /"resolved"/);
});

test('no absolute path of somebody\'s machine', () => {
  const path = /(^|[\s"'`(=:])\/(work|root|home|Users)\/[\w.]/;
  assertNone(complaints((file) => !isData(file), (line) => (path.test(line) ? 'an absolute path' : null)));
});

test('the top level holds only what belongs there', () => {
  const allowed = new Set(
    ('.ci .clang-format .clang-tidy .editorconfig .gitignore .npmrc CMakeLists.txt CMakePresets.json LICENSE README.md ' +
      'assets core docs index.html package-lock.json package.json play shell test tests web').split(' '),
  );
  const entries = new Set(files.map((file) => file.split('/')[0]));
  assertNone([...entries].filter((entry) => !allowed.has(entry)).map((entry) => `${entry}: not at the top level`));
});

test('relative links in the documents lead somewhere', () => {
  const found = [];
  for (const [file, text] of texts) {
    if (!file.endsWith('.md')) continue;
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      if (!existsSync(normalize(join(dirname(file), target)))) found.push(`${file}: no ${target}`);
    }
  }
  assertNone(found);
});

test('every disabled lint check has its reason', () => {
  const text = texts.get('.clang-tidy');
  const disabled = [...text.matchAll(/^ +-([a-z-]+),?$/gm)].map(([, check]) => check);
  assert.ok(disabled.length > 0);
  assertNone(disabled.filter((check) => !text.includes(`# ${check}: `)).map((check) => `${check} is off without a reason`));
});

test('shell scripts parse and can be run', () => {
  for (const [file, text] of texts) {
    if (!text.startsWith('#!/usr/bin/env bash')) continue;
    execFileSync('bash', ['-n', file]);
    assert.ok(lstatSync(file).mode & 0o100, `${file} is not executable`);
  }
});

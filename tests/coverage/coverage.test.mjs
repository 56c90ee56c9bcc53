// What the core's tests reach of the core: every line of core/hw and core/os but those that exclusions.mjs names, and
// 95 % of their branches. The build that counts is ready in build/coverage; everything else that was not reached is
// listed in build/coverage/gaps.txt.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { exclusions } from './exclusions.mjs';
import { countsIn, coverageOf } from './gcov.mjs';

const build = 'build/coverage';
const seed = process.env.VMP_SEED ?? '1';
const leastBranches = 95;

// The tests in two halves that take about as long as each other; gcov adds up what they count.
const halves = ['--source-file=*tests/property*', '--source-file-exclude=*tests/property*'];

async function runTests() {
  for (const file of countsIn(build)) rmSync(file);
  const run = (half) =>
    promisify(execFile)(`${build}/tests_core`, [half, '--no-colors', `--seed=${seed}`], { maxBuffer: 1 << 26 });
  await Promise.all(halves.map(run)).catch((error) => {
    throw new Error(`tests_core failed:\n${error.stdout?.slice(-4000)}${error.stderr?.slice(-4000)}`);
  });
}

await runTests();
const coverage = await coverageOf('core', build);

const sources = new Map([...coverage.keys()].map((file) => [file, readFileSync(file, 'utf8').split('\n')]));
const textOf = (file, number) => sources.get(file)[number - 1].trim();
const names = (exclusion, file, number) => exclusion.file === file && exclusion.line === textOf(file, number);
const isExcluded = (file, number) => exclusions.some((exclusion) => names(exclusion, file, number));

// The lines that count, of the files in one folder or below it.
function linesIn(folder) {
  return [...coverage]
    .filter(([file]) => file.startsWith(`${folder}/`))
    .flatMap(([file, lines]) => [...lines].map(([number, line]) => ({ file, number, line })))
    .filter(({ file, number, line }) => line.reached > 0 || !isExcluded(file, number))
    .sort((a, b) => (a.file === b.file ? a.number - b.number : a.file < b.file ? -1 : 1));
}

function sumOf(lines) {
  const branches = lines.flatMap(({ line }) => line.branches);
  const part = (some, all) => ({ some, all, percent: all === 0 ? 100 : (100 * some) / all });
  return {
    lines: part(lines.filter(({ line }) => line.reached > 0).length, lines.length),
    branches: part(branches.filter((count) => count > 0).length, branches.length),
  };
}

function describe({ file, number, line }) {
  const untaken = line.branches.filter((count) => count === 0).length;
  const what = line.reached === 0 ? 'not reached' : `${untaken} of ${line.branches.length} branches not taken`;
  return `${file}:${number}: ${what}: ${textOf(file, number)}`;
}

function printTable() {
  const folders = [...new Set([...coverage.keys()].map(dirname))].sort();
  const cell = ({ some, all, percent }) => `${some}/${all}`.padStart(12) + `${percent.toFixed(1)} %`.padStart(9);
  console.log(`${'folder'.padEnd(18)}${'lines'.padStart(21)}${'branches'.padStart(21)}`);
  for (const folder of folders) {
    const sum = sumOf(linesIn(folder).filter(({ file }) => dirname(file) === folder));
    console.log(folder.padEnd(18) + cell(sum.lines) + cell(sum.branches));
  }
}

printTable();
const isGap = ({ line }) => line.reached === 0 || line.branches.includes(0);
writeFileSync(`${build}/gaps.txt`, linesIn('core').filter(isGap).map((each) => `${describe(each)}\n`).join(''));

for (const folder of ['core/hw', 'core/os']) {
  test(`every line of ${folder} is reached, or excluded by name`, () => {
    const missed = linesIn(folder).filter(({ line }) => line.reached === 0);
    assert.equal(missed.length, 0, `\n${missed.map(describe).join('\n')}`);
  });

  test(`${leastBranches} % of the branches of ${folder} are taken`, () => {
    const { branches } = sumOf(linesIn(folder));
    assert.ok(branches.percent >= leastBranches, `${branches.percent.toFixed(1)} %; see ${build}/gaps.txt`);
  });
}

test('every exclusion gives its reason and names lines that nothing reaches', () => {
  for (const exclusion of exclusions) {
    const { file, line, why } = exclusion;
    assert.ok(why, `${file}: ${line}: why?`);
    const named = [...(coverage.get(file) ?? [])].filter(([number]) => names(exclusion, file, number));
    assert.ok(named.length > 0, `${file} has no line of code "${line}"`);
    assert.ok(named.every(([, each]) => each.reached === 0), `${file}: "${line}" is reached`);
  }
});

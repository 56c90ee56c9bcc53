// Real programs, made here by clang and lld, loaded by `vmctl elf`: segments, permissions and bytes are what
// `readelf -lW` says, by Linux's rules; and on an x86-64 Linux, what the kernel itself maps.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, readSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const vmctl = process.env.VMCTL ?? 'build/release/vmctl';
const seed = Number(process.env.VMP_SEED ?? 1);
const page = 4096n;
const folder = mkdtempSync(join(tmpdir(), 'vmp-elf-'));
after(() => rmSync(folder, { recursive: true }));

const roundDown = (n) => n - (n % page);
const roundUp = (n) => roundDown(n + page - 1n);
const hex = (n) => `0x${n.toString(16)}`;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function load(file, ...options) {
  const object = JSON.parse(execFileSync(vmctl, ['elf', file, '--json', ...options]));
  for (const segment of object.segments) {
    segment.start = BigInt(segment.start);
    segment.end = BigInt(segment.end);
  }
  return object;
}

// The program headers as binutils reads them.
function programHeaders(file) {
  const text = execFileSync('readelf', ['-lW', file], { encoding: 'utf8' });
  const row = /^ +([A-Z_]+) +(0x\w+) (0x\w+) 0x\w+ (0x\w+) (0x\w+) (.{3}) (?:0x)?\w+$/gm;
  return [...text.matchAll(row)].map(([, type, offset, address, fileSize, memorySize, flags]) => ({
    type,
    offset: BigInt(offset),
    address: BigInt(address),
    fileSize: BigInt(fileSize),
    memorySize: BigInt(memorySize),
    permissions: `${flags.includes('R') ? 'r' : '-'}${flags.includes('W') ? 'w' : '-'}${flags.includes('E') ? 'x' : '-'}`,
  }));
}

// What the headers mean for memory: whole pages of the file, a zeroed rest, whole pages of zeros.
function expectedSegments(file, bias) {
  const bytes = readFileSync(file);
  const segments = [];
  for (const each of programHeaders(file).filter((header) => header.type === 'LOAD')) {
    const start = each.address + bias;
    const fileEnd = start + each.fileSize;
    const end = start + each.memorySize;
    const first = roundDown(start);
    const last = roundUp(fileEnd);
    if (last > first) {
      const contents = Buffer.alloc(Number(last - first));
      const from = Number(roundDown(each.offset));
      bytes.copy(contents, 0, from, Math.min(bytes.length, from + contents.length));
      if (end > fileEnd) contents.fill(0, Number(fileEnd - first));
      segments.push({ start: first, end: last, permissions: each.permissions, sha256: sha256(contents) });
    }
    if (roundUp(end) > last)
      segments.push({
        start: last,
        end: roundUp(end),
        permissions: each.permissions.includes('x') ? 'rwx' : 'rw-',
        sha256: sha256(Buffer.alloc(Number(roundUp(end) - last))),
      });
  }
  return segments;
}

const shown = (segments) =>
  segments.map(({ start, end, permissions, sha256: digest }) => `${hex(start)}-${hex(end)} ${permissions} ${digest}`);

const processors = [
  { name: 'riscv64', target: 'riscv64-unknown-linux-gnu', machine: 'riscv64', format: 'sv39' },
  { name: 'x86_64', target: 'x86_64-unknown-linux-gnu', machine: 'x86-64', format: 'x86-64' },
  { name: 'riscv32', target: 'riscv32-unknown-linux-gnu', machine: 'riscv32', format: 'sv32' },
  { name: 'i386', target: 'i386-unknown-linux-gnu', machine: 'x86-32', format: 'x86-32' },
];
const linkings = [
  { name: 'static', compile: ['-fno-pic'], link: [], type: 'fixed' },
  { name: 'static-pie', compile: ['-fPIE'], link: ['-pie', '--no-dynamic-linker'], type: 'static-pie' },
  { name: 'static-execstack', compile: ['-fno-pic'], link: ['-z', 'execstack'], type: 'fixed' },
  { name: 'static-separate', compile: ['-fno-pic'], link: ['-z', 'separate-loadable-segments'], type: 'fixed' },
  { name: 'static-one-segment', compile: ['-fno-pic'], link: ['--omagic'], type: 'fixed' },
];

function build(processor, linking) {
  const object = join(folder, 'program.o');
  const file = join(folder, `${processor.name}-${linking.name}`);
  execFileSync('clang', [`--target=${processor.target}`, '-Os', '-ffreestanding', '-nostdlib', ...linking.compile,
    '-c', 'tests/elf/program.c', '-o', object]);
  execFileSync('ld.lld', [...linking.link, object, '-o', file]);
  return file;
}

for (const processor of processors) {
  for (const linking of linkings) {
    test(`${processor.name}, ${linking.name}: memory is what readelf says`, () => {
      const file = build(processor, linking);
      for (const options of [[], ['--aslr', '--seed', String(seed)]]) {
        const loaded = load(file, '--contents', ...options);
        assert.equal(loaded.machine, processor.machine);
        assert.equal(loaded.format, processor.format);
        assert.equal(loaded.type, linking.type);
        const bias = BigInt(loaded.load_bias);
        if (linking.type === 'fixed') assert.equal(bias, 0n);
        else assert.notEqual(bias, 0n);

        const program = loaded.segments.filter((segment) => segment.kind !== 'stack');
        assert.deepEqual(shown(program), shown(expectedSegments(file, bias)));
        const stack = programHeaders(file).find((header) => header.type === 'GNU_STACK');
        assert.equal(loaded.segments.at(-1).permissions, stack.permissions.includes('x') ? 'rwx' : 'rw-');
        const entry = BigInt(/Entry point (0x\w+)/.exec(execFileSync('readelf', ['-lW', file], { encoding: 'utf8' }))[1]);
        assert.equal(BigInt(loaded.entry), entry + bias);
      }
    });
  }
}

test('sections give segments their names', () => {
  const loaded = load(build(processors[0], linkings[0]));
  const names = Object.fromEntries(loaded.segments.map((segment) => [segment.kind, segment.sections]));
  assert.match(names['read-only data'], /\.rodata/);
  assert.match(names.code, /\.text/);
  assert.match(names.data, /\.data/);
  assert.match(names.bss, /\.bss/);
  assert.equal(names.stack, '');
});

test('the same seed gives the same addresses, another seed others', () => {
  const file = build(processors[0], linkings[1]);
  const places = (n) => JSON.stringify(load(file, '--aslr', '--seed', String(n)), (_, value) => (typeof value === 'bigint' ? hex(value) : value));
  assert.equal(places(seed), places(seed));
  assert.notEqual(places(seed), places(seed + 1));
});

test('a scenario starts a real program by name and digest', () => {
  const file = build(processors[0], linkings[0]);
  const loaded = load(file);
  const data = loaded.segments.find((segment) => segment.kind === 'data');
  const scenario = join(folder, 'real.vms');
  const text = (digest) => `vms 1\nmachine format=sv39 frames=64\nprogram p\n  elf riscv64-static sha256=${digest}\nend\nspawn A p\n` +
    `execute A ${loaded.entry}\nwrite A ${hex(data.start)} 7\nread A ${hex(data.start)}\nexpect value 7\nwrite A ${loaded.entry} 7\nexpect signal SIGSEGV SEGV_ACCERR\n`;
  writeFileSync(scenario, text(loaded.sha256));
  const run = spawnSync(vmctl, ['run', scenario], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  writeFileSync(scenario, text('0'.repeat(64)));
  assert.match(spawnSync(vmctl, ['run', scenario], { encoding: 'utf8' }).stderr, /sha256=.*that of the file at hand/);
  writeFileSync(scenario, text(loaded.sha256).replace('riscv64-static', 'nothing-here'));
  assert.match(spawnSync(vmctl, ['run', scenario], { encoding: 'utf8' }).stderr, /nothing-here/);
});

test('what cannot be loaded is refused with the reason', () => {
  const refusal = (...args) => {
    const run = spawnSync(vmctl, ['elf', ...args], { encoding: 'utf8' });
    assert.equal(run.status, 1);
    return run.stderr;
  };
  const file = build(processors[0], linkings[0]);
  assert.match(refusal(file, '--machine-format', 'x86-32'), /another processor/);
  assert.match(refusal(join(folder, 'program.o')), /no executable/);
  assert.match(refusal('tests/elf/program.c'), /no ELF file/);
  assert.match(refusal(process.execPath), /dynamically linked/);
});

// A process of our own that waits in a loop, as the kernel of this machine has mapped it.
const isLinux = process.platform === 'linux' && process.arch === 'x64';
test('Linux maps a fixed program the same way', { skip: isLinux ? false : 'this is no x86-64 Linux' }, async () => {
  const file = build(processors[1], linkings[0]);
  const child = spawn(file, { stdio: 'ignore' });
  try {
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const loaded = load(file, '--contents').segments.filter((segment) => segment.kind !== 'stack');
    const maps = readFileSync(`/proc/${child.pid}/maps`, 'utf8').trimEnd().split('\n');
    const inProgram = maps.filter((line) => BigInt(`0x${line.split('-')[0]}`) < loaded.at(-1).end);
    const listed = inProgram.map((line) => /^(\w+)-(\w+) (...)/.exec(line).slice(1));
    const memory = openSync(`/proc/${child.pid}/mem`, 'r');
    const actual = listed.map(([start, end, permissions]) => {
      const bytes = Buffer.alloc(parseInt(end, 16) - parseInt(start, 16));
      readSync(memory, bytes, 0, bytes.length, parseInt(start, 16));
      return { start: BigInt(`0x${start}`), end: BigInt(`0x${end}`), permissions, sha256: sha256(bytes) };
    });
    closeSync(memory);
    assert.deepEqual(shown(loaded), shown(actual));
  } finally {
    child.kill('SIGKILL');
  }
});

// QEMU's MMU against the playground's, on random tables laid by qemu_tables (main.cpp): every mapping's virtual and
// physical address, size and flags, as QEMU's monitor lists them; on x86 also where the MMU's own look-up leads; on
// RISC-V the fate of single loads, stores and fetches from user and supervisor mode, executed one instruction at a time:
// the address reached or the cause of the trap, and at the end all of RAM, accessed and dirty flags included.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { fromLittleEndian, littleEndian, startQemu } from './qemu.mjs';

const tables = process.env.VMP_QEMU_TABLES ?? 'build/dev/qemu_tables';
const seed = process.env.VMP_SEED ?? '1';
const leaves = 4000;
const accesses = 1200;
const imageBytes = 4096n * 4096n;
const eachMask = (bits, letters) => [...letters].map((letter, bit) => (bits >> BigInt(bit)) & 1n ? letter : '-').join('');

console.log(`seed ${seed}`);

// Lays the tables, starts QEMU with them in its memory, and cleans up behind `body`.
async function withTables({ format, base, program, args, accesses: count = 0 }, body) {
  const folder = mkdtempSync(join(tmpdir(), 'vmp-qemu-'));
  let qemu;
  try {
    const before = join(folder, 'before');
    const after = join(folder, 'after');
    const report = JSON.parse(
      execFileSync(tables, [format, base, seed, String(leaves), String(count), before, after], { maxBuffer: 1 << 26 }),
    );
    qemu = await startQemu(program, folder, [...args, '-device', `loader,file=${before},addr=${base},force-raw=on`]);
    await body(qemu, report, { after, folder });
  } finally {
    await qemu?.quit();
    rmSync(folder, { recursive: true });
  }
}

function readMappings(report) {
  return report.mappings.map((numbers) => {
    const [virtual, physical, size, entry] = numbers.map(BigInt);
    return { virtual, physical, size, entry };
  });
}

function assertSameLists(actual, expected) {
  const wrong = [];
  const inQemu = new Set(actual);
  const here = new Set(expected);
  for (const line of expected) if (!inQemu.has(line)) wrong.push(`QEMU lacks   ${line}`);
  for (const line of actual) if (!here.has(line)) wrong.push(`QEMU adds    ${line}`);
  assert.equal(wrong.length, 0, `${wrong.length} differences:\n${wrong.slice(0, 20).join('\n')}`);
  assert.equal(actual.length, expected.length);
}

// --- RISC-V

const hex = (value, digits) => value.toString(16).padStart(digits, '0');

// QEMU joins neighbours whose flags are equal and whose addresses follow on in both spaces; so must we.
function joined(mappings) {
  const list = [];
  for (const mapping of mappings) {
    const flags = mapping.entry & 0xffn;
    const last = list.at(-1);
    if (last && last.flags === flags && last.virtual + last.size === mapping.virtual && last.physical + last.size === mapping.physical) {
      last.size += mapping.size;
    } else {
      list.push({ ...mapping, flags });
    }
  }
  return list;
}

class RiscV {
  static mprv = 1n << 17n;
  static sum = 1n << 18n;
  static mxr = 1n << 19n;
  static load = 0x00052283; // lw t0, 0(a0)
  static store = 0x00550023; // sb t0, 0(a0)

  constructor(qemu, registerBytes, code) {
    this.gdb = qemu.gdb;
    this.bytes = registerBytes;
    this.code = code;
  }

  async prepare(satp) {
    await this.gdb.send('qXfer:features:read:target.xml:0,fff');
    const csrs = await this.gdb.send('qXfer:features:read:riscv-csr.xml:0,fff');
    const number = Number(/name="sstatus"[^>]*regnum="(\d+)"/.exec(csrs)[1]) - 0x100;
    this.csr = (csr) => number + csr;
    this.privilege = number - 1;
    await this.write(this.csr(0x180), satp);
    await this.write(this.csr(0x305), this.code + 0x100n); // mtvec
    await this.gdb.done(`M${this.code.toString(16)},8:${littleEndian(RiscV.load, 4)}${littleEndian(RiscV.store, 4)}`);
  }

  write(register, value) {
    return this.gdb.done(`P${register.toString(16)}=${littleEndian(BigInt.asUintN(8 * this.bytes, BigInt(value)), this.bytes)}`);
  }

  async read(register) {
    return fromLittleEndian(await this.gdb.send(`p${register.toString(16)}`));
  }

  // Executes one access; the cause of its trap, or what it read.
  async attempt(access) {
    const fetch = access.kind === 2;
    const mode = access.supervisor ? 1n : 0n;
    const status = (access.sum ? RiscV.sum : 0n) | (access.mxr ? RiscV.mxr : 0n) | (fetch ? 0n : RiscV.mprv | (mode << 11n));
    await this.write(this.csr(0x300), status);
    await this.write(this.csr(0x342), 0);
    await this.write(this.privilege, fetch ? mode : 3);
    await this.write(32, fetch ? access.address : this.code + (access.kind === 1 ? 4n : 0n));
    if (!fetch) await this.write(10, access.address);
    if (access.kind === 1) await this.write(5, 0x5a);
    await this.gdb.send('s');
    const cause = Number(await this.read(this.csr(0x342)));
    // A fetch that is allowed runs into `ecall`.
    if (fetch) return cause === 8 + Number(mode) ? {} : { cause };
    if (cause !== 0) return { cause };
    return access.kind === 0 ? { value: (await this.read(5)) & 0xffffffffn } : {};
  }
}

function testRiscV(format, program, satpMode, registerBytes, levels) {
  const base = 0x80000000n;
  const satp = (root) => {
    const frame = BigInt(root);
    return registerBytes === 4 ? (1n << 31n) | frame : (BigInt(satpMode) << 60n) | frame;
  };
  const cpu = registerBytes === 4 ? 'rv32,pmp=false' : 'rv64,pmp=false';
  const setup = { format, base: `0x${hex(base)}`, program, args: ['-M', 'virt', '-cpu', cpu, '-m', '64', '-bios', 'none'], accesses };
  test(`${format}: QEMU maps what the playground maps, and every access has the same fate`, async () => {
    await withTables(setup, async (qemu, report, { after, folder }) => {
      const machine = new RiscV(qemu, registerBytes, base + 2n * imageBytes);
      await machine.prepare(satp(report.clean_root));
      const digits = 2 * registerBytes;
      const expected = joined(readMappings(report)).map(
        (m) => `${hex(m.virtual, digits)} ${hex(m.physical, 16)} ${hex(m.size, digits)} ${eachMask(m.flags >> 1n, 'rwxugad')}`,
      );
      const listed = (await qemu.monitor.ask('info mem')).split(/\r?\n/).filter((line) => /^[0-9a-f]{8}/.test(line));
      assertSameLists(listed, expected);
      assert.ok(report.mappings.length > leaves * 0.9);
      assert.ok(new Set(readMappings(report).map((m) => m.size)).size === levels, 'pages of every size were met');

      await machine.write(machine.csr(0x180), satp(report.wild_root));
      const wrong = [];
      const reasons = new Set();
      for (const access of report.accesses) {
        reasons.add(access.reason ?? 'allowed');
        const fate = await machine.attempt(access);
        const same = fate.cause === access.cause && (access.value === undefined || fate.value === BigInt(access.value));
        if (!same) wrong.push(`${JSON.stringify(access)} but QEMU: cause ${fate.cause}, value ${fate.value?.toString(16)}`);
      }
      assert.equal(wrong.length, 0, `${wrong.length} differences:\n${wrong.slice(0, 10).join('\n')}`);
      assert.ok(report.accesses.length === accesses && reasons.size >= 8, `reasons met: ${[...reasons]}`);
      const dump = join(folder, 'dump');
      await qemu.monitor.execute('pmemsave', { val: Number(base), size: Number(imageBytes), filename: dump });
      assert.ok(readFileSync(dump).equals(readFileSync(after)), 'RAM is the same after all accesses');
      console.log(`${format}: ${report.mappings.length} mappings and ${report.accesses.length} accesses equal`);
    });
  });
}

testRiscV('sv32', 'qemu-system-riscv32', 1, 4, 2);
testRiscV('sv39', 'qemu-system-riscv64', 8, 8, 3);
testRiscV('sv48', 'qemu-system-riscv64', 9, 8, 4);
testRiscV('sv57', 'qemu-system-riscv64', 10, 8, 5);

// --- x86

const x86Flags = [
  [63n, 'X'], [8n, 'G'], [7n, 'P'], [6n, 'D'], [5n, 'A'], [4n, 'C'], [3n, 'T'], [2n, 'U'], [1n, 'W'],
];

function testX86(format, controls) {
  const base = 0x1000000n;
  const setup = {
    format,
    base: `0x${hex(base)}`,
    program: 'qemu-system-x86_64',
    args: ['-cpu', 'max', '-m', '64', '-nic', 'none', '-vga', 'none'],
  };
  const sizes = format === 'x86-32' ? 2 : 3;
  test(`${format}: QEMU maps what the playground maps`, async () => {
    await withTables(setup, async (qemu, report) => {
      await qemu.gdb.send('qXfer:features:read:target.xml:0,fff'); // without it the stub takes no registers
      // Registers of the stub: 1b cr0, 1d cr3, 1e cr4, 20 efer. cr0: paging, write protection, protected mode.
      const write = (register, value) => qemu.gdb.done(`P${register}=${littleEndian(value, 8)}`);
      await write('1e', controls.cr4);
      await write('20', controls.efer);
      await write('1d', BigInt(report.clean_root) << 12n);
      await write('1b', 0x80010001n);
      const mappings = readMappings(report);
      const expected = mappings.map((m) => {
        const flags = x86Flags.map(([bit, letter]) => ((m.entry >> bit) & 1n ? letter : '-')).join('');
        return `${hex(m.virtual, 16)}: ${hex(m.physical, 16)} ${flags}`;
      });
      const listed = (await qemu.monitor.ask('info tlb')).split(/\r?\n/).filter((line) => line.length > 0);
      assertSameLists(listed, expected);
      assert.ok(mappings.length > leaves * 0.9);
      assert.equal(new Set(mappings.map((m) => m.size)).size, sizes, 'pages of every size were met');
      for (const mapping of mappings) {
        const inside = (mapping.size * 0x5a5a5a5an) >> 32n;
        const answer = await qemu.monitor.ask(`gva2gpa 0x${hex(mapping.virtual + inside, 1)}`);
        assert.equal(answer.trim(), `gpa: 0x${hex(mapping.physical + inside, 1)}`, `at 0x${hex(mapping.virtual + inside, 1)}`);
      }
      console.log(`${format}: ${mappings.length} mappings equal`);
    });
  });
}

const pse = 1n << 4n;
const pae = 1n << 5n;
const la57 = 1n << 12n;
const longMode = (1n << 8n) | (1n << 10n) | (1n << 11n);
testX86('x86-32', { cr4: pse, efer: 0n });
testX86('x86-64', { cr4: pse | pae, efer: longMode });
testX86('x86-64-5', { cr4: pse | pae | la57, efer: longMode });

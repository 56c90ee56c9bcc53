// A QEMU that stands still: its memory filled from a file, its registers written and its instructions stepped through
// the gdb stub, its monitor asked over QMP. Both listen on sockets in a private folder; QEMU ends by `quit`.
import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

async function connect(path, child) {
  for (let attempt = 0; attempt < 200; ++attempt) {
    if (child.exitCode !== null) throw new Error(`QEMU ended with status ${child.exitCode}: ${child.complaint}`);
    const socket = createConnection(path);
    const connected = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (connected) return socket;
    await sleep(50);
  }
  throw new Error(`QEMU does not listen on ${path}`);
}

// The gdb remote protocol: $packet#checksum, acknowledged by +.
class Gdb {
  #socket;
  #received = '';
  #waiting = null;

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => {
      this.#received += data.toString('latin1');
      const match = /\$([^#]*)#[0-9a-f]{2}/s.exec(this.#received);
      if (!match || !this.#waiting) return;
      this.#received = this.#received.slice(match.index + match[0].length);
      this.#socket.write('+');
      const resolve = this.#waiting;
      this.#waiting = null;
      resolve(match[1]);
    });
  }

  send(packet) {
    const sum = [...packet].reduce((total, c) => (total + c.charCodeAt(0)) & 0xff, 0);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#socket.write(`$${packet}#${sum.toString(16).padStart(2, '0')}`);
    });
  }

  async done(packet) {
    const answer = await this.send(packet);
    if (answer !== 'OK') throw new Error(`gdb stub: ${packet} was answered by "${answer}"`);
  }

  close() {
    this.#socket.destroy();
  }
}

class Monitor {
  #socket;
  #received = '';
  #waiting = [];

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (data) => {
      this.#received += data;
      const lines = this.#received.split('\n');
      this.#received = lines.pop();
      for (const line of lines) {
        const message = JSON.parse(line);
        if ('return' in message || 'error' in message) this.#waiting.shift()?.(message);
      }
    });
  }

  async execute(command, args) {
    const answered = new Promise((resolve) => this.#waiting.push(resolve));
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    const message = await answered;
    if (message.error) throw new Error(`QMP: ${command}: ${message.error.desc}`);
    return message.return;
  }

  // A command of the monitor for people, and its answer as text.
  ask(line) {
    return this.execute('human-monitor-command', { 'command-line': line });
  }
}

export async function startQemu(program, folder, args) {
  const sockets = { gdb: `${folder}/gdb`, qmp: `${folder}/qmp` };
  const child = spawn(
    program,
    ['-S', '-display', 'none', '-nodefaults', '-gdb', `unix:${sockets.gdb},server=on,wait=off`, '-qmp', `unix:${sockets.qmp},server=on,wait=off`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child.complaint = '';
  child.stderr.on('data', (data) => (child.complaint += data));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    if (child.exitCode === null) child.kill();
    await ended;
  };
  try {
    const monitor = new Monitor(await connect(sockets.qmp, child));
    await monitor.execute('qmp_capabilities');
    const gdb = new Gdb(await connect(sockets.gdb, child));
    return {
      monitor,
      gdb,
      async quit() {
        gdb.close();
        await Promise.race([monitor.execute('quit').catch(() => {}), ended]);
        await Promise.race([ended, sleep(3000)]);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// A number as the stub wants a register: hex, lowest byte first.
export function littleEndian(value, bytes) {
  let text = '';
  for (let i = 0n; i < bytes; ++i) text += ((BigInt(value) >> (8n * i)) & 0xffn).toString(16).padStart(2, '0');
  return text;
}

export function fromLittleEndian(text) {
  let value = 0n;
  for (let i = text.length - 2; i >= 0; i -= 2) value = (value << 8n) | BigInt(parseInt(text.slice(i, i + 2), 16));
  return value;
}

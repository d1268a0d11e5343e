// Faults are switched on by a file, so that they survive a restart as real causes do (except a hang, which a restart
// cures). Each one then happens for real: memory is taken, the loop is blocked, requests do wait.
import fs from 'node:fs';
import path from 'node:path';
import { log, plain } from './log.mjs';

const startedAt = Date.now();
const hoard = [];
let current = {};

export function faults() {
  return current;
}

/** Keeps `faults()` at what the file says. */
export function readFaults(folder, react = () => {}) {
  const file = path.join(folder, 'faults.json');
  const read = () => {
    try {
      current = JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch {
      current = {};
    }
    react();
  };
  read();
  setInterval(read, 250);
}

export function sufferFaults(folder) {
  readFaults(folder, () => {
    if (current.hangAt > startedAt) hang();
  });
  setInterval(leak, 250);
}

/** Blocks the only thread for good: connections are accepted by the kernel and never answered. */
function hang() {
  plain('worker pool exhausted, waiting for a free worker');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function leak() {
  const perSecond = current.leakMegabytesPerSecond;
  if (!perSecond) {
    hoard.length = 0;
    return;
  }
  // Filled, because untouched pages take no memory.
  hoard.push(Buffer.alloc((perSecond / 4) * 1024 * 1024, 1));
  const used = Math.round(process.memoryUsage().rss / 1024 / 1024);
  if (hoard.length % 4 === 0) log('warn', 'High memory usage', { residentMegabytes: used });
}

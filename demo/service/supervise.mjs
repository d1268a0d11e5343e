// Where there is no container engine: keeps the service running as a restart policy would, and ends it by force above
// a memory limit as a container's would.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const limit = Number(process.env.TESTGEN_MEMORY_LIMIT_MB || 256);
const server = path.join(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  'server.mjs',
);
let child;
let isStopping = false;

function start() {
  child = spawn(process.execPath, [server], { stdio: 'inherit' });
  child.once('exit', (code, signal) => {
    process.stdout.write(`supervisor: service ended with ${signal ?? `code ${code}`}\n`);
    if (isStopping) process.exit(0);
    setTimeout(start, 1000);
  });
}

function residentMegabytes(pid) {
  try {
    return (Number(fs.readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1024 / 1024;
  } catch {
    return 0;
  }
}

setInterval(() => {
  if (child?.pid === undefined || residentMegabytes(child.pid) <= limit) return;
  process.stdout.write(`supervisor: out of memory (limit ${limit} MB), killing the service\n`);
  child.kill('SIGKILL');
}, 250);
// Restarts the service alone, by force: that is what cures a hang.
process.on('SIGHUP', () => child?.kill('SIGKILL'));
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    isStopping = true;
    child?.kill('SIGKILL');
    setTimeout(() => process.exit(0), 500);
  });
start();

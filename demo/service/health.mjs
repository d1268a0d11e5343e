import fs from 'node:fs';
import path from 'node:path';
import { faults } from './faults.mjs';
import { settings } from './settings.mjs';
import { postgresQuery, redisCommand } from './wire.mjs';

const mistakes = [];

/** The last requests tell how many end in an error that nobody expected. */
export function noteRequest(isMistake) {
  mistakes.push(isMistake);
  if (mistakes.length > 20) mistakes.shift();
}

/** Every dependency with its state; `ok` unless one that is there fails. */
export async function checkHealth() {
  const [redis, postgres, cache] = await Promise.all([
    settings.redis ? check(() => redisCommand(settings.redis, ['PING'])) : absent,
    settings.postgres ? check(() => postgresQuery(settings.postgres, 'SELECT 1')) : absent,
    check(writeToCache),
  ]);
  const dependencies = { redis, postgres, cache };
  const failing = Object.keys(dependencies).filter(name => dependencies[name].status === 'failing');
  return {
    status: failing.length === 0 ? 'ok' : 'failing',
    failing,
    version: settings.version,
    uptimeSeconds: Math.round(process.uptime()),
    unhandledErrorShare: mistakes.filter(Boolean).length / Math.max(mistakes.length, 1),
    dependencies,
  };
}

const absent = { status: 'absent' };

async function check(action) {
  const start = performance.now();
  try {
    await action();
    return { status: 'ok', latencyMs: Math.round((performance.now() - start) * 10) / 10 };
  } catch (error) {
    return { status: 'failing', error: error.message };
  }
}

let written = 0;

/** Where no small disk can be mounted, the device that is always full gives the same error. */
export function writeToCache() {
  if (faults().isDiskFull) fs.writeFileSync('/dev/full', 'x');
  fs.mkdirSync(settings.cache, { recursive: true });
  // A new file before the old one goes: writing over the old one would need no space.
  const entry = number => path.join(settings.cache, `entry-${number}`);
  fs.writeFileSync(entry(written + 1), 'x'.repeat(4096));
  fs.rmSync(entry(written), { force: true });
  written++;
}

// What can go wrong in the demo. Each fault is real: a store is stopped, memory is taken, a disk is filled.
import fs from 'node:fs';
import path from 'node:path';
import type { DemoEngine } from './compose.ts';
import { endGroup, runningPid, startPostgres, startRedis, startTimesOf } from './processes.ts';
import { type DemoState, goodSettings, readState, writeState } from './workspace.ts';

export const faultNames = [
  'redis-down',
  'postgres-down',
  'hang',
  'crash-loop',
  'out-of-memory',
  'error-burst',
  'slow',
  'rate-limited',
  'disk-full',
] as const;

export type FaultName = (typeof faultNames)[number];

export interface DemoPlace {
  readonly folder: string;
  readonly state: DemoState;
  /** Undefined in process mode. */
  readonly engine: DemoEngine | undefined;
}

/** Makes the fault happen and tells in one sentence what was done. Doing it twice changes nothing more. */
export async function breakDemo(place: DemoPlace, fault: FaultName): Promise<string> {
  switch (fault) {
    case 'redis-down':
      return stopStore(place, 'redis');
    case 'postgres-down':
      return stopStore(place, 'postgres');
    case 'hang':
      setFault(place, { hangAt: Date.now() });
      return 'The service accepts connections and answers none. A restart cures it.';
    case 'crash-loop':
      fs.writeFileSync(settingsFile(place), '{ "language": "python", "style": \n');
      restartService(place);
      return 'data/settings.json is cut off, so the service ends at every start.';
    case 'out-of-memory':
      setFault(place, { leakMegabytesPerSecond: 40 });
      return 'The service leaks 40 MB a second and is killed at its limit of 256 MB, again and again.';
    case 'error-burst':
      setFault(place, { errorShare: 0.7 });
      return 'Seven of ten generate requests throw; stack traces are in the log.';
    case 'slow':
      setFault(place, { slowMs: 2500 });
      return 'Every answer takes 2.5 seconds longer.';
    case 'rate-limited':
      setFault(place, { rateLimited: true });
      return 'The model API answers 429 to every call.';
    case 'disk-full':
      return fillDisk(place);
  }
}

/** Undoes every fault and tells what was done; nothing when nothing was broken. */
export async function fixDemo(place: DemoPlace): Promise<readonly string[]> {
  const done = [fixFaultFile(place), fixSettings(place), fixDisk(place), ...(await startStores(place))];
  const wasHung = done[0]?.includes('hang') === true;
  if (wasHung || done[1] !== undefined) restartService(place);
  if (wasHung) done.push('Restarted the service, which was hanging.');
  return done.filter(text => text !== undefined);
}

function faultFile({ folder }: DemoPlace): string {
  return path.join(folder, 'data', 'faults.json');
}

function settingsFile({ folder }: DemoPlace): string {
  return path.join(folder, 'data', 'settings.json');
}

/** Written beside and renamed, so that the service never reads half a file. */
function setFault(place: DemoPlace, fault: Readonly<Record<string, unknown>>): void {
  const file = faultFile(place);
  const before: unknown = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
  const merged = { ...(typeof before === 'object' ? before : {}), ...fault };
  fs.writeFileSync(`${file}.new`, JSON.stringify(merged));
  fs.renameSync(`${file}.new`, file);
}

const faultOfSwitch: Readonly<Record<string, FaultName>> = {
  hangAt: 'hang',
  leakMegabytesPerSecond: 'out-of-memory',
  errorShare: 'error-burst',
  slowMs: 'slow',
  rateLimited: 'rate-limited',
  isDiskFull: 'disk-full',
};

function fixFaultFile(place: DemoPlace): string | undefined {
  const file = faultFile(place);
  if (!fs.existsSync(file)) return undefined;
  const switches: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.rmSync(file);
  const names = Object.keys(switches ?? {}).map(name => faultOfSwitch[name] ?? name);
  return `Switched off: ${names.join(', ')}.`;
}

function fixSettings(place: DemoPlace): string | undefined {
  const file = settingsFile(place);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === goodSettings) return undefined;
  fs.writeFileSync(file, goodSettings);
  return 'Wrote data/settings.json anew.';
}

function restartService({ state, engine }: DemoPlace): void {
  if (engine) engine.must(engine.compose('restart', '-t', '1', 'testgen'), 'Restarting the service');
  else {
    const pid = runningPid(state, 'testgen');
    if (pid !== undefined) process.kill(pid, 'SIGHUP');
  }
}

async function stopStore({ folder, state, engine }: DemoPlace, name: 'redis' | 'postgres'): Promise<string> {
  if (engine) {
    engine.must(engine.docker('stop', '-t', '2', `testgen-${name}`), `Stopping ${name}`);
    return `Stopped the container testgen-${name}.`;
  }
  const latest = readState(folder) ?? state;
  if (latest.pids[name] === undefined) return `${name} is not installed here, so it cannot be stopped.`;
  const pid = runningPid(latest, name);
  if (pid === undefined) return `${name} is stopped already.`;
  await endGroup(pid);
  return `Stopped ${name} (process ${pid}).`;
}

async function startStores({ folder, state, engine }: DemoPlace): Promise<string[]> {
  if (engine) {
    const running = engine.docker('ps', '--format', '{{.Names}}').output.split('\n');
    const stopped = ['redis', 'postgres'].filter(name => !running.includes(`testgen-${name}`));
    if (stopped.length > 0) engine.must(engine.compose('up', '-d', '--no-recreate'), 'Starting the stores');
    return stopped.map(name => `Started the container testgen-${name}.`);
  }
  const latest = readState(folder) ?? state;
  const pids = { ...latest.pids };
  const done: string[] = [];
  for (const name of ['redis', 'postgres'] as const) {
    if (pids[name] === undefined || runningPid(latest, name) !== undefined) continue;
    const started = name === 'redis' ? startRedis(folder, state.ports) : startPostgresAgain(folder, state);
    if (started === undefined) continue;
    pids[name] = started;
    done.push(`Started ${name} (process ${started}).`);
  }
  if (done.length > 0) writeState(folder, { ...state, pids, startTimes: startTimesOf(pids) });
  return done;
}

function startPostgresAgain(folder: string, { ports, databaseFolder }: DemoState): number | undefined {
  return startPostgres(folder, ports, databaseFolder)?.pid;
}

function fillDisk(place: DemoPlace): string {
  const { engine } = place;
  if (!engine) {
    if (!fs.existsSync('/dev/full')) return 'A full disk can only be made in containers on this system.';
    setFault(place, { isDiskFull: true });
    return 'Writing to the cache fails with "no space left on device".';
  }
  // dd fails when the disk is full: that is what is wanted.
  engine.docker(
    'exec',
    'testgen-copilot',
    'dd',
    'if=/dev/zero',
    'of=/tmp/testgen-cache/model-weights.bin',
    'bs=64k',
  );
  return 'Filled the disk of the cache (8 MB at /tmp/testgen-cache).';
}

function fixDisk({ engine }: DemoPlace): string | undefined {
  if (!engine) return undefined;
  const file = '/tmp/testgen-cache/model-weights.bin';
  if (!engine.docker('exec', 'testgen-copilot', 'test', '-e', file).isOk) return undefined;
  engine.docker('exec', 'testgen-copilot', 'rm', '-f', file);
  return 'Emptied the disk of the cache.';
}

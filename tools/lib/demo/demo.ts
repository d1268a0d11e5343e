// The demo system as one thing to start, break, mend and stop.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoEngine, findEngine } from './compose.ts';
import { startContainers, stopContainers } from './containers.ts';
import { breakDemo, type DemoPlace, type FaultName, fixDemo } from './faults.ts';
import { endGroup, runningPid, signalGroup, startProcesses } from './processes.ts';
import {
  choosePorts,
  type DemoPorts,
  type DemoState,
  defaultFolder,
  defaultPorts,
  prepareWorkspace,
  readState,
  writeState,
} from './workspace.ts';

export interface DemoOptions {
  /** Where the demo lives; made when it is not there. */
  readonly workspaceFolder?: string;
  /** Value for DOCKER_HOST (`unix:///…`). */
  readonly engine?: string;
  /** Wanted ports; ones in use are replaced by free ones. `free`: any. */
  readonly ports?: DemoPorts | 'free';
  /** `processes`: do not look for a container engine. */
  readonly mode?: 'processes';
  readonly say?: (text: string) => void;
}

export interface Demo {
  readonly mode: DemoState['mode'];
  readonly workspaceFolder: string;
  /** It was found running and healthy: whoever started it stops it. */
  readonly wasRunning: boolean;
  readonly ports: DemoPorts;
  readonly engine: string | undefined;
  /** Root of the service, without a slash at the end. */
  readonly url: string;
  break(fault: FaultName): Promise<string>;
  fix(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts the demo, or finds the one that already runs in the folder, and waits until it is healthy. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const folder = path.resolve(options.workspaceFolder ?? defaultFolder);
  const say = options.say ?? (() => {});
  const earlier = openDemo(folder);
  if (earlier && (await isHealthy(earlier))) return { ...earlier, wasRunning: true };
  await earlier?.stop();
  fs.mkdirSync(folder, { recursive: true });
  const host = options.engine ?? process.env['DOCKER_HOST'];
  const engine = options.mode === 'processes' ? 'processes are wanted' : findEngine(folder, host);
  const wanted =
    options.ports === 'free' ? { service: 0, upstream: 0, redis: 0, postgres: 0 } : options.ports;
  const ports = await choosePorts(wanted ?? defaultPorts);
  prepareWorkspace(folder, ports, typeof engine === 'string' ? undefined : host);
  if (typeof engine === 'string') say(`The demo runs as plain processes: ${engine}.`);
  const state = await start(folder, ports, engine);
  writeState(folder, state);
  const demo = toDemo({ folder, state, engine: typeof engine === 'string' ? undefined : engine });
  await untilHealthy(demo);
  return demo;
}

async function start(folder: string, ports: DemoPorts, engine: DemoEngine | string): Promise<DemoState> {
  if (typeof engine === 'string') return startProcesses(folder, ports);
  try {
    await startContainers(engine);
  } catch (error) {
    // Interrupted half-way, some containers may run already.
    stopContainers(engine);
    throw error;
  }
  return {
    mode: 'containers',
    ports,
    engine: engine.host,
    pids: {},
    startTimes: {},
    databaseFolder: undefined,
  };
}

/** The demo that was started in the folder, if there is one. */
export function openDemo(folder = defaultFolder): Demo | undefined {
  const state = readState(folder);
  if (state === undefined) return undefined;
  if (state.mode === 'processes') return toDemo({ folder, state, engine: undefined });
  const engine = findEngine(folder, state.engine);
  // The engine is gone, and the containers with it.
  return typeof engine === 'string' ? undefined : toDemo({ folder, state, engine });
}

function toDemo(place: DemoPlace): Demo {
  const { folder, state, engine } = place;
  return {
    mode: state.mode,
    workspaceFolder: folder,
    wasRunning: false,
    ports: state.ports,
    engine: state.engine,
    url: `http://127.0.0.1:${state.ports.service}`,
    break: fault => breakDemo(place, fault),
    fix: () => fixDemo(place),
    stop: async () => {
      if (engine) stopContainers(engine);
      else await stopProcesses(folder, state);
      fs.rmSync(path.join(folder, 'data', 'faults.json'), { force: true });
      writeState(folder, undefined);
    },
  };
}

async function stopProcesses(folder: string, state: DemoState): Promise<void> {
  const latest = readState(folder) ?? state;
  const { databaseFolder } = latest;
  await Promise.all(
    Object.keys(latest.pids).map(async name => {
      const pid = runningPid(latest, name);
      if (pid === undefined) return;
      // Smart shutdown would wait for clients: PostgreSQL's fast one is SIGINT.
      if (name === 'postgres') signalGroup(pid, 'SIGINT');
      await endGroup(pid);
    }),
  );
  if (databaseFolder !== undefined) fs.rmSync(databaseFolder, { recursive: true, force: true });
}

async function isHealthy({ url }: Demo): Promise<boolean> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

async function untilHealthy(demo: Demo, limitMs = 60_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isHealthy(demo))) {
    if (performance.now() > endMs)
      throw new Error(`The demo is not healthy after ${limitMs / 1000} s: ${demo.url}/health`);
    await delay(200);
  }
}

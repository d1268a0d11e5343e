// The folder that the demo lives in: a copy, so that reviews, settings and data never end up in the sources.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { root } from '../process.ts';

export interface DemoPorts {
  readonly service: number;
  readonly upstream: number;
  readonly redis: number;
  readonly postgres: number;
}

/** What a running demo leaves behind so that another process can break, fix or end it. */
export interface DemoState {
  readonly mode: 'containers' | 'processes';
  readonly ports: DemoPorts;
  /** Value for DOCKER_HOST; undefined for the engine that the CLI finds by itself. */
  readonly engine: string | undefined;
  /** Process groups by name, in process mode; a dependency that is not installed is missing here. */
  readonly pids: Readonly<Record<string, number>>;
  /** What tells each of them from a later process with the same id. */
  readonly startTimes: Readonly<Record<string, string | undefined>>;
  /** Folder of the database outside the workspace, which another user owns. */
  readonly databaseFolder: string | undefined;
}

export const defaultPorts: DemoPorts = { service: 8000, upstream: 8001, redis: 6379, postgres: 5432 };
export const defaultFolder = path.join(root, '.watchkeeper-dev', 'demo');
const source = path.join(root, 'demo');

/** What people edit is copied once; what belongs to the demo's machinery is kept fresh. */
export function prepareWorkspace(folder: string, ports: DemoPorts, engine: string | undefined): void {
  fs.mkdirSync(path.join(folder, 'data'), { recursive: true });
  for (const name of ['docker-compose.yml', 'Makefile', 'service'])
    fs.cpSync(path.join(source, name), path.join(folder, name), { recursive: true, force: true });
  for (const name of ['watchkeeper.yaml', 'docs'])
    fs.cpSync(path.join(source, name), path.join(folder, name), { recursive: true, force: false });
  const env = environmentText(ports, engine);
  // A runbook may copy the example over .env: both lead to the same place.
  for (const name of ['.env', '.env.example']) fs.writeFileSync(path.join(folder, name), env);
  const settings = path.join(folder, 'data', 'settings.json');
  if (!fs.existsSync(settings)) fs.writeFileSync(settings, goodSettings);
  const ignored = path.join(folder, '.gitignore');
  if (!fs.existsSync(ignored)) fs.writeFileSync(ignored, '.env\ndata/\n');
}

export const goodSettings = `${JSON.stringify({ language: 'python', style: 'pytest' }, undefined, 2)}\n`;

function environmentText(ports: DemoPorts, engine: string | undefined): string {
  const values: Readonly<Record<string, string | number>> = {
    TESTGEN_PORT: ports.service,
    UPSTREAM_PORT: ports.upstream,
    REDIS_PORT: ports.redis,
    POSTGRES_PORT: ports.postgres,
    TESTGEN_ENGINE: engine ?? '',
  };
  return fs
    .readFileSync(path.join(source, '.env.example'), 'utf8')
    .replace(/^(\w+)=.*$/gm, (line, name: string) => (name in values ? `${name}=${values[name]}` : line));
}

export function readState(folder: string): DemoState | undefined {
  const file = stateFile(folder);
  // Written by ourselves, below.
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as DemoState) : undefined;
}

export function writeState(folder: string, state: DemoState | undefined): void {
  if (state === undefined) fs.rmSync(stateFile(folder), { force: true });
  else fs.writeFileSync(stateFile(folder), `${JSON.stringify(state, undefined, 2)}\n`);
}

function stateFile(folder: string): string {
  return path.join(folder, 'data', 'demo.json');
}

/** The wanted ports where they are free, others where they are not. */
export async function choosePorts(wanted: DemoPorts): Promise<DemoPorts> {
  const { service, upstream, redis, postgres } = wanted;
  return {
    service: await freePort(service),
    upstream: await freePort(upstream),
    redis: await freePort(redis),
    postgres: await freePort(postgres),
  };
}

async function freePort(wanted: number): Promise<number> {
  return (await listens(wanted)) ?? (await listens(0)) ?? wanted;
}

function listens(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

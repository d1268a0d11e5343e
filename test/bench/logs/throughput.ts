import path from 'node:path';
import { engineRequest } from '../../parts/engineApi.ts';
import type { BenchRow } from '../types.ts';
import type { Cost } from './measure.ts';
import { measure } from './measure.ts';

export const lineBytes = 100;
const readers = ['curl', 'ours', 'cli'] as const;
const readerFile = path.join(import.meta.dirname, 'reader.ts');

type Reader = (typeof readers)[number];

export async function startContainer(socketPath: string, name: string, script: string): Promise<void> {
  const body = { Image: 'busybox', Cmd: ['/bin/sh', '-c', script], HostConfig: { NetworkMode: 'host' } };
  const created = await engineRequest(socketPath, 'POST', `/containers/create?name=${name}`, body);
  if (created.status !== 201) throw new Error(created.text);
  const started = await engineRequest(socketPath, 'POST', `/containers/${name}/start`);
  if (started.status !== 204) throw new Error(started.text);
}

export interface Flood {
  readonly socketPath: string;
  /** Of all containers together. */
  readonly sizeMb: number;
  readonly containers: number;
  /** Each reader's best counts: what else runs on the machine only ever adds. */
  readonly rounds: number;
}

/** The whole logs of so many containers at once: by us into rings, by `docker logs` and `curl` to nowhere. */
export async function throughputRows(flood: Flood): Promise<BenchRow[]> {
  const { socketPath, sizeMb, containers, rounds } = flood;
  const names = Array.from({ length: containers }, (_, i) => `flood-${containers}-${i}`);
  const lines = Math.round((sizeMb * 1e6) / lineBytes / containers);
  await Promise.all(names.map(name => write(socketPath, name, lines)));
  const idle = await measure(process.execPath, ['-e', 'setTimeout(() => {}, 300)']);
  const costs: Record<Reader, Cost[]> = { ours: [], cli: [], curl: [] };
  for (let round = 0; round < rounds; round++) {
    for (const reader of round % 2 === 0 ? readers : readers.toReversed())
      costs[reader].push(await read(reader, flood, names));
  }
  for (const name of names) await engineRequest(socketPath, 'DELETE', `/containers/${name}?force=1`);
  const arrived = costs.ours.map(cost => Number(cost.output));
  if (arrived.some(count => count !== lines * containers)) {
    throw new Error(`${arrived.join(', ')} of ${lines * containers} lines arrived.`);
  }
  return toRows(flood, costs, idle);
}

async function write(socketPath: string, name: string, lines: number): Promise<void> {
  await startContainer(socketPath, name, `yes ${'x'.repeat(lineBytes - 1)} | head -n ${lines}`);
  await engineRequest(socketPath, 'POST', `/containers/${name}/wait`);
}

async function read(reader: Reader, { socketPath }: Flood, names: readonly string[]): Promise<Cost> {
  if (reader === 'ours') {
    const cost = await measure(process.execPath, [readerFile, 'ring', socketPath, names.join(',')], true);
    const own: { lines: number; wallS: number; cpuS: number } = JSON.parse(cost.output);
    return { ...own, peakMb: cost.peakMb, output: String(own.lines) };
  }
  const startedMs = performance.now();
  const parts = await Promise.all(
    names.map(name =>
      reader === 'cli'
        ? measure('docker', ['-H', `unix://${socketPath}`, 'logs', name])
        : measure('curl', [
            ...['-s', '-o', '/dev/null', '--unix-socket', socketPath],
            `http://docker/containers/${name}/logs?stdout=1&stderr=1&timestamps=1`,
          ]),
    ),
  );
  const sum = (part: 'cpuS' | 'peakMb') => parts.reduce((total, cost) => total + cost[part], 0);
  const wallS = (performance.now() - startedMs) / 1000;
  return { wallS, cpuS: sum('cpuS'), peakMb: sum('peakMb'), output: '' };
}

function toRows(flood: Flood, costs: Readonly<Record<Reader, readonly Cost[]>>, idle: Cost): BenchRow[] {
  const of = (reader: Reader, part: 'wallS' | 'cpuS' | 'peakMb') =>
    Math.min(...costs[reader].map(cost => cost[part]));
  const both = (part: 'wallS' | 'cpuS' | 'peakMb') => ({ peer: of('cli', part), limit: of('curl', part) });
  const [wall, cpu, peak] = [of('ours', 'wallS'), of('ours', 'cpuS'), of('ours', 'peakMb') - idle.peakMb];
  const what = `${flood.sizeMb} MB of ${flood.containers} container${flood.containers === 1 ? '' : 's'}`;
  const ringsMb = 150 + (flood.containers - 1) * 16;
  return [
    {
      ...{
        metric: `${what} into the ring, wall (docker logs; curl)`,
        unit: 's',
        ours: wall,
        ...both('wallS'),
      },
      ...{ target: '<= 1.05 x limit', met: wall <= 1.05 * of('curl', 'wallS') },
    },
    {
      ...{ metric: 'the same, CPU of the reader', unit: 's', ours: cpu, ...both('cpuS') },
      ...{ target: '<= 0.8 x peer', met: cpu <= 0.8 * of('cli', 'cpuS') },
    },
    {
      ...{ metric: 'the same, peak memory above an idle node', unit: 'MB', ours: peak, ...both('peakMb') },
      ...{ target: `<= ${ringsMb}`, met: peak <= ringsMb },
    },
    {
      ...{ metric: 'the same, rate of the reader', unit: 'MB/s', ours: flood.sizeMb / wall },
      ...{ peer: null, limit: null, target: null, met: true },
    },
  ];
}

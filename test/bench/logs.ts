// Container logs: our pipeline against `docker logs` and against `curl` on the engine's socket, which adds nothing.
// WATCHKEEPER_BENCH_LOG_MB sets the size (default 200, up to 1000).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startDocker } from '../parts/docker.ts';
import { engineRequest } from '../parts/engineApi.ts';
import { demuxSpeed, filterSpeed, flatness } from './logs/inMemory.ts';
import type { Cost } from './logs/measure.ts';
import { measure, median } from './logs/measure.ts';

const lineBytes = 100;
const rounds = 3;
const followSeconds = 5;
const readerFile = path.join(import.meta.dirname, 'logs', 'reader.ts');

export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is held against, and in which direction. */
  readonly target?: { readonly atMost?: number; readonly atLeast?: number };
}

export interface LogsBench {
  readonly name: string;
  readonly rows: readonly BenchRow[];
}

export async function run(): Promise<LogsBench> {
  const memory = [...demuxRows(), ...(await filterRows()), ...flatRows()];
  const docker = await startDocker(['busybox']);
  try {
    const throughput = await throughputRows(docker.socketPath);
    const latency = await latencyRows(docker.socketPath);
    return { name: 'logs', rows: [...throughput, ...latency, ...memory] };
  } finally {
    await docker.stop();
  }
}

async function startContainer(socketPath: string, name: string, script: string): Promise<void> {
  const body = { Image: 'busybox', Cmd: ['/bin/sh', '-c', script], HostConfig: { NetworkMode: 'host' } };
  const created = await engineRequest(socketPath, 'POST', `/containers/create?name=${name}`, body);
  if (created.status !== 201) throw new Error(created.text);
  const started = await engineRequest(socketPath, 'POST', `/containers/${name}/start`);
  if (started.status !== 204) throw new Error(started.text);
}

async function throughputRows(socketPath: string): Promise<BenchRow[]> {
  const sizeMb = Math.min(1000, Number(process.env['WATCHKEEPER_BENCH_LOG_MB'] ?? 200));
  const lines = Math.round((sizeMb * 1e6) / lineBytes);
  await startContainer(socketPath, 'flood', `yes ${'x'.repeat(lineBytes - 1)} | head -n ${lines}`);
  await engineRequest(socketPath, 'POST', '/containers/flood/wait');
  const readers: Readonly<Record<'ours' | 'cli' | 'curl', () => Promise<Cost>>> = {
    ours: () => measure(process.execPath, [readerFile, 'ring', socketPath, 'flood'], true),
    cli: () => measure('docker', ['-H', `unix://${socketPath}`, 'logs', 'flood']),
    curl: () =>
      measure('curl', [
        ...['-s', '-o', '/dev/null', '--unix-socket', socketPath],
        'http://docker/containers/flood/logs?stdout=1&stderr=1&timestamps=1',
      ]),
  };
  const costs: Record<'ours' | 'cli' | 'curl', Cost[]> = { ours: [], cli: [], curl: [] };
  for (let round = 0; round < rounds; round++) {
    for (const reader of ['curl', 'ours', 'cli'] as const) costs[reader].push(await readers[reader]());
  }
  for (const { output } of costs.ours) {
    if (Number(output) !== lines) throw new Error(`${output} of ${lines} lines arrived.`);
  }
  const of = (reader: keyof typeof costs, part: 'wallS' | 'cpuS' | 'peakMb') =>
    median(costs[reader].map(cost => cost[part]));
  return [
    ...(['ours', 'cli', 'curl'] as const).flatMap(reader => [
      { what: `${reader}: wall for ${sizeMb} MB`, value: of(reader, 'wallS'), unit: 's' },
      { what: `${reader}: CPU`, value: of(reader, 'cpuS'), unit: 's' },
      { what: `${reader}: peak memory`, value: of(reader, 'peakMb'), unit: 'MB' },
    ]),
    ratio('wall, ours to curl', of('ours', 'wallS') / of('curl', 'wallS'), 1.05),
    ratio('CPU, ours to docker logs', of('ours', 'cpuS') / of('cli', 'cpuS'), 0.8),
    { what: 'peak memory of our reader', value: of('ours', 'peakMb'), unit: 'MB', target: { atMost: 150 } },
  ];
}

interface Delays {
  readonly lines: number;
  readonly p50: number;
  readonly p99: number;
}

/** 1,000 lines every 20 ms; the engine's own timestamps are the start of the clock for both readers. */
async function latencyRows(socketPath: string): Promise<BenchRow[]> {
  const script = `yes ${'y'.repeat(lineBytes - 1)} | head -n 1000 > /tmp/b; while :; do cat /tmp/b; usleep 20000; done`;
  await startContainer(socketPath, 'stream', script);
  await wait(1000);
  const ours = await measure(
    process.execPath,
    [readerFile, 'latency', socketPath, 'stream', String(followSeconds)],
    true,
  );
  const mine: Delays = JSON.parse(ours.output);
  const cli = await cliDelays(socketPath);
  await engineRequest(socketPath, 'DELETE', '/containers/stream?force=1');
  return [
    { what: 'lines a second while following', value: mine.lines / followSeconds, unit: '/s' },
    { what: 'write to ring, p50', value: mine.p50, unit: 'ms' },
    { what: 'write to ring, p99', value: mine.p99, unit: 'ms' },
    { what: 'write to `docker logs -f`, p50', value: cli.p50, unit: 'ms' },
    { what: 'write to `docker logs -f`, p99', value: cli.p99, unit: 'ms' },
    ratio('p99, ours to docker logs -f', mine.p99 / cli.p99, 0.25),
  ];
}

function cliDelays(socketPath: string): Promise<Delays> {
  const cli = spawn('docker', ['-H', `unix://${socketPath}`, 'logs', '-f', '-t', '--tail', '0', 'stream'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const reader = spawn(process.execPath, [readerFile, 'cli-latency', String(followSeconds)], {
    stdio: [cli.stdout, 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    reader.stdout?.on('data', chunk => {
      output += chunk;
    });
    reader.once('error', reject);
    reader.once('close', () => {
      cli.kill();
      resolve(JSON.parse(output));
    });
  });
}

function demuxRows(): BenchRow[] {
  const { demuxMbS, linesMbS } = demuxSpeed();
  return [
    { what: 'demultiplexer alone', value: demuxMbS, unit: 'MB/s', target: { atLeast: 1000 } },
    { what: 'demultiplexer and lines', value: linesMbS, unit: 'MB/s' },
  ];
}

async function filterRows(): Promise<BenchRow[]> {
  const speed = await filterSpeed();
  const target = { atMost: 250 };
  return [
    { what: 'first look at 200,000 lines (levels, events, patterns)', value: speed.firstMs, unit: 'ms' },
    { what: 'filter 200,000 lines, words', value: speed.filterMs, unit: 'ms', target },
    { what: 'filter 200,000 lines, regex', value: speed.regexMs, unit: 'ms', target },
    { what: 'search 200,000 lines, regex', value: speed.searchMs, unit: 'ms', target },
    {
      what: 'longest turn of the loop meanwhile',
      value: speed.longestTurnMs,
      unit: 'ms',
      target: { atMost: 50 },
    },
  ];
}

function flatRows(): BenchRow[] {
  const { earlyMb, lateMb } = flatness();
  return [
    { what: 'memory after 1 million lines', value: earlyMb, unit: 'MB' },
    { what: 'memory after 28.8 million lines', value: lateMb, unit: 'MB', target: { atMost: earlyMb * 1.2 } },
  ];
}

function ratio(what: string, value: number, atMost: number): BenchRow {
  return { what, value, unit: '×', target: { atMost } };
}

if (import.meta.main) {
  const { rows } = await run();
  for (const { what, value, unit, target } of rows) {
    const isMet = value <= (target?.atMost ?? value) && value >= (target?.atLeast ?? value);
    const held =
      target === undefined ? '' : ` (target ${target.atMost ?? target.atLeast}: ${isMet ? 'met' : 'MISSED'})`;
    console.log(`${what}: ${value.toFixed(2)} ${unit}${held}`);
  }
}

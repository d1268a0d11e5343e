// Container logs: our pipeline against `docker logs` and against `curl` on the engine's socket, which adds nothing.
// WATCHKEEPER_BENCH_LOG_MB sets the size (default 200, up to 1000).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startDocker } from '../parts/docker.ts';
import { engineRequest } from '../parts/engineApi.ts';
import { demuxSpeed, filterSpeed, flatness } from './logs/inMemory.ts';
import type { Cost } from './logs/measure.ts';
import { measure } from './logs/measure.ts';
import type { BenchResult, BenchRow } from './types.ts';

const lineBytes = 100;
const rounds = 2;
const followSeconds = 5;
const readerFile = path.join(import.meta.dirname, 'logs', 'reader.ts');

export async function run(): Promise<BenchResult> {
  const memory = [...demuxRows(), ...(await filterRows()), ...flatRows()];
  const docker = await startDocker(['busybox']);
  try {
    const throughput = await throughputRows(docker.socketPath);
    const latency = await latencyRows(docker.socketPath);
    return { name: 'logs', results: [...throughput, ...latency, ...memory] };
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
  const idle = await measure(process.execPath, ['-e', 'setTimeout(() => {}, 300)']);
  const costs: Record<'ours' | 'cli' | 'curl', Cost[]> = { ours: [], cli: [], curl: [] };
  for (let round = 0; round < rounds; round++) {
    for (const reader of ['curl', 'ours', 'cli'] as const) costs[reader].push(await readers[reader]());
  }
  for (const { output } of costs.ours) {
    if (Number(output) !== lines) throw new Error(`${output} of ${lines} lines arrived.`);
  }
  const of = (reader: keyof typeof costs, part: 'wallS' | 'cpuS' | 'peakMb') =>
    Math.min(...costs[reader].map(cost => cost[part]));
  const [wall, cpu, peak] = [of('ours', 'wallS'), of('ours', 'cpuS'), of('ours', 'peakMb')];
  const row = { peer: null, limit: null, target: null, met: true };
  return [
    {
      metric: `${sizeMb} MB of log into the ring, wall (docker logs; curl)`,
      unit: 's',
      ours: wall,
      peer: of('cli', 'wallS'),
      limit: of('curl', 'wallS'),
      target: '<= 1.05 x limit',
      met: wall <= 1.05 * of('curl', 'wallS'),
    },
    {
      metric: 'the same, CPU of the reader',
      unit: 's',
      ours: cpu,
      peer: of('cli', 'cpuS'),
      limit: of('curl', 'cpuS'),
      target: '<= 0.8 x peer',
      met: cpu <= 0.8 * of('cli', 'cpuS'),
    },
    {
      metric: 'the same, peak memory above an idle node process',
      unit: 'MB',
      ours: peak - idle.peakMb,
      peer: of('cli', 'peakMb'),
      limit: of('curl', 'peakMb'),
      target: '<= 150',
      met: peak - idle.peakMb <= 150,
    },
    { ...row, metric: 'rate of the reader', unit: 'MB/s', ours: sizeMb / wall },
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
  const row = { limit: null, target: null, met: true };
  return [
    {
      ...row,
      metric: 'lines a second while following',
      unit: '/s',
      ours: mine.lines / followSeconds,
      peer: cli.lines / followSeconds,
    },
    { ...row, metric: 'write to ring, p50 (docker logs -f)', unit: 'ms', ours: mine.p50, peer: cli.p50 },
    {
      ...row,
      metric: 'write to ring, p99 (docker logs -f)',
      unit: 'ms',
      ours: mine.p99,
      peer: cli.p99,
      target: '<= 0.25 x peer',
      met: mine.p99 <= 0.25 * cli.p99,
    },
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
      // Blocked on a full pipe, it would not hear a gentler word.
      cli.kill('SIGKILL');
      cli.stdout.destroy();
      resolve(JSON.parse(output));
    });
  });
}

function demuxRows(): BenchRow[] {
  const { demuxMbS, linesMbS } = demuxSpeed();
  return [
    { ...alone('demultiplexer alone', 'MB/s', demuxMbS), target: '>= 1000', met: demuxMbS >= 1000 },
    alone('demultiplexer and lines', 'MB/s', linesMbS),
  ];
}

async function filterRows(): Promise<BenchRow[]> {
  const speed = await filterSpeed();
  return [
    alone('first look at 200,000 lines: levels, events, patterns', 'ms', speed.firstMs),
    atMost('filter of 200,000 lines, words', speed.filterMs, 250),
    atMost('filter of 200,000 lines, regex', speed.regexMs, 250),
    atMost('search of 200,000 lines, regex', speed.searchMs, 250),
    atMost('longest turn of the loop meanwhile', speed.longestTurnMs, 50),
  ];
}

function flatRows(): BenchRow[] {
  const { earlyMb, lateMb } = flatness();
  return [
    {
      ...alone(
        'memory after 8 hours of 1,000 lines a second (limit: after the first 17 minutes)',
        'MB',
        lateMb,
      ),
      limit: earlyMb,
      target: '<= 1.2 x limit',
      met: lateMb <= 1.2 * earlyMb,
    },
  ];
}

function alone(metric: string, unit: string, ours: number): BenchRow {
  return { metric, unit, ours, peer: null, limit: null, target: null, met: true };
}

function atMost(metric: string, ours: number, limitMs: number): BenchRow {
  return { ...alone(metric, 'ms', ours), target: `<= ${limitMs}`, met: ours <= limitMs };
}

if (import.meta.main) {
  for (const { metric, unit, ours, peer, limit, target, met } of (await run()).results) {
    const others = `peer ${peer?.toFixed(2) ?? '-'}, limit ${limit?.toFixed(2) ?? '-'}`;
    console.log(
      `${metric}: ${ours.toFixed(2)} ${unit} (${others}; ${target ?? 'no target'}: ${met ? 'met' : 'MISSED'})`,
    );
  }
}

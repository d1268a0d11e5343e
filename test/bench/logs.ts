// Container logs: our pipeline against `docker logs` and against `curl` on the engine's socket, which adds nothing.
// WATCHKEEPER_BENCH_LOG_MB sets the size (default 200, up to 1000), WATCHKEEPER_BENCH_ROUNDS how often each reader reads
// (default 2); with WATCHKEEPER_BENCH_PARTS=one,many,latency,memory,page only those parts run.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startDocker } from '../parts/docker.ts';
import { engineRequest } from '../parts/engineApi.ts';
import { demuxSpeed, filterSpeed, flatness } from './logs/inMemory.ts';
import { measure } from './logs/measure.ts';
import { pageRows } from './logs/pageRows.ts';
import { lineBytes, startContainer, throughputRows } from './logs/throughput.ts';
import type { BenchResult, BenchRow } from './types.ts';

const followSeconds = 5;
const readerFile = path.join(import.meta.dirname, 'logs', 'reader.ts');

type PartName = 'one' | 'many' | 'latency' | 'memory' | 'page';

export async function run(): Promise<BenchResult> {
  const results: BenchRow[] = [];
  const wanted = (process.env['WATCHKEEPER_BENCH_PARTS'] ?? 'one,many,latency,memory,page').split(',');
  const has = (part: PartName) => wanted.includes(part);
  if (has('one') || has('many') || has('latency')) {
    const docker = await startDocker(['busybox']);
    const { socketPath } = docker;
    const sizeMb = Math.min(1000, Number(process.env['WATCHKEEPER_BENCH_LOG_MB'] ?? 200));
    const rounds = Number(process.env['WATCHKEEPER_BENCH_ROUNDS'] ?? 2);
    try {
      if (has('one')) results.push(...(await throughputRows({ socketPath, sizeMb, containers: 1, rounds })));
      if (has('many'))
        results.push(...(await throughputRows({ socketPath, sizeMb, containers: 20, rounds })));
      if (has('latency')) results.push(...(await latencyRows(socketPath)));
    } finally {
      await docker.stop();
    }
  }
  if (has('page')) results.push(...(await pageRows()));
  if (has('memory')) results.push(...demuxRows(), ...(await filterRows()), ...flatRows());
  return { name: 'logs', results };
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
    atMost('longest turn of the loop meanwhile, CPU of the thread', speed.longestTurnMs, 50),
  ];
}

function flatRows(): BenchRow[] {
  const { earlyMb, lateMb, tookS } = flatness();
  return [
    alone('8 hours of 1,000 lines a second (28.8 million) through frames, lines and ring', 's', tookS),
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

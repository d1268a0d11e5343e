// Our prober beside Debian's blackbox exporter with its driver: the same targets, the same spread schedule, in turn.
import { type ChildProcess, fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Run } from '../../tools/lib/run.ts';
import { findProgram } from '../../tools/lib/systemParts.ts';
import { freePort } from '../../tools/lib/vscodeServer.ts';
import { startProgram, untilReady } from '../parts/part.ts';
import type { IdleReport, ProberReport, ProberWish, ServerReady, ServerReport } from './health/messages.ts';
import { putFirst } from './health/priority.ts';
import type { BenchResult, BenchRow } from './types.ts';

const intervalMs = 10_000;

interface Measured extends ProberReport {
  readonly totalCpuMs: number;
  readonly exporterMegabytes: number;
  /** Of a process beside it that does nothing. */
  readonly idleBlockMs: number;
  /** Reported latency minus the server's own, ms, of every probe. */
  readonly lies: readonly number[];
}

/** Takes about three and a half minutes; `WATCHKEEPER_BENCH_TARGETS=5000` adds a size and another minute and a half. */
export async function run(): Promise<BenchResult> {
  const more = Number(process.env['WATCHKEEPER_BENCH_TARGETS'] ?? 0);
  const sizes = [1, 100, 1_000, ...(more > 0 ? [more] : [])];
  const results: BenchRow[] = [];
  for (const size of sizes) {
    const ours = await measureSize(size, false);
    const peer = await measureSize(size, true);
    results.push(...rows(size, ours, peer));
  }
  return { name: 'health', results };
}

function rows(size: number, ours: Measured, peer: Measured): readonly BenchRow[] {
  const row = (
    metric: string,
    unit: string,
    values: readonly [number, number | null],
    goal?: readonly [string, boolean],
  ): BenchRow => ({
    metric: `${size} targets: ${metric}`,
    unit,
    ours: round(values[0]),
    peer: values[1] === null ? null : round(values[1]),
    limit: null,
    target: goal?.[0] ?? null,
    met: goal?.[1] ?? true,
  });
  const cpu = (of: Measured) => (of.totalCpuMs / of.probes) * 10;
  const late = p99(ours.lateness);
  const lie = p99(ours.lies.map(Math.abs));
  const isLoad = size >= 100;
  return [
    row(
      'CPU of 10,000 probes',
      's',
      [cpu(ours), cpu(peer)],
      isLoad ? ['<= 0.9 x peer', cpu(ours) <= 0.9 * cpu(peer)] : undefined,
    ),
    row('start lateness p99', 'ms', [late, p99(peer.lateness)], ['< 250', late < 250]),
    row(
      'reported latency off the server clock, p99',
      'ms',
      [lie, p99(peer.lies.map(Math.abs))],
      ['<= 2', lie <= 2],
    ),
    row('resident memory', 'MB', [ours.rssMegabytes, peer.rssMegabytes + peer.exporterMegabytes]),
    {
      // The peer has no event loop; the limit is what an idle process saw in the same seconds.
      ...row(
        'longest block of the event loop',
        'ms',
        [ours.longestBlockMs, null],
        ['< 16', ours.longestBlockMs < 16],
      ),
      limit: round(ours.idleBlockMs),
    },
    row('failed probes', '', [ours.failures, peer.failures], ['0', ours.failures === 0]),
  ];
}

export async function measureSize(size: number, isPeer: boolean): Promise<Measured> {
  const server = await start<ServerReady>('server.ts');
  const exporter = isPeer ? await startExporter() : undefined;
  try {
    const { ports } = server.first;
    const urls = Array.from({ length: size }, (_, i) => `http://127.0.0.1:${ports[i % ports.length]}/t${i}`);
    const times = { warmMs: warmUpMs(size), measureMs: 20_000, watchMs: 3_000 };
    const wish: ProberWish = { urls, intervalMs, ...times, exporter: exporter?.url };
    const idle = fork(script('idleLoop.ts'), { execArgv: [] });
    const prober = fork(script('prober.ts'), { execArgv: [] });
    for (const { pid } of [server.child, prober, idle, ...(exporter ? [exporter] : [])]) putFirst(pid);
    const reported = message<ProberReport>(prober);
    prober.send(wish);
    await pause(wish.warmMs);
    const before = exporter === undefined ? 0 : cpuMsOf(exporter.pid);
    await pause(wish.measureMs);
    const exporterCpuMs = exporter === undefined ? 0 : cpuMsOf(exporter.pid) - before;
    const exporterMegabytes = exporter === undefined ? 0 : megabytesOf(exporter.pid);
    idle.send(wish.watchMs);
    const { longestBlockMs: idleBlockMs } = await message<IdleReport>(idle);
    const report = await reported;
    const truth = message<ServerReport>(server.child);
    server.child.send('end');
    const lies = compare(report, (await truth).took);
    return { ...report, totalCpuMs: report.cpuMs + exporterCpuMs, exporterMegabytes, idleBlockMs, lies };
  } finally {
    server.child.kill();
    await exporter?.stop();
  }
}

/** The first round is spread over 10 ms per target; what follows is the schedule. */
function warmUpMs(size: number): number {
  return Math.max(4_000, Math.min(size * 10, intervalMs) + 2_000);
}

function compare(told: ProberReport, truth: ServerReport['took']): number[] {
  return Object.entries(told.took).flatMap(([target, list]) =>
    list.slice(0, told.to[target] ?? 0).flatMap((ms, i) => {
      const real = truth[target]?.[i];
      return real === undefined || i < (told.from[target] ?? 0) ? [] : [ms - real];
    }),
  );
}

async function startExporter(): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const run = new Run();
  const port = await freePort();
  const config = path.join(run.folder, 'blackbox.yml');
  fs.writeFileSync(
    config,
    'modules:\n  http_2xx:\n    prober: http\n    timeout: 5s\n    http:\n      preferred_ip_protocol: ip4\n',
  );
  const child = startProgram(run, {
    name: 'blackbox',
    program: findProgram('prometheus-blackbox-exporter') ?? 'prometheus-blackbox-exporter',
    args: [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(
    path.join(run.folder, 'blackbox.log'),
    child,
    async () => (await fetch(`${url}/-/healthy`)).ok,
  );
  return { url, pid: child.pid ?? 0, stop: () => run.end() };
}

async function start<T>(name: string): Promise<{ child: ChildProcess; first: T }> {
  const child = fork(script(name), { execArgv: [] });
  return { child, first: await message<T>(child) };
}

function script(name: string): string {
  return path.join(import.meta.dirname, 'health', name);
}

function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', value => resolve(value as T));
    child.once('exit', code => reject(new Error(`${child.spawnfile} ended with code ${code}`)));
  });
}

/** User and system time from /proc, in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function megabytesOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

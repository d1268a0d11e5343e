// One prober process: our monitor with its HTTP probe, or the driver of the exporter, both on our schedule.
import http from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { HttpProbe } from '../../../src/adapters/probes/httpProbe.ts';
import { CheckScheduler } from '../../../src/app/health/checkScheduler.ts';
import { HealthMonitor } from '../../../src/app/healthMonitor.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { Service } from '../../../src/domain/health/model.ts';
import { spread } from '../../../src/domain/health/schedule.ts';
import type { Probe } from '../../../src/ports.ts';
import type { ProberReport, ProberWish } from './messages.ts';

process.once('message', (wish: ProberWish) => void measure(wish));

interface Tally {
  isOn: boolean;
  probes: number;
  failures: number;
  lateness: number[];
  took: Record<string, number[]>;
}

async function measure(wish: ProberWish): Promise<void> {
  const tally: Tally = { isOn: false, probes: 0, failures: 0, lateness: [], took: {} };
  const stop = wish.exporter === undefined ? runOurs(wish, tally) : runDriver(wish, wish.exporter, tally);
  await pause(wish.warmMs);
  tally.isOn = true;
  const from = countsOf(tally);
  const before = process.cpuUsage();
  await pause(wish.measureMs);
  tally.isOn = false;
  const to = countsOf(tally);
  const cpu = process.cpuUsage(before);
  // Watching the loop wakes the process up all the time, so its cost must not be counted.
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  await pause(wish.watchMs);
  loop.disable();
  stop();
  await pause(500);
  const report: ProberReport = {
    cpuMs: (cpu.user + cpu.system) / 1_000,
    probes: tally.probes,
    failures: tally.failures,
    rssMegabytes: process.memoryUsage.rss() / 1_048_576,
    longestBlockMs: loop.max / 1e6,
    lateness: tally.lateness,
    took: tally.took,
    from,
    to,
  };
  process.send?.(report, () => process.exit(0));
}

function countsOf({ took }: Tally): Record<string, number> {
  return Object.fromEntries(Object.entries(took).map(([path, list]) => [path, list.length]));
}

function note(tally: Tally, url: string, tookMs: number, isGood: boolean): void {
  const path = new URL(url).pathname;
  tally.took[path] ??= [];
  tally.took[path].push(tookMs);
  if (!tally.isOn) return;
  tally.probes++;
  if (!isGood) tally.failures++;
}

/** How long after its place on the grid a probe started. */
function noteStart(tally: Tally, id: string, intervalMs: number): void {
  if (!tally.isOn) return;
  const place = systemClock.monotonicMs() - spread(id) * intervalMs;
  tally.lateness.push(((place % intervalMs) + intervalMs) % intervalMs);
}

function runOurs(wish: ProberWish, tally: Tally): () => void {
  const inner = new HttpProbe(systemClock, async () => undefined);
  const probe: Probe = {
    kind: 'http',
    check(target, signal) {
      noteStart(tally, target.id, wish.intervalMs);
      return inner.check(target, signal);
    },
  };
  const monitor = new HealthMonitor(() => probe, systemClock);
  const urls = new Map(wish.urls.map(url => [`${url}#0`, url]));
  monitor.onDidCheck(id => {
    const last = monitor.probe(id)?.last;
    if (last !== undefined) note(tally, urls.get(id) ?? '', last.tookMs, last.verdict === 'up');
  });
  monitor.setServices(wish.urls.map(url => toService(url, wish.intervalMs)));
  return () => monitor.dispose();
}

function toService(url: string, intervalMs: number): Service {
  const probe = {
    id: `${url}#0`,
    serviceId: url,
    title: url,
    spec: { kind: 'http', url } as const,
    intervalMs,
    timeoutMs: 5_000,
    forMs: 60_000,
    source: undefined,
  };
  return {
    id: url,
    title: url,
    dependsOn: [],
    probes: [probe],
    aliases: [],
    runbooks: [],
    source: undefined,
  };
}

/** The least that anybody who uses the exporter must do: ask it over kept connections and read its answer. */
function runDriver(wish: ProberWish, exporter: string, tally: Tally): () => void {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const ask = (url: string) =>
    new Promise<undefined>(resolve => {
      const path = `${exporter}/probe?module=http_2xx&target=${encodeURIComponent(url)}`;
      const request = http.get(path, { agent }, response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.once('end', () => {
          const seconds = Number(/^probe_duration_seconds (\S+)/m.exec(text)?.[1]);
          note(tally, url, seconds * 1_000, /^probe_success 1$/m.test(text));
          resolve(undefined);
        });
      });
      request.once('error', () => {
        note(tally, url, 0, false);
        resolve(undefined);
      });
    });
  const scheduler = new CheckScheduler(systemClock, {
    maxInFlight: 32,
    maxPerHost: 32,
    coalesceMs: 5,
    run: url => {
      noteStart(tally, url, wish.intervalMs);
      return ask(url);
    },
    onGap: () => {},
  });
  scheduler.setJobs(wish.urls.map(url => ({ id: url, hostKey: url, intervalMs: wish.intervalMs })));
  scheduler.start();
  return () => {
    scheduler.dispose();
    agent.destroy();
  };
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

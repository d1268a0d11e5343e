import type { FailureRun } from '../../src/domain/health/historyModel.ts';
import type { ProbeOutcome, Service, ServiceHealth } from '../../src/domain/health/model.ts';
import type { PastBucket, ProbePast } from '../../src/ui/pages/probePast.ts';
import type { ServiceFacts } from '../../src/ui/pages/serviceSnapshot.ts';

export const serviceNowMs = Date.UTC(2026, 10, 21, 10, 5, 19);
const everyMs = 10_000;

const service: Service = {
  id: 'postgres',
  title: 'postgres',
  dependsOn: ['disk'],
  aliases: [],
  runbooks: ['docs/runbooks/service-down.md'],
  source: { file: 'watchkeeper.yaml', line: 12 },
  probes: [
    {
      id: 'postgres/ready',
      serviceId: 'postgres',
      title: 'accepting connections',
      spec: { kind: 'postgres', host: '127.0.0.1', port: 5432 },
      intervalMs: everyMs,
      timeoutMs: 5000,
      forMs: 60_000,
      source: { file: 'watchkeeper.yaml', line: 14 },
    },
    {
      id: 'postgres/container',
      serviceId: 'postgres',
      title: 'container testgen-postgres',
      spec: { kind: 'container', container: { by: 'name', name: 'testgen-postgres' } },
      intervalMs: everyMs,
      timeoutMs: 5000,
      forMs: 60_000,
      source: { file: 'docker-compose.yml', line: 31 },
    },
  ],
};

const disk: Service = { ...service, id: 'disk', title: 'disk', dependsOn: [], probes: [], runbooks: [] };

function failure(atMs: number): ProbeOutcome {
  return { verdict: 'down', seen: 'connection refused 127.0.0.1:5432', wanted: 'answers', atMs, tookMs: 1 };
}

function run(times: readonly number[]): FailureRun {
  const [firstMs = 0] = times;
  return { last: failure(times.at(-1) ?? 0), firstMs, count: times.length };
}

const failedSinceMs = serviceNowMs - 252_000;

/** An hour of checks with a sleep of six minutes in it, an outage at the end and one blemish before. */
function past(): ProbePast {
  const gap = { fromMs: serviceNowMs - 2_100_000, toMs: serviceNowMs - 1_740_000, reason: 'sleep' };
  const times = Array.from({ length: 360 }, (none, index) => {
    void none;
    return serviceNowMs - (360 - index) * everyMs;
  }).filter(atMs => atMs < gap.fromMs || atMs > gap.toMs);
  const isDown = (atMs: number) =>
    atMs >= failedSinceMs || Math.abs(atMs - (serviceNowMs - 3_000_000)) < 5000;
  const buckets = Array.from({ length: 280 }, (none, index): PastBucket => {
    void none;
    const isBad = index > 278 || index === 120;
    const tookMs = 3 + Math.abs(Math.sin(index / 9)) * 4;
    const startMs = Math.floor(serviceNowMs / 300_000) * 300_000 - (279 - index) * 300_000;
    const up = isBad ? 0 : 30;
    const minMs = tookMs - 1;
    return {
      startMs,
      up,
      degraded: 0,
      down: 30 - up,
      unknown: 0,
      minMs,
      maxMs: tookMs * 3,
      sumMs: tookMs * up,
    };
  }).filter((none, index) => none.startMs > 0 && (index < 60 || index > 84));
  return {
    samples: times.map((atMs, index) => ({
      atMs,
      verdict: isDown(atMs) ? 'down' : 'up',
      tookMs: isDown(atMs) ? 1 : 4 + Math.abs(Math.sin(index / 7)) * 3 + (index % 37 === 0 ? 22 : 0),
    })),
    gaps: [gap],
    buckets,
    failures: [
      run(times.filter(atMs => isDown(atMs) && atMs < failedSinceMs)),
      run(times.filter(atMs => atMs >= failedSinceMs)),
    ],
    uptime: () => 0.99312,
    judgedMs: () => 79_000_000,
  };
}

const health: ServiceHealth = {
  serviceId: 'postgres',
  state: 'down',
  sinceMs: failedSinceMs,
  blockedBy: [],
  reason: 'connection refused 127.0.0.1:5432',
  isAcknowledged: false,
  isInMaintenance: false,
  probes: service.probes.map(({ id, spec }) => ({
    targetId: id,
    state: 'down',
    sinceMs: failedSinceMs,
    last:
      spec.kind === 'container'
        ? {
            ...failure(serviceNowMs - 4000),
            seen: 'exited 137: killed, out of memory',
            wanted: 'running',
            facts: {
              image: 'postgres:16',
              'started at': '2026-11-15 08:12',
              restarts: '3',
              'memory limit': '256 MB',
            },
          }
        : failure(serviceNowMs - 4000),
    lastFailure: failure(serviceNowMs - 4000),
    failingSinceMs: failedSinceMs,
    isFlapping: false,
  })),
};

export const syntheticService: ServiceFacts = {
  services: () => [service, disk],
  health: id => (id === 'postgres' ? health : undefined),
  history: id => (id === 'postgres/ready' ? past() : undefined),
};

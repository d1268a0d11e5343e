import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sample } from '../../../src/domain/health/historyModel.ts';
import type { ServiceHealth, Verdict } from '../../../src/domain/health/model.ts';
import { configurationRow } from '../../../src/ui/services/configurationRow.ts';
import { engineRow } from '../../../src/ui/services/engineRow.ts';
import { dependencyRow } from '../../../src/ui/services/relationRows.ts';
import { Repaints } from '../../../src/ui/services/repaints.ts';
import {
  byBlame,
  failingLines,
  iconOf,
  matches,
  probeRow,
  serviceRow,
} from '../../../src/ui/services/servicesModel.ts';
import { sparkline } from '../../../src/ui/services/sparkline.ts';
import { service } from '../../app/monitorScene.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

const sample = (tookMs: number, verdict: Verdict = 'up'): Sample => ({ atMs: 0, verdict, tookMs });

test('latencies become blocks, failures and doubts are no latency', () => {
  assert.equal(sparkline([]), '');
  assert.equal(sparkline([sample(0), sample(50), sample(100)]), '▁▅█');
  assert.equal(sparkline([sample(10), sample(3000, 'down'), sample(0, 'unknown'), sample(5)]), '█×·▅');
  assert.equal(sparkline(Array.from({ length: 60 }, () => sample(7))).length, 20);
  assert.equal(sparkline([sample(100, 'degraded'), sample(12)]), '█▁');
});

test('the tooltip of a probe shows its last checks, that of a service its last changes', () => {
  const web = service({ id: 'web' });
  const [target] = web.probes;
  assert.ok(target);
  assert.match(probeRow(target, undefined, [sample(1), sample(2)]).tooltip, /last checks: ▅█/);
  const transitions = [{ atMs: 0, from: 'up', to: 'down', reason: 'status [503]' } as const];
  const { tooltip } = serviceRow(web, undefined, { nowMs: 0, transitions });
  assert.match(tooltip, /up → down: status \\\[503\\\]$/);
});

test('what only discovery knows can be told from what is configured', () => {
  const web = service({ id: 'web' });
  assert.match(serviceRow(web, undefined, { nowMs: 0, isConfigured: false }).context, /\bdiscovered\b/);
  assert.doesNotMatch(serviceRow(web, undefined, { nowMs: 0 }).context, /discovered/);
});

test('a dependency is named with its state, and one that nobody configured is said to be unknown', () => {
  const redis = service({ id: 'redis' });
  const health = {
    serviceId: 'redis',
    state: 'down',
    sinceMs: 0,
    blockedBy: [],
    reason: 'connection refused',
    probes: [],
    isAcknowledged: false,
    isInMaintenance: false,
  } as const;
  const row = dependencyRow('web', { id: 'redis', service: redis }, health, iconOf);
  assert.equal(`${row.label}: ${row.description}`, 'needs redis: down');
  assert.deepEqual(row.command, { name: 'openService', argument: 'service:redis' });
  const gone = dependencyRow('web', { id: 'gone', service: undefined }, undefined, iconOf);
  assert.equal(gone.description, 'not configured');
  assert.equal(gone.command, undefined);
});

const noCompose = { plugin: undefined, standalone: undefined, madeBy: undefined };

test('an engine that is absent is one calm row that tells what was tried', () => {
  const attempt = { endpoint: 'unix:///a.sock', origin: 'DOCKER_HOST', problem: 'no such socket' };
  assert.equal(engineRow(undefined, noCompose), undefined);
  assert.equal(engineRow({ kind: 'absent', attempts: [] }, noCompose), undefined);
  const one = engineRow({ kind: 'absent', attempts: [attempt] }, noCompose);
  assert.equal(one?.description, 'DOCKER_HOST: no such socket');
  const attempts = [attempt, { ...attempt, origin: 'Podman' }];
  const two = engineRow({ kind: 'absent', attempts }, noCompose);
  assert.equal(two?.description, 'tried 2 places');
  assert.match(two?.tooltip ?? '', /a\\.sock \(DOCKER\\_HOST\): no such socket/);
});

test('an engine that answers is named with its place and the Compose in use', () => {
  const info = { endpoint: 'unix:///a.sock', origin: 'DOCKER_HOST', version: '27.0.3', apiVersion: '1.46' };
  const row = (compose: Parameters<typeof engineRow>[1]) => engineRow({ kind: 'connected', info }, compose);
  assert.equal(row(noCompose)?.description, 'DOCKER_HOST');
  assert.match(row(noCompose)?.tooltip ?? '', /docker compose: not installed/);
  assert.equal(row({ ...noCompose, plugin: '2.27.0' })?.description, 'DOCKER_HOST · docker compose 2.27.0');
  const both = row({ plugin: '2.27.0', standalone: '1.29.2', madeBy: '1.29.2' });
  assert.equal(
    `${both?.label}: ${both?.description}`,
    'Container engine 27.0.3: DOCKER_HOST · compose 1.29.2',
  );
  assert.match(both?.tooltip ?? '', /a\\.sock.*API 1\\.46.*docker compose: 2.*docker\\-compose: 1/s);
});

test('mistakes in the configuration are a row that leads to the first, and says what is in force', () => {
  assert.equal(configurationRow(undefined), undefined);
  const trouble = { file: 'watchkeeper.yaml', line: 7, mistakes: 2, isKept: true };
  const row = configurationRow(trouble);
  assert.equal(row?.label, 'watchkeeper.yaml: 2 mistakes');
  assert.equal(row?.description, 'the last good one is in force');
  assert.deepEqual(row?.command, { name: 'openConfiguration', argument: 'watchkeeper.yaml:7' });
  assert.match(configurationRow({ ...trouble, isKept: false })?.description ?? '', /only what could be read/);
});

const health = (serviceId: string, more: Partial<ServiceHealth>): ServiceHealth => ({
  serviceId,
  state: 'up',
  sinceMs: 0,
  blockedBy: [],
  reason: '',
  probes: [],
  isAcknowledged: false,
  isInMaintenance: false,
  ...more,
});

test('the list of what fails names the culprit first and people know services by their titles', () => {
  const web = { ...service({ id: 'web' }), title: 'Shop' };
  const redis = { ...service({ id: 'redis' }), title: 'Redis [cache]' };
  const all: Record<string, ServiceHealth> = {
    web: health('web', { state: 'blocked', blockedBy: ['redis'] }),
    redis: health('redis', { state: 'down', reason: 'refused', isAcknowledged: true }),
  };
  const text = failingLines({ services: () => [web, redis], health: id => all[id] });
  assert.match(
    text,
    /^- \*\*Redis \\\[cache\\\]\*\* refused .* acknowledged\n- \*\*Shop\*\* blocked by Redis/,
  );
  const row = serviceRow(web, all['web'], { nowMs: 0, titleOf: () => redis.title });
  assert.match(row.description, /^blocked by Redis \[cache\]/);
});

test('what others wait for comes before what has failed for longer', () => {
  const all = [
    health('calm', {}),
    health('lonely', { state: 'down' }),
    health('web', { state: 'blocked', blockedBy: ['postgres'] }),
    health('postgres', { state: 'pending' }),
  ];
  const sorted = [...all].sort(byBlame(all)).map(({ serviceId }) => serviceId);
  assert.deepEqual(sorted, ['postgres', 'lonely', 'web', 'calm']);
});

test('services are found by id, title, alias and what is looked at', () => {
  const web = { ...service({ id: 'web' }), title: 'Shop', aliases: ['web-container'] };
  for (const text of ['', '  ', 'we', 'SHOP', 'container', 'tcp']) assert.ok(matches(web, text), text);
  assert.ok(!matches(web, 'redis'));
});

test('a steady stream of checks is painted in time: at once, then gathered, never starved', async () => {
  const clock = new FakeClock();
  const painted: { readonly atMs: number; readonly ids: readonly string[] | undefined }[] = [];
  const repaints = new Repaints(clock, ids => painted.push({ atMs: clock.monotonicMs(), ids }));
  const startMs = clock.monotonicMs();
  for (let i = 0; i < 100; i++) {
    repaints.add([`probe:${i}`, 'service:web']);
    await clock.advance(20);
  }
  await clock.advance(500);
  assert.deepEqual(painted[0]?.ids, ['probe:0', 'service:web']);
  assert.equal(painted[0]?.atMs, startMs);
  const gaps = painted.slice(1).map(({ atMs }, i) => atMs - (painted[i]?.atMs ?? 0));
  assert.ok(
    gaps.every(gap => gap >= 210 && gap <= 250),
    String(gaps),
  );
  assert.equal(new Set(painted.flatMap(({ ids }) => ids ?? [])).size, 101);
  repaints.add(['a']);
  repaints.all();
  await clock.advance(500);
  assert.equal(painted.at(-1)?.ids, undefined);
  repaints.dispose();
  assert.equal(clock.pendingTimers, 0);
});

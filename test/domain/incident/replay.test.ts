import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HealthState } from '../../../src/domain/health/model.ts';
import { entryHistory } from '../../../src/domain/incident/edits.ts';
import type { EventBodies } from '../../../src/domain/incident/events.ts';
import { replay } from '../../../src/domain/incident/replay.ts';
import { EventMaker, startMs } from './makeEvents.ts';

const step = (overrides: Partial<EventBodies['step.finished']> = {}): EventBodies['step.finished'] => ({
  run: 'run:1',
  stepId: 's1',
  command: 'docker-compose restart redis',
  title: 'Restart redis',
  isMutating: true,
  services: ['redis'],
  file: 'runbooks/redis.md',
  line: 12,
  startedAt: new Date(startMs + 300_000).toISOString(),
  tookMs: 3_000,
  exit: 0,
  output: 'Restarting redis ... done',
  ...overrides,
});

const probe = (to: 'up' | 'down', reason = ''): EventBodies['probe.changed'] => ({
  service: 'redis',
  title: 'redis',
  from: to === 'up' ? 'down' : 'up',
  to,
  reason,
});

const alert = { alert: 'redis@1', service: 'redis', reason: 'connection refused', blocked: ['api'] };
const at = (seconds: number) => startMs + seconds * 1000;

/** Container dies, probe fails, alert fires, a person restarts, everything recovers. */
function outage(): EventMaker {
  const made = new EventMaker();
  made.declare(120);
  made.add('container.event', { container: 'redis-1', action: 'die', service: 'redis', exit: 137 }, 0);
  made.add('probe.changed', probe('down', 'connection refused'), 5);
  made.add('alert.firing', { ...alert, firedAt: new Date(at(65)).toISOString() }, 5, { ob: 65 });
  made.add('step.started', step(), 300);
  made.add('container.event', { container: 'redis-1', action: 'start', service: 'redis' }, 302);
  made.add('step.finished', step(), 303);
  made.add('probe.changed', probe('up'), 307);
  made.add('alert.resolved', alert, 307);
  return made;
}

test('an outage and its cure are two rows with all their proofs', () => {
  const { entries } = replay(outage().events);
  const [down, declared, cure, ...rest] = entries;
  assert.deepEqual(rest, []);
  assert.equal(down?.event, 'Alert: redis is down: connection refused');
  assert.equal(down?.atMs, at(0));
  assert.equal(down?.proofs.length, 3);
  assert.match(down?.detail ?? '', /Container redis-1 died with exit code 137/);
  assert.match(down?.detail ?? '', /Blocks api/);
  assert.equal(declared?.kind, 'incident');
  assert.equal(cure?.event, 'redis is up after 7 s');
  assert.equal(cure?.action, 'docker-compose restart redis (exit 0)');
  assert.deepEqual(
    cure?.proofs.map(({ label }) => label),
    [
      'docker-compose restart redis (exit 0)',
      'Container redis-1 started',
      'redis went up',
      'Alert resolved: redis',
    ],
  );
  assert.equal(cure?.relevance, 'key');
});

test('an outage that ends without a step keeps its own words, and the way back is told by what was last seen', () => {
  const made = new EventMaker();
  const change = (from: HealthState, to: HealthState, reason = '') =>
    ({ service: 'redis', title: 'Redis', from, to, reason }) as const;
  made.add('container.event', { container: 'redis-1', action: 'die', service: 'redis', exit: 137 }, 0);
  made.add('probe.changed', change('up', 'pending', 'exited (exit 137)'), 1);
  made.declare(24);
  made.add('container.event', { container: 'redis-1', action: 'start', service: 'redis' }, 29);
  made.add(
    'probe.changed',
    change('pending', 'degraded', 'starting: its health check has not passed yet'),
    30,
  );
  made.add('alert.resolved', alert, 30);
  made.add('probe.changed', change('degraded', 'up'), 35);
  const key = replay(made.events).entries.filter(({ relevance }) => relevance === 'key');
  assert.deepEqual(
    key.map(({ event, proofs }) => `${event} (${proofs.length})`),
    [
      'Container redis-1 died with exit code 137 (2)',
      'Incident declared: TestGen is down (SEV-1) (1)',
      'Container redis-1 started (1)',
      'Redis went up (2)',
    ],
  );
});

test('a crash loop is one row; of its starts only the last stands for itself', () => {
  const made = new EventMaker();
  const change = (from: HealthState, to: HealthState) =>
    ({ service: 'redis', title: 'Redis', from, to, reason: '' }) as const;
  made.declare(0);
  made.add('probe.changed', change('up', 'pending'), 10);
  for (const second of [11, 13, 17, 25, 100]) {
    made.add('container.event', { container: 'redis-1', action: 'die', service: 'redis', exit: 1 }, second);
    made.add('container.event', { container: 'redis-1', action: 'start', service: 'redis' }, second + 1);
  }
  made.add('probe.changed', change('pending', 'up'), 110);
  assert.deepEqual(
    replay(made.events).entries.map(({ event, atMs, proofs }) => [
      event,
      (atMs - startMs) / 1000,
      proofs.length,
    ]),
    [
      ['Incident declared: TestGen is down (SEV-1)', 0, 1],
      ['Container redis-1 died with exit code 1', 10, 10],
      ['Container redis-1 started', 101, 1],
      ['Redis went up', 110, 1],
    ],
  );
});

test('what was over before the impact does not stand out, and the outage itself does though it is not the first', () => {
  const made = new EventMaker();
  const change = (from: HealthState, to: HealthState) =>
    ({ service: 'redis', title: 'Redis', from, to, reason: '' }) as const;
  const outages = [0, 600];
  for (const second of outages) {
    made.add('probe.changed', change('up', 'pending'), second);
    made.add('probe.changed', change('pending', 'down'), second + 60);
    if (second === 0) made.add('alert.firing', alert, second);
    if (second === 600) made.declare(690);
    made.add('probe.changed', change('down', 'up'), second + 120);
    if (second === 0) made.add('alert.resolved', alert, second + 120);
  }
  const key = replay(made.events).entries.filter(({ relevance }) => relevance === 'key');
  assert.deepEqual(
    key.map(({ event, atMs }) => [event, (atMs - startMs) / 1000]),
    [
      ['Redis went down', 600],
      ['Incident declared: TestGen is down (SEV-1)', 690],
      ['Redis went up', 720],
    ],
  );
});

test('the end of a step that another window tells belongs to the row of its start', () => {
  const made = new EventMaker();
  made.declare(0);
  made.add('step.started', { ...step(), run: 'run-w1-1' }, 10);
  made.add('step.finished', { ...step(), run: 'run-w1-1' }, 11);
  const elsewhere = made.events.map(event =>
    event.t === 'step.finished' ? { ...event, w: 'OTHER', s: 1 } : event,
  );
  const rows = replay(elsewhere).entries.filter(({ kind }) => kind === 'step');
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['docker-compose restart redis (exit 0)'],
  );
});

test('a row that a person touched is never folded away', () => {
  const made = outage();
  const up = made.events.find(event => event.t === 'probe.changed' && event.b.to === 'up');
  assert.ok(up);
  made.add('entry.pinned', { target: `${up.w}:${up.s}` }, 400);
  const row = replay(made.events).entries.find(entry => entry.id === `${up.w}:${up.s}`);
  assert.equal(row?.isPinned, true);
});

test('an exit code that the shell did not report is not called success', () => {
  const made = new EventMaker();
  made.declare();
  const { exit: _, ...unknown } = step({ reason: 'terminal closed' });
  made.add('step.finished', unknown, 303);
  const [, row] = replay(made.events).entries;
  assert.equal(row?.action, 'docker-compose restart redis (exit unknown: terminal closed)');
  assert.equal(row?.event, 'Restart redis');
});

test('a recovery long after a step is a row of its own', () => {
  const made = new EventMaker();
  made.declare();
  made.add('step.finished', step(), 303);
  made.add('probe.changed', probe('up'), 303 + 301);
  assert.equal(replay(made.events).entries.length, 3);
});

test('a recovery is credited to the last step before it', () => {
  const made = new EventMaker();
  made.declare();
  made.add('step.finished', step(), 303);
  made.add('step.finished', step({ run: 'run:2', startedAt: new Date(at(310)).toISOString() }), 313);
  made.add('probe.changed', probe('up'), 320);
  const events = replay(made.events).entries.map(({ event }) => event);
  assert.deepEqual(events.slice(1), ['Restart redis', 'redis is up after 10 s']);
});

test('a command that was read six times is one row', () => {
  const made = new EventMaker();
  made.declare();
  for (let i = 0; i < 6; i++)
    made.add(
      'step.finished',
      step({
        run: `run:${i}`,
        isMutating: false,
        command: 'docker ps',
        startedAt: new Date(at(10 + i)).toISOString(),
      }),
      10 + i,
    );
  const [, row, ...rest] = replay(made.events).entries;
  assert.deepEqual(rest, []);
  assert.equal(row?.detail, 'Run 6 times');
  assert.equal(row?.proofs.length, 6);
  assert.equal(row?.relevance, 'raw');
});

test('two windows that saw one event of the engine make one entry', () => {
  const made = new EventMaker();
  made.declare();
  const source = { k: 'engine', key: 'dk:e1:c1:die:1795288232123000000' };
  const died = { container: 'redis-1', action: 'die', service: 'redis', exit: 1 };
  made.add('container.event', died, 10, { source, ob: 11 });
  const copy = made.add('container.event', died, 10, { source, ob: 12, w: 'W2' });
  made.add('entry.corrected', { target: copy, set: { event: 'redis crashed' } }, 20);
  const { entries } = replay(made.events);
  assert.deepEqual(entries.map(({ event }) => event).slice(1), ['redis crashed']);
});

test('milestones and metrics come from facts', () => {
  const made = outage();
  made.add('status.changed', { status: 'acknowledged' }, 130);
  made.add('status.changed', { status: 'identified' }, 200);
  made.add('status.changed', { status: 'mitigated' }, 310);
  made.add('status.changed', { status: 'resolved' }, 400);
  const { milestones, metrics, milestoneConflicts } = replay(made.events);
  assert.deepEqual(
    milestones.map(({ name, atMs, by }) => [name, (atMs - startMs) / 1000, by]),
    [
      ['impactStart', 5, 'fact'],
      ['detected', 65, 'fact'],
      ['declared', 120, 'fact'],
      ['acknowledged', 130, 'fact'],
      ['identified', 200, 'fact'],
      ['mitigated', 310, 'fact'],
      ['resolved', 400, 'fact'],
    ],
  );
  assert.deepEqual(metrics, {
    timeToDetectMs: 60_000,
    timeToAcknowledgeMs: 65_000,
    timeToMitigateMs: 305_000,
    timeToResolveMs: 395_000,
    impactMs: 302_000,
  });
  assert.deepEqual(milestoneConflicts, []);
});

test('what nobody knows stays unknown', () => {
  const made = new EventMaker();
  made.declare();
  const { metrics, milestones } = replay(made.events);
  assert.deepEqual(Object.values(metrics), [undefined, undefined, undefined, undefined, undefined]);
  assert.deepEqual(
    milestones.map(({ name }) => name),
    ['detected', 'declared'],
  );
});

test('a person overrides a milestone, may take it back, and a wrong order is shown with both facts', () => {
  const made = outage();
  made.add('milestone.set', { name: 'impactStart', time: new Date(at(90)).toISOString() }, 500);
  const overridden = replay(made.events);
  assert.deepEqual(overridden.milestones[0], {
    name: 'impactStart',
    atMs: at(90),
    eventId: 'W1:10',
    by: 'person',
  });
  assert.deepEqual(
    overridden.milestoneConflicts.map(({ earlier, later }) => [earlier.name, later.name]),
    [['impactStart', 'detected']],
  );
  assert.equal(overridden.metrics.timeToDetectMs, -25_000);
  made.add('milestone.set', { name: 'impactStart' }, 510);
  assert.equal(replay(made.events).milestones[0]?.by, 'fact');
});

test('an outage that was over before the declaration does not set the start while another is going on', () => {
  const made = new EventMaker();
  made.add('probe.changed', { ...probe('down'), service: 'api' }, 0);
  made.add('probe.changed', { ...probe('up'), service: 'api' }, 10);
  made.add('probe.changed', probe('down'), 50);
  made.declare(60);
  assert.equal(replay(made.events).milestones[0]?.atMs, at(50));
});

test('roles are handed over without a gap', () => {
  const made = new EventMaker();
  made.declare();
  made.add('role.assumed', { role: 'IC', person: 'Kim' }, 1);
  made.add('role.assumed', { role: 'IC', person: 'Kim' }, 2);
  made.add('role.assumed', { role: 'IC', person: 'Ada' }, 60);
  made.add('role.released', { role: 'IC', person: 'Ada' }, 90);
  assert.deepEqual(replay(made.events).roles, [
    { role: 'IC', person: 'Kim', fromMs: at(1), untilMs: at(60) },
    { role: 'IC', person: 'Ada', fromMs: at(60), untilMs: at(90) },
  ]);
});

test('the last correction wins field by field, and the history starts as first recorded', () => {
  const made = new EventMaker();
  made.declare();
  const note = made.add('note.added', { text: 'redis slow' }, 10);
  made.add('entry.corrected', { target: note, set: { event: 'redis stuck' }, reason: 'typo' }, 20);
  made.add(
    'entry.corrected',
    { target: note, set: { at: new Date(at(5)).toISOString(), action: 'paged' } },
    30,
  );
  made.add('entry.retracted', { target: note, reason: 'wrong host' }, 40);
  made.add('entry.restored', { target: note }, 50);
  const row = replay(made.events).entries.find(({ id }) => id === note);
  assert.deepEqual(
    [row?.event, row?.action, row?.atMs, row?.observedAtMs, row?.isEdited, row?.isRetracted],
    ['redis stuck', 'paged', at(5), at(10), true, false],
  );
  const history = entryHistory(made.events, note);
  assert.deepEqual(
    history.map(({ type, event, atMs, reason }) => [type, event, (atMs - startMs) / 1000, reason]),
    [
      ['note.added', 'redis slow', 10, undefined],
      ['entry.corrected', 'redis stuck', 10, 'typo'],
      ['entry.corrected', 'redis stuck', 5, undefined],
      ['entry.retracted', 'redis stuck', 5, 'wrong host'],
      ['entry.restored', 'redis stuck', 5, undefined],
    ],
  );
});

test('notes become action items, hypotheses and questions', () => {
  const made = new EventMaker();
  made.declare();
  const todo = made.add('note.added', { text: 'TODO: raise maxmemory' }, 1);
  const hypothesis = made.add('note.added', { text: 'H: eviction storm' }, 2);
  made.add('note.added', { text: '? who owns this' }, 3);
  const dropped = made.add('note.added', { text: 'TODO: nonsense' }, 4);
  made.add('entry.retracted', { target: dropped }, 5);
  made.add('hypothesis.judged', { target: hypothesis, verdict: 'confirmed' }, 6);
  made.add('action.changed', { target: todo, set: { owner: 'Kim', isDone: true } }, 7);
  const incident = replay(made.events);
  assert.deepEqual(incident.actionItems, [
    { id: todo, text: 'raise maxmemory', owner: 'Kim', due: undefined, isDone: true },
  ]);
  assert.deepEqual(
    incident.hypotheses.map(({ text, verdict }) => [text, verdict]),
    [['eviction storm', 'confirmed']],
  );
  assert.deepEqual(
    incident.questions.map(({ text }) => text),
    ['who owns this'],
  );
  assert.equal(incident.milestones.find(({ name }) => name === 'identified')?.atMs, at(6));
});

test('ticks: done wins over skipped, and taking back names the tick', () => {
  const made = new EventMaker();
  made.declare();
  const check = { item: 'c1', text: 'Restart' };
  const first = made.add('check.ticked', check, 1);
  made.add('check.skipped', { ...check, reason: 'not needed' }, 2);
  made.add('check.unticked', { ...check, proof: 'W9:9' }, 3);
  assert.deepEqual(replay(made.events).ticks, { c1: { state: 'done', eventId: first, atMs: at(1) } });
  made.add('check.unticked', { ...check, proof: first }, 4);
  assert.deepEqual(replay(made.events).ticks, {});
});

test('severity keeps its first and its highest value', () => {
  const made = new EventMaker();
  made.declare(0, 3);
  made.add('severity.changed', { severity: 1 }, 10);
  made.add('severity.changed', { severity: 2 }, 20);
  const { severity, initialSeverity, highestSeverity } = replay(made.events);
  assert.deepEqual([severity, initialSeverity, highestSeverity], [2, 3, 1]);
});

test('removed evidence leaves the row but not the proof', () => {
  const made = new EventMaker();
  made.declare();
  const sha = 'a'.repeat(64);
  const id = made.add('evidence.added', { kind: 'evidence', label: 'env', excerpt: 'X=1', sha256: sha }, 1);
  made.add('evidence.redacted', { sha256: sha, reason: 'token' }, 2);
  const proof = replay(made.events).entries.find(entry => entry.id === id)?.proofs[0];
  assert.deepEqual([proof?.excerpt, proof?.sha256, proof?.link], [undefined, undefined, undefined]);
});

test('a lost declaration is told and nothing is invented', () => {
  const made = new EventMaker();
  made.add('note.added', { text: 'hello' }, 1);
  const incident = replay(made.events, ['2 bytes']);
  assert.deepEqual(incident.journalProblems, ['2 bytes', 'The declaration of this incident cannot be read.']);
  assert.equal(incident.title, incident.id);
  assert.deepEqual(incident.policy.severities, []);
});

test('the same set of events gives the same incident in whatever order it arrives', () => {
  const made = outage();
  made.add('note.added', { text: 'from elsewhere' }, 308, { w: 'W2' });
  made.add('severity.changed', { severity: 2 }, 309, { w: 'W2' });
  const expected = replay(made.events);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(made.events, { minLength: made.events.length, maxLength: made.events.length }),
      shuffled => assert.deepEqual(replay(shuffled), expected),
    ),
    { numRuns: 50 },
  );
});

test('two windows that probe the same service tell its states once, flapping included', () => {
  const made = new EventMaker();
  made.declare();
  for (const [to, seconds] of [
    ['down', 10],
    ['up', 40],
    ['down', 50],
  ] as const) {
    made.add('probe.changed', probe(to), seconds);
    made.add('probe.changed', probe(to), seconds + 4, { w: 'W2' });
  }
  const { lanes, entries } = replay(made.events);
  assert.deepEqual(
    lanes[0]?.spans.map(({ state, fromMs }) => [state, (fromMs - startMs) / 1000]),
    [
      ['down', 10],
      ['up', 40],
      ['down', 50],
    ],
  );
  assert.equal(entries.filter(({ kind }) => kind === 'health').length, 3);
});

test('checks that failed when the incident was declared tell the start of the impact, a blip before does not', () => {
  const change = (from: 'up' | 'pending', to: 'up' | 'pending') => ({
    service: 'redis',
    title: 'Redis',
    from,
    to,
    reason: 'refused',
  });
  const impactOf = (made: EventMaker) =>
    replay(made.events).milestones.find(({ name }) => name === 'impactStart')?.atMs;
  const failing = new EventMaker();
  failing.add('probe.changed', change('up', 'pending'), -10);
  failing.declare();
  assert.equal(impactOf(failing), startMs - 10_000);
  const blip = new EventMaker();
  blip.add('probe.changed', change('up', 'pending'), -60);
  blip.add('probe.changed', change('pending', 'up'), -50);
  blip.declare();
  assert.equal(impactOf(blip), undefined);
});

test('a container that was sent a signal and died is told as dead', () => {
  const made = new EventMaker();
  made.declare();
  made.add('container.event', { container: 'redis-1', action: 'kill', service: 'redis' }, 10);
  made.add('container.event', { container: 'redis-1', action: 'die', service: 'redis', exit: 137 }, 11);
  made.add('container.event', { container: 'redis-1', action: 'stop', service: 'redis' }, 12);
  const rows = replay(made.events).entries.slice(1);
  assert.equal(rows.length, 1);
  assert.match(rows[0]?.event ?? '', /redis-1 .*137/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../src/domain/incident/replay.ts';
import { builtInTemplate } from '../../../src/domain/review/builtInTemplate.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { EventMaker, startMs } from '../incident/makeEvents.ts';

const restart = {
  run: 'run:1',
  stepId: 's1',
  command: 'docker-compose restart redis',
  title: 'Restart redis',
  isMutating: true,
  services: ['redis'],
};
const endedAt = (seconds: number) => ({
  ...restart,
  startedAt: new Date(startMs + (seconds - 3) * 1000).toISOString(),
  tookMs: 3000,
});

/** Redis goes down, one attempt fails, a second one helps; afterwards somebody tidies up. */
function outage(): EventMaker {
  const made = new EventMaker();
  const probe = { service: 'redis', title: 'redis', reason: 'connection refused' };
  made.add('probe.changed', { ...probe, from: 'up', to: 'down' }, 0);
  made.declare(120);
  made.add(
    'step.finished',
    { ...endedAt(150), run: 'run:0', command: 'redis-cli ping', isMutating: false, exit: 0 },
    150,
  );
  made.add('step.finished', { ...endedAt(200), run: 'run:1', exit: 1 }, 200);
  made.add('step.started', { ...restart, run: 'run:2' }, 300);
  made.add('step.finished', { ...endedAt(303), run: 'run:2', exit: 0 }, 303);
  made.add('probe.changed', { ...probe, from: 'down', to: 'up', reason: '' }, 307);
  made.add('step.finished', { ...endedAt(900), run: 'run:3', command: 'docker image prune', exit: 0 }, 900);
  made.add('note.added', { text: 'TODO: alert on memory' }, 950);
  made.add('status.changed', { status: 'resolved' }, 1200);
  return made;
}

function review(made: EventMaker): string[] {
  const incident = replay(made.events);
  return fillReview(builtInTemplate, incident, { timeZone: 'UTC', nowMs: startMs }).text.split('\n');
}

test('a journal becomes a review that names the step which helped, and only that one', () => {
  const lines = review(outage());
  const at = lines.indexOf('## Resolution');
  assert.deepEqual(lines.slice(at + 1, at + 3), ['1. 10:05 `docker-compose restart redis` (exit 0)', '']);
  assert.ok(lines.includes('- **Duration**: 2026-11-21 10:00 - 10:20 UTC (20m)'));
  assert.ok(lines.includes('- [ ] alert on memory - Assigned to {Person} - Due {Date}'));
});

test('a service that is not back yet leaves the resolution open', () => {
  const made = outage();
  made.add(
    'probe.changed',
    { service: 'redis', title: 'redis', from: 'up', to: 'down', reason: 'again' },
    1100,
  );
  const lines = review(made);
  assert.ok(lines.includes('{What brought the service back}'));
});

test('the journal remembers the review that was generated last', () => {
  const made = outage();
  made.add('report.generated', { path: 'r/a.md', sha256: 'f1', baseSha256: 'b1' }, 1300);
  made.add('report.generated', { path: 'r/a.md', sha256: 'f2', baseSha256: 'b2' }, 1400);
  made.add('report.moved', { from: 'r/a.md', to: 'r/b.md' }, 1500);
  const { review: last } = replay(made.events);
  assert.deepEqual(last, { path: 'r/b.md', baseSha256: 'b2', atMs: startMs + 1_400_000 });
});

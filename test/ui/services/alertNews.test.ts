import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../../src/domain/health/model.ts';
import { AlertNews } from '../../../src/ui/services/alertNews.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

function openNews() {
  const clock = new FakeClock();
  const told: string[] = [];
  const state = { isQuiet: false, acknowledged: new Set<string>() };
  const news = new AlertNews({
    clock,
    isQuiet: () => state.isQuiet,
    isAcknowledged: id => state.acknowledged.has(id),
    tell: causes => told.push(causes.map(({ serviceId }) => serviceId).join('+')),
  });
  const firing = (serviceId: string, more: Partial<Alert> = {}): Alert => ({
    key: `${serviceId}@1`,
    serviceId,
    status: 'firing',
    startedAtMs: clock.nowMs() - 60_000,
    firedAtMs: clock.nowMs(),
    resolvedAtMs: undefined,
    reason: 'refused',
    blockedServices: [],
    ...more,
  });
  return { clock, told, state, news, firing };
}

test('causes that fire together are one notification', async () => {
  const { clock, told, news, firing } = openNews();
  news.hear(firing('redis'));
  await clock.advance(400);
  news.hear(firing('postgres'));
  await clock.advance(5_000);
  assert.deepEqual(told, ['redis+postgres']);
  assert.equal(clock.pendingTimers, 0);
});

test('a cause is told once, also when more is blocked by it later or it flaps', async () => {
  const { clock, told, news, firing } = openNews();
  const first = firing('redis');
  news.hear(first);
  await clock.advance(2_000);
  news.hear({ ...first, blockedServices: ['web'] });
  news.hear({ ...first, status: 'resolved' });
  await clock.advance(60_000);
  news.hear({ ...first, status: 'pending' });
  news.hear(first);
  await clock.advance(60_000);
  assert.deepEqual(told, ['redis']);
});

test('what comes soon after a notification waits for the next one', async () => {
  const { clock, told, news, firing } = openNews();
  news.hear(firing('a'));
  await clock.advance(2_000);
  news.hear(firing('b'));
  await clock.advance(6_000);
  news.hear(firing('c'));
  await clock.advance(11_000);
  assert.deepEqual(told, ['a']);
  await clock.advance(3_000);
  assert.deepEqual(told, ['a', 'b+c']);
});

test('nothing is told of what was acknowledged, of what is over, of old alerts, or to people who want none', async () => {
  const { clock, told, state, news, firing } = openNews();
  state.acknowledged.add('known');
  news.hear(firing('known'));
  const brief = firing('brief');
  news.hear(brief);
  news.hear({ ...brief, status: 'resolved' });
  news.hear(firing('restored', { firedAtMs: clock.nowMs() - 3_600_000 }));
  news.hear(firing('begun', { status: 'pending', firedAtMs: undefined }));
  await clock.advance(30_000);
  state.isQuiet = true;
  news.hear(firing('quiet'));
  await clock.advance(30_000);
  state.isQuiet = false;
  news.hear(firing('quiet'));
  await clock.advance(30_000);
  assert.deepEqual(told, []);
});

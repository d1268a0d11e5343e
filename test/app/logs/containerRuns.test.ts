import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerRuns } from '../../../src/app/logs/containerRuns.ts';
import type { ContainerDetail } from '../../../src/ports.ts';

function seen(more: Partial<ContainerDetail>): ContainerDetail {
  return {
    id: 'a',
    name: 'web',
    image: 'web',
    state: 'running',
    statusText: '',
    createdAtMs: 1,
    labels: {},
    isTty: false,
    startedAtMs: 2,
    finishedAtMs: undefined,
    exitCode: undefined,
    isOomKilled: false,
    restartCount: 0,
    health: undefined,
    logDriver: 'json-file',
    ...more,
  };
}

const kinds = (runs: ContainerRuns, detail: ContainerDetail) =>
  runs.look(detail).boundaries.map(({ kind }) => kind);

test('a restart between two looks is a stop and a start', () => {
  const runs = new ContainerRuns();
  assert.deepEqual(kinds(runs, seen({})), []);
  assert.deepEqual(kinds(runs, seen({ startedAtMs: 3, exitCode: 137 })), ['stopped', 'started']);
  assert.deepEqual(kinds(runs, seen({ startedAtMs: 3 })), []);
});

test('a container seen between its creation and its first start has neither stopped nor restarted', () => {
  const runs = new ContainerRuns();
  runs.look(seen({}));
  const created = seen({ id: 'b', state: 'created', startedAtMs: undefined });
  assert.deepEqual(kinds(runs, created), ['recreated']);
  assert.deepEqual(kinds(runs, seen({ id: 'b', startedAtMs: 5 })), []);
  assert.deepEqual(kinds(runs, seen({ id: 'b', startedAtMs: 9 })), ['stopped', 'started']);
});

test('the same, when its log was already read to the end before it started', () => {
  const runs = new ContainerRuns();
  const created = seen({ state: 'created', startedAtMs: undefined });
  runs.look(created);
  assert.equal(runs.noteStop(created, 4), undefined);
  assert.equal(runs.isStopped, true);
  assert.deepEqual(kinds(runs, seen({ startedAtMs: 5 })), []);
  assert.equal(runs.isStopped, false);
});

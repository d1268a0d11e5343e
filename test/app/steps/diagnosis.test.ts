import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAll } from '../../../src/app/steps/diagnosis.ts';
import type { StepRun } from '../../../src/app/steps/stepRun.ts';
import { toRun } from './toRun.ts';

function setUp(count: number, maxAtOnce: number) {
  const abort = new AbortController();
  const running: { readonly step: number; readonly end: () => void }[] = [];
  const progress: number[] = [];
  let most = 0;
  const done = runAll(
    Array.from({ length: count }, (_, index) => index),
    {
      run: step =>
        new Promise<StepRun>(resolve => {
          const entry = {
            step,
            end: () => {
              running.splice(running.indexOf(entry), 1);
              resolve(toRun({ stepId: String(step) }));
            },
          };
          running.push(entry);
          most = Math.max(most, running.length);
        }),
      signal: abort.signal,
      maxAtOnce,
      onProgress: (_, count) => progress.push(count),
    },
  );
  return { abort, running, progress, done, most: () => most };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

test('a few steps run at once, and results come in the order of the runbook', async () => {
  const { running, progress, done, most } = setUp(10, 3);
  while (progress.length < 10) {
    running.at(-1)?.end();
    await turn();
  }
  assert.equal(most(), 3);
  assert.deepEqual(
    (await done).map(({ order }) => order.stepId),
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  );
});

test('after cancelling no further step is begun, and what ended is kept', async () => {
  const { running, done, abort } = setUp(10, 2);
  running[0]?.end();
  await turn();
  abort.abort();
  for (const entry of [...running]) entry.end();
  assert.equal((await done).length, 3);
  assert.equal(running.length, 0);
});

test('a step that did not begin is not among the results', async () => {
  const progress: number[] = [];
  const runs = await runAll([1, 2], {
    run: async step => (step === 1 ? toRun({}) : undefined),
    signal: new AbortController().signal,
    maxAtOnce: 2,
    onProgress: (_, done) => progress.push(done),
  });
  assert.equal(runs.length, 1);
  assert.deepEqual(progress, [1]);
});

test('no step is no work', async () => {
  assert.deepEqual(await setUp(0, 4).done, []);
});

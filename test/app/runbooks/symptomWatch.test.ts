import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SymptomWatch } from '../../../src/app/runbooks/symptomWatch.ts';
import { Emitter } from '../../../src/base/emitter.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { type Evidence, matchSymptoms } from '../../../src/domain/runbook/symptoms.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';

const page = `# Service down

## Common Issues

### Out of memory

**Symptoms:**
- Container exits with OOM
- High memory usage

### Disk full

**Symptoms:**
- "No space left on device"
`;

const calm: Evidence = { probes: [], containers: [], logLines: [], host: undefined };
const oom: Evidence = {
  ...calm,
  containers: [
    {
      name: 'web',
      state: 'exited',
      isOomKilled: true,
      exitCode: 137,
      restartCount: 0,
      memoryPercent: undefined,
    },
  ],
};

function setUp() {
  const health = new Emitter<unknown>();
  const changes = new Emitter<string>();
  const clock = new FakeClock();
  const now: { evidence: Evidence | undefined; gathered: number } = { evidence: undefined, gathered: 0 };
  const runbooks = [parseRunbook('a.md', page), parseRunbook('b.md', '# Other\n\n```sh\nls\n```\n')];
  const watch = new SymptomWatch({
    index: { runbooks: () => runbooks, onDidChange: changes.event },
    gather: async () => {
      now.gathered++;
      return now.evidence;
    },
    match: matchSymptoms,
    onDidChangeHealth: health.event,
    clock,
  });
  let tellings = 0;
  watch.onDidChange(() => tellings++);
  const see = async (evidence: Evidence | undefined) => {
    now.evidence = evidence;
    health.fire(undefined);
    await clock.advance(2000);
  };
  return { watch, see, now, health, clock, tellings: () => tellings };
}

test('the section whose symptoms are seen is the likely one, with the evidence quoted', async () => {
  const { watch, see } = setUp();
  await see(oom);
  assert.deepEqual(
    watch.matches('a.md').map(({ title }) => title),
    ['Out of memory'],
  );
  assert.match(
    watch.matches('a.md')[0]?.hits[0]?.quote ?? '',
    /container web: exited, exit code 137, OOMKilled/,
  );
  assert.deepEqual(watch.matches('b.md'), []);
  assert.equal(watch.count, 1);
});

test('when nothing fails any more nothing fits', async () => {
  const { watch, see, tellings } = setUp();
  await see(oom);
  await see(undefined);
  assert.equal(watch.count, 0);
  assert.equal(tellings(), 2);
});

test('a storm of changes is looked at once, and equal results are told once', async () => {
  const { see, now, health, clock, tellings } = setUp();
  await see(oom);
  const before = now.gathered;
  for (let i = 0; i < 100; i++) health.fire(undefined);
  await clock.advance(2000);
  assert.equal(now.gathered - before, 1);
  assert.equal(tellings(), 1);
});

test('while all is up no runbook is looked at', async () => {
  const { watch, see, tellings } = setUp();
  await see(undefined);
  assert.equal(watch.count, 0);
  assert.equal(tellings(), 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { type Evidence, matchSymptoms } from '../../../src/domain/runbook/symptoms.ts';
import { readSeed } from './seeds.ts';

const nothing: Evidence = { probes: [], containers: [], logLines: [], host: undefined };
const healthy: Evidence = {
  probes: [{ name: 'testgen', verdict: 'up', seen: 'status 200' }],
  containers: [
    {
      name: 'testgen',
      state: 'running',
      isOomKilled: false,
      exitCode: undefined,
      restartCount: 0,
      memoryPercent: 20,
    },
  ],
  logLines: [{ source: 'testgen', text: 'INFO GET /health 200' }],
  host: { cpuPercent: 5, memoryPercent: 30, diskPercent: 40 },
};

test('nothing wrong fits no section', t => {
  const text = readSeed('service-down');
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const runbook = parseRunbook('service-down.md', text);
  assert.deepEqual(matchSymptoms(runbook, nothing), []);
  assert.deepEqual(matchSymptoms(runbook, healthy), []);
});

test('each issue of the first seed is found by its own evidence, quoted', t => {
  const text = readSeed('service-down');
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const runbook = parseRunbook('service-down.md', text);
  const rows: readonly (readonly [string, Evidence])[] = [
    ['Issue 1: Out of Memory', { ...healthy, host: { cpuPercent: 5, memoryPercent: 97, diskPercent: 40 } }],
    [
      'Issue 2: Database Connection Lost',
      {
        ...healthy,
        logLines: [{ source: 'testgen', text: 'psycopg2.OperationalError: Connection refused' }],
      },
    ],
    [
      'Issue 3: API Rate Limits',
      { ...healthy, logLines: [{ source: 'testgen', text: 'HTTP 429 Rate limit exceeded' }] },
    ],
    [
      'Issue 4: Disk Space Full',
      { ...healthy, logLines: [{ source: 'testgen', text: 'OSError: No space left on device' }] },
    ],
  ];
  for (const [title, evidence] of rows) {
    const [best] = matchSymptoms(runbook, evidence);
    assert.equal(best?.title, title);
    assert.ok((best?.score ?? 0) > 0 && (best?.score ?? 2) <= 1);
    assert.ok(best?.hits.every(hit => hit.quote !== '' && hit.line > 0));
  }
});

test('an OOM kill leads to the memory scenario of the second seed', t => {
  const text = readSeed('incident-response');
  if (text === undefined) return t.skip('../shared/seeds is absent');
  const runbook = parseRunbook('incident-response.md', text);
  const container = {
    name: 'testgen',
    state: 'exited',
    isOomKilled: true,
    exitCode: 137,
    restartCount: 3,
    memoryPercent: 99,
  };
  const [best] = matchSymptoms(runbook, { ...healthy, containers: [container] });
  assert.equal(best?.title, 'Scenario 2: High Memory Usage');
  assert.match(best?.hits.map(hit => hit.quote).join('\n') ?? '', /OOMKilled/);
});

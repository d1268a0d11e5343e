import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redactingProbe } from '../../../src/app/health/redactingProbe.ts';
import type { ProbeTarget } from '../../../src/domain/health/model.ts';
import type { Probe } from '../../../src/ports.ts';

test('what a probe quotes is masked before anybody keeps it', async () => {
  const target: ProbeTarget = {
    id: 'p',
    serviceId: 's',
    title: 'p',
    spec: { kind: 'tcp', host: 'localhost', port: 1 },
    intervalMs: 1000,
    timeoutMs: 1000,
    forMs: 0,
    source: undefined,
  };
  const probe: Probe = {
    kind: 'tcp',
    check: async () => ({
      verdict: 'down',
      seen: 'said hunter2',
      wanted: '200',
      atMs: 1,
      tookMs: 2,
      facts: { banner: 'hunter2' },
    }),
  };
  const outcome = await redactingProbe(probe, text => text.replaceAll('hunter2', '***')).check(
    target,
    new AbortController().signal,
  );
  assert.deepEqual([outcome.seen, outcome.facts?.['banner'], outcome.wanted], ['said ***', '***', '200']);
});

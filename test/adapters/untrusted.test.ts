import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createAdapters } from '../../src/adapters/adapters.ts';
import type { ProbeSpec } from '../../src/domain/health/model.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-trust-'));
after(() => fs.rmSync(base, { recursive: true, force: true }));

function adaptersFor(isTrusted: boolean, engine: string) {
  return createAdapters({
    engineSetting: () => engine,
    readSecret: async () => undefined,
    isTrusted: () => isTrusted,
    cwd: base,
    loadKubernetes: () => import('../../src/adapters/kubernetes/kubernetes.ts'),
  });
}

test('an engine that the workspace names is reached only when the workspace is trusted', async () => {
  const socketPath = path.join(base, 'engine.sock');
  let connections = 0;
  const server = net.createServer(socket => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(socketPath, resolve));
  try {
    for (const [isTrusted, least] of [
      [false, 0],
      [true, 1],
    ] as const) {
      const adapters = adaptersFor(isTrusted, `unix://${socketPath}`);
      await adapters.engine.list().catch(() => undefined);
      const { state } = adapters.engine;
      adapters.dispose();
      assert.ok(isTrusted ? connections >= least : connections === 0);
      const problems = state.kind === 'absent' ? state.attempts.map(attempt => attempt.problem) : [];
      assert.equal(problems.includes('the workspace is not trusted'), !isTrusted);
    }
  } finally {
    server.close();
  }
});

test('neither a command check nor a program that a kubeconfig names runs before trust', async () => {
  const proof = path.join(base, 'ran');
  const adapters = adaptersFor(false, '');
  const specs: readonly ProbeSpec[] = [
    { kind: 'command', command: `touch '${proof}'` },
    { kind: 'kubernetes', workload: 'deployment/x', namespace: 'default' },
  ];
  for (const spec of specs) {
    const target = {
      id: 'x',
      serviceId: 'x',
      title: 'x',
      spec,
      intervalMs: 1000,
      timeoutMs: 1000,
      forMs: 0,
      source: undefined,
    };
    const outcome = await adapters.probe(spec.kind)?.check(target, new AbortController().signal);
    assert.equal(outcome?.verdict, 'unknown');
    assert.match(outcome.seen, /not trusted/);
  }
  adapters.dispose();
  assert.equal(fs.existsSync(proof), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseKubeconfig } from '../../../src/domain/health/kubeconfig.ts';
import { judgeWorkload, workloadPath } from '../../../src/domain/health/workload.ts';

test('workloads are found by kind and name', () => {
  const rows: [string, string | undefined][] = [
    ['web', '/apis/apps/v1/namespaces/n/deployments/web'],
    ['deployment/web', '/apis/apps/v1/namespaces/n/deployments/web'],
    ['pods/web-1', '/api/v1/namespaces/n/pods/web-1'],
    ['sts/db', '/apis/apps/v1/namespaces/n/statefulsets/db'],
    ['node/x', undefined],
  ];
  for (const [workload, path] of rows) {
    const result = workloadPath(workload, 'n');
    assert.equal(result.ok ? result.value : undefined, path, workload);
  }
});

test('readiness decides, and a pod that cannot start says why', () => {
  const deployment = (replicas: number, readyReplicas: number | undefined) => ({
    kind: 'Deployment',
    spec: { replicas },
    status: { readyReplicas },
  });
  const pod = (status: unknown) => ({ kind: 'Pod', status });
  const rows: [unknown, string, string][] = [
    [deployment(3, 3), 'up', '3 of 3 ready'],
    [deployment(3, 1), 'degraded', '1 of 3 ready'],
    [deployment(3, undefined), 'down', '0 of 3 ready'],
    [deployment(0, undefined), 'degraded', 'scaled to nothing'],
    [{ kind: 'DaemonSet', status: { desiredNumberScheduled: 2, numberReady: 2 } }, 'up', '2 of 2 ready'],
    [pod({ phase: 'Running', containerStatuses: [{ ready: true }] }), 'up', 'Running, 1 of 1 ready'],
    [pod({ phase: 'Running', containerStatuses: [{ ready: false }] }), 'down', 'Running, 0 of 1 ready'],
    [
      pod({
        phase: 'Running',
        containerStatuses: [
          {
            ready: false,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { reason: 'OOMKilled' } },
          },
        ],
      }),
      'down',
      'CrashLoopBackOff after OOMKilled',
    ],
    [pod({ phase: 'Failed' }), 'down', 'Failed, 0 of 0 ready'],
    [pod({}), 'unknown', 'unknown, 0 of 0 ready'],
  ];
  for (const [value, verdict, seen] of rows) {
    const judged = judgeWorkload(value);
    assert.deepEqual([judged.verdict, judged.seen], [verdict, seen]);
  }
});

test('a kubeconfig gives server and credentials of the wanted context', () => {
  const text = `
current-context: a
contexts: [{name: a, context: {cluster: c, user: u}}, {name: b, context: {cluster: none, user: u}}]
clusters: [{name: c, cluster: {server: "https://k:6443", certificate-authority-data: Q0E=}}]
users: [{name: u, user: {token: t, exec: {command: aws, args: [eks, get-token]}}}]
`;
  const access = parseKubeconfig(text);
  assert.ok(access.ok);
  assert.equal(access.value.server, 'https://k:6443');
  assert.equal(access.value.token, 't');
  assert.deepEqual(access.value.exec, { command: 'aws', args: ['eks', 'get-token'] });
  for (const [broken, context] of [
    [text, 'b'],
    [text, 'z'],
    ['{', undefined],
    ['', undefined],
  ] as const)
    assert.equal(parseKubeconfig(broken, context).ok, false);
});

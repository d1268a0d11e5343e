import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeWorkload, parseWorkload, type WorkloadKind } from '../../../src/domain/health/workload.ts';

test('workloads are found by kind and name', () => {
  const rows: [string, { kind: string; name: string } | undefined][] = [
    ['web', { kind: 'deployment', name: 'web' }],
    ['deployment/web', { kind: 'deployment', name: 'web' }],
    ['pods/web-1', { kind: 'pod', name: 'web-1' }],
    ['sts/db', { kind: 'statefulset', name: 'db' }],
    ['node/x', undefined],
  ];
  for (const [workload, ref] of rows) {
    const result = parseWorkload(workload);
    assert.deepEqual(result.ok ? result.value : undefined, ref, workload);
  }
});

test('readiness decides, and a pod that cannot start says why', () => {
  const deployment = (replicas: number, readyReplicas: number | undefined) => ({
    spec: { replicas },
    status: { readyReplicas },
  });
  const pod = (status: unknown) => ({ status });
  const rows: [WorkloadKind, unknown, string, string][] = [
    ['deployment', deployment(3, 3), 'up', '3 of 3 ready'],
    ['deployment', deployment(3, 1), 'degraded', '1 of 3 ready'],
    ['deployment', deployment(3, undefined), 'down', '0 of 3 ready'],
    ['deployment', deployment(0, undefined), 'degraded', 'scaled to nothing'],
    ['daemonset', { status: { desiredNumberScheduled: 2, numberReady: 2 } }, 'up', '2 of 2 ready'],
    ['pod', pod({ phase: 'Running', containerStatuses: [{ ready: true }] }), 'up', 'Running, 1 of 1 ready'],
    [
      'pod',
      pod({ phase: 'Running', containerStatuses: [{ ready: false }] }),
      'down',
      'Running, 0 of 1 ready',
    ],
    [
      'pod',
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
    ['pod', pod({ phase: 'Failed' }), 'down', 'Failed, 0 of 0 ready'],
    ['pod', pod({}), 'unknown', 'unknown, 0 of 0 ready'],
  ];
  for (const [kind, value, verdict, seen] of rows) {
    const judged = judgeWorkload(kind, value);
    assert.deepEqual([judged.verdict, judged.seen], [verdict, seen]);
  }
});

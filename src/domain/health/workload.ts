import { fail, ok, type Result } from '../../base/result.ts';
import type { Verdict } from './model.ts';

export interface WorkloadJudgement {
  readonly verdict: Verdict;
  readonly seen: string;
  readonly wanted?: string;
}

export type WorkloadKind = 'deployment' | 'statefulset' | 'daemonset' | 'pod';

export interface WorkloadRef {
  readonly kind: WorkloadKind;
  readonly name: string;
}

const kinds: Readonly<Record<string, WorkloadKind>> = {
  deployment: 'deployment',
  deploy: 'deployment',
  statefulset: 'statefulset',
  sts: 'statefulset',
  daemonset: 'daemonset',
  ds: 'daemonset',
  pod: 'pod',
  po: 'pod',
};

/** Reads `deployment/web`, `sts/db`, `pods/x`, or a bare name (a deployment). */
export function parseWorkload(text: string): Result<WorkloadRef> {
  const [first = '', second] = text.split('/', 2);
  if (second === undefined) return ok({ kind: 'deployment', name: first });
  const word = first.toLowerCase();
  const kind = kinds[word] ?? kinds[word.replace(/s$/, '')];
  if (kind === undefined)
    return fail(`"${first}" is no kind of workload; use deployment, statefulset, daemonset or pod`);
  return ok({ kind, name: second });
}

/** The object that the API gave. */
export function judgeWorkload(kind: WorkloadKind, value: unknown): WorkloadJudgement {
  const root = record(value);
  const status = record(root['status']);
  if (kind === 'pod') return judgePod(status);
  const spec = record(root['spec']);
  const isDaemon = kind === 'daemonset';
  const wanted = Number((isDaemon ? status['desiredNumberScheduled'] : spec['replicas']) ?? 1);
  const ready = Number((isDaemon ? status['numberReady'] : status['readyReplicas']) ?? 0);
  const seen = `${ready} of ${wanted} ready`;
  if (wanted === 0) return { verdict: 'degraded', seen: 'scaled to nothing' };
  if (ready >= wanted) return { verdict: 'up', seen };
  return { verdict: ready === 0 ? 'down' : 'degraded', seen, wanted: `${wanted} ready` };
}

function judgePod(status: Readonly<Record<string, unknown>>): WorkloadJudgement {
  const containers = list(status['containerStatuses']).map(record);
  for (const container of containers) {
    const waiting = record(record(container['state'])['waiting']);
    const ended = record(
      record(container['lastState'])['terminated'] ?? record(container['state'])['terminated'],
    );
    if (typeof waiting['reason'] !== 'string' || waiting['reason'] === 'ContainerCreating') continue;
    const cause = typeof ended['reason'] === 'string' ? ` after ${ended['reason']}` : '';
    return { verdict: 'down', seen: `${waiting['reason']}${cause}` };
  }
  const phase = String(status['phase'] ?? 'unknown');
  const ready = containers.filter(container => container['ready'] === true).length;
  const seen = `${phase}, ${ready} of ${containers.length} ready`;
  if (phase === 'Running' && ready === containers.length && ready > 0) return { verdict: 'up', seen };
  if (phase === 'Pending' || phase === 'Running') return { verdict: ready === 0 ? 'down' : 'degraded', seen };
  return { verdict: phase === 'Succeeded' || phase === 'Failed' ? 'down' : 'unknown', seen };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

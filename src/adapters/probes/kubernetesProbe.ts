import type { Clock } from '../../base/clock.ts';
import type { ProbeOutcome, ProbeSpec, ProbeTarget } from '../../domain/health/model.ts';
import { judgeWorkload, parseWorkload, type WorkloadRef } from '../../domain/health/workload.ts';
import type { Probe } from '../../ports.ts';
import type { Cluster, Clusters } from '../kubernetes/clusters.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { networkFinding } from './networkProblem.ts';

type KubernetesSpec = Extract<ProbeSpec, { kind: 'kubernetes' }>;

export interface KubernetesNeeds {
  /** The client is read from disk when the first such check runs. */
  readonly clusters: () => Promise<Clusters>;
  readonly isTrusted: () => boolean;
}

/** A workload's readiness as the cluster's API tells it. A cluster that cannot be asked says nothing of the workload. */
export class KubernetesProbe implements Probe {
  readonly kind = 'kubernetes';
  private readonly clock: Clock;
  private readonly needs: KubernetesNeeds;

  constructor(clock: Clock, needs: KubernetesNeeds) {
    this.clock = clock;
    this.needs = needs;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'kubernetes')
      return attempt.outcome({ verdict: 'unknown', seen: 'not a Kubernetes check' });
    // The kubeconfig may name a program to run.
    if (!this.needs.isTrusted())
      return attempt.outcome({ verdict: 'unknown', seen: 'not asked: the workspace is not trusted' });
    const workload = parseWorkload(spec.workload);
    if (!workload.ok) return attempt.outcome({ verdict: 'unknown', seen: workload.error });
    const late = () => attempt.outcome({ verdict: 'unknown', seen: 'the cluster did not answer in time' });
    try {
      return await untilAbort(signal, late, () => this.ask(spec, workload.value, attempt, signal));
    } catch (error) {
      return this.refused(spec, error, attempt);
    }
  }

  private async ask(
    spec: KubernetesSpec,
    workload: WorkloadRef,
    attempt: Attempt,
    signal: AbortSignal,
  ): Promise<ProbeOutcome> {
    const clusters = await this.needs.clusters();
    const cluster = await clusters.open(spec.context);
    const found = await read(cluster, workload, spec.namespace, signal);
    return attempt.outcome(judgeWorkload(workload.kind, found));
  }

  private refused(spec: KubernetesSpec, error: unknown, attempt: Attempt): ProbeOutcome {
    const status = statusOf(error);
    if (status === 404)
      return attempt.outcome({ verdict: 'down', seen: `no ${spec.workload} in ${spec.namespace}` });
    const isOurs = error instanceof Error && error.name === 'ClusterError';
    if (isOurs) return attempt.outcome({ verdict: 'unknown', seen: error.message });
    const why =
      status === undefined
        ? networkFinding(error).seen
        : status === 401 || status === 403
          ? 'not authorised'
          : `status ${status}`;
    return attempt.outcome({ verdict: 'unknown', seen: `the cluster cannot be asked: ${why}` });
  }
}

function read(cluster: Cluster, { kind, name }: WorkloadRef, namespace: string, signal: AbortSignal) {
  const wanted = { name, namespace };
  switch (kind) {
    case 'deployment':
      return cluster.apps(signal).readNamespacedDeployment(wanted);
    case 'statefulset':
      return cluster.apps(signal).readNamespacedStatefulSet(wanted);
    case 'daemonset':
      return cluster.apps(signal).readNamespacedDaemonSet(wanted);
    case 'pod':
      return cluster.core(signal).readNamespacedPod(wanted);
  }
}

/** The client's exceptions carry the status as `code`; those of the network have a word there. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

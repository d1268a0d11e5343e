import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { errorText } from '../../base/errors.ts';
import { parseKubeconfig } from '../../domain/health/kubeconfig.ts';
import type { ProbeOutcome, ProbeSpec, ProbeTarget } from '../../domain/health/model.ts';
import { judgeWorkload, workloadPath } from '../../domain/health/workload.ts';
import type { Probe } from '../../ports.ts';
import { Attempt, untilAbort } from './attempt.ts';
import { askCluster } from './kubernetesAccess.ts';
import { networkFinding } from './networkProblem.ts';

type KubernetesSpec = Extract<ProbeSpec, { kind: 'kubernetes' }>;

/**
 * A workload's readiness as the cluster's API tells it. Over node's own client: the usual library weighs 4 MB, of
 * which one GET is needed. A cluster that cannot be asked is `unknown`: that says nothing of the workload.
 */
export class KubernetesProbe implements Probe {
  readonly kind = 'kubernetes';
  private readonly clock: Clock;
  private readonly isTrusted: () => boolean;

  constructor(clock: Clock, isTrusted: () => boolean) {
    this.clock = clock;
    this.isTrusted = isTrusted;
  }

  async check(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const attempt = new Attempt(target, this.clock);
    const { spec } = target;
    if (spec.kind !== 'kubernetes')
      return attempt.outcome({ verdict: 'unknown', seen: 'not a Kubernetes check' });
    // The kubeconfig may name a program to run.
    if (!this.isTrusted())
      return attempt.outcome({ verdict: 'unknown', seen: 'not asked: the workspace is not trusted' });
    const late = () => attempt.outcome({ verdict: 'unknown', seen: 'the cluster did not answer in time' });
    try {
      return await untilAbort(signal, late, () => this.ask(spec, attempt, signal));
    } catch (error) {
      const { seen } = networkFinding(error);
      return attempt.outcome({
        verdict: 'unknown',
        seen: `the cluster cannot be asked: ${seen || errorText(error)}`,
      });
    }
  }

  private async ask(spec: KubernetesSpec, attempt: Attempt, signal: AbortSignal): Promise<ProbeOutcome> {
    const apiPath = workloadPath(spec.workload, spec.namespace);
    if (!apiPath.ok) return attempt.outcome({ verdict: 'unknown', seen: apiPath.error });
    const text = await fs.readFile(kubeconfigFile(), 'utf8').catch(() => undefined);
    if (text === undefined) return attempt.outcome({ verdict: 'unknown', seen: 'no kubeconfig file here' });
    const access = parseKubeconfig(text, spec.context);
    if (!access.ok) return attempt.outcome({ verdict: 'unknown', seen: access.error });
    const { status, body } = await askCluster(access.value, apiPath.value, signal);
    if (status === 200) return attempt.outcome(judgeWorkload(body));
    if (status === 404)
      return attempt.outcome({ verdict: 'down', seen: `no ${spec.workload} in ${spec.namespace}` });
    const why = status === 401 || status === 403 ? 'not authorised' : `status ${status}`;
    return attempt.outcome({ verdict: 'unknown', seen: `the cluster cannot be asked: ${why}` });
  }
}

function kubeconfigFile(): string {
  const [first] = (process.env['KUBECONFIG'] ?? '').split(path.delimiter);
  return first ? first : path.join(os.homedir(), '.kube', 'config');
}

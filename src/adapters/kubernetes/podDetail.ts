import type { V1ContainerStateTerminated, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { ContainerDetail } from '../../ports.ts';

/** The wanted container, the one that the pod names as its default, or its first. */
export function containerOf(pod: V1Pod, wanted: string | undefined): string | undefined {
  const named = pod.metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  return wanted ?? named ?? pod.spec?.containers[0]?.name ?? pod.status?.containerStatuses?.[0]?.name;
}

/** A pod that is made anew under the same name, or for the same workload, is another one: its id is the pod's. */
export function toDetail(pod: V1Pod, wanted: string | undefined): ContainerDetail {
  const name = containerOf(pod, wanted);
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  const status = statuses.find(item => item.name === name);
  const { metadata } = pod;
  return {
    id: `${metadata?.uid ?? ''}/${name ?? ''}`,
    name: metadata?.name ?? '',
    image: status?.image ?? '',
    statusText: pod.status?.phase ?? '',
    labels: metadata?.labels ?? {},
    createdAtMs: toMs(metadata?.creationTimestamp) ?? 0,
    isTty: true,
    restartCount: status?.restartCount ?? 0,
    health: undefined,
    logDriver: 'kubernetes',
    ...runOf(status),
  };
}

type Run = Pick<
  ContainerDetail,
  'state' | 'startedAtMs' | 'finishedAtMs' | 'exitCode' | 'isOomKilled' | 'lastRun'
>;

function runOf(status: V1ContainerStatus | undefined): Run {
  const { state, lastState } = status ?? {};
  // Waiting for its next start, the container is what its last run left.
  const ended = state?.terminated ?? (state?.running === undefined ? lastState?.terminated : undefined);
  const before = ended === undefined ? lastState?.terminated : undefined;
  return {
    state: state?.running !== undefined ? 'running' : ended === undefined ? 'created' : 'exited',
    startedAtMs: toMs(state?.running?.startedAt ?? ended?.startedAt),
    finishedAtMs: toMs(ended?.finishedAt),
    exitCode: ended?.exitCode,
    isOomKilled: ended?.reason === 'OOMKilled',
    ...(before === undefined ? {} : { lastRun: toLastRun(before) }),
  };
}

function toLastRun({
  finishedAt,
  exitCode,
  reason,
}: V1ContainerStateTerminated): NonNullable<Run['lastRun']> {
  return { finishedAtMs: toMs(finishedAt) ?? 0, exitCode, isOomKilled: reason === 'OOMKilled' };
}

function toMs(time: Date | undefined): number | undefined {
  return time === undefined ? undefined : new Date(time).getTime();
}

import type { V1LabelSelector, V1Pod } from '@kubernetes/client-node';
import { isOnePod, type PodTarget } from '../../domain/logs/model.ts';
import type { Cluster } from './clusters.ts';

/** The pod followed so far while it lives; else the newest that fits. Undefined when there is none. */
export async function findPod(
  cluster: Cluster,
  wanted: PodTarget,
  followedUid: string | undefined,
  signal: AbortSignal,
): Promise<V1Pod | undefined> {
  const namespace = wanted.namespace ?? cluster.namespace;
  try {
    if (isOnePod(wanted)) {
      return await cluster.core(signal).readNamespacedPod({ name: partsOf(wanted).name, namespace });
    }
    const items = await listPods(cluster, wanted, signal);
    return items.find(pod => pod.metadata?.uid === followedUid && isAlive(pod)) ?? newest(items);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 404) return undefined;
    throw error;
  }
}

/** All that run and are not on their way out, newest first. */
export async function findRunningPods(
  cluster: Cluster,
  wanted: PodTarget,
  signal: AbortSignal,
): Promise<readonly V1Pod[]> {
  const items = await listPods(cluster, wanted, signal);
  return byAge(items.filter(pod => isAlive(pod) && pod.status?.phase === 'Running'));
}

async function listPods(cluster: Cluster, wanted: PodTarget, signal: AbortSignal): Promise<readonly V1Pod[]> {
  const namespace = wanted.namespace ?? cluster.namespace;
  const { kind, name } = partsOf(wanted);
  const labelSelector = wanted.selector ?? (await selectorOf(cluster, kind, { name, namespace }, signal));
  return (await cluster.core(signal).listNamespacedPod({ namespace, labelSelector })).items;
}

function partsOf({ target = '' }: PodTarget): { readonly kind: string; readonly name: string } {
  const [, kind = '', name = ''] = /^(?:([\w.]+)\/)?(.*)$/s.exec(target) ?? [];
  return { kind, name };
}

async function selectorOf(
  cluster: Cluster,
  kind: string,
  at: { readonly name: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<string> {
  const apps = cluster.apps(signal);
  const short = kind.toLowerCase().split('.')[0] ?? '';
  const found = /^(?:sts|statefulsets?)$/.test(short)
    ? await apps.readNamespacedStatefulSet(at)
    : /^(?:ds|daemonsets?)$/.test(short)
      ? await apps.readNamespacedDaemonSet(at)
      : await apps.readNamespacedDeployment(at);
  return toLabelSelector(found.spec?.selector);
}

function toLabelSelector(selector: V1LabelSelector | undefined): string {
  return Object.entries(selector?.matchLabels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

function isAlive(pod: V1Pod): boolean {
  return pod.metadata?.deletionTimestamp === undefined;
}

function newest(pods: readonly V1Pod[]): V1Pod | undefined {
  return byAge(pods)[0];
}

/** Newest first; those that are on their way out last. */
function byAge(pods: readonly V1Pod[]): readonly V1Pod[] {
  const createdMs = (pod: V1Pod) => new Date(pod.metadata?.creationTimestamp ?? 0).getTime();
  return pods.toSorted((a, b) => Number(isAlive(b)) - Number(isAlive(a)) || createdMs(b) - createdMs(a));
}

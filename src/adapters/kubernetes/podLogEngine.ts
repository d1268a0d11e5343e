import type { V1Pod } from '@kubernetes/client-node';
import { Emitter } from '../../base/emitter.ts';
import type { PodTarget } from '../../domain/logs/model.ts';
import type { ContainerDetail, ContainerEvent, LogEngine, LogOpenOptions, PodLogs } from '../../ports.ts';
import { type Cluster, ClusterError, type Clusters } from './clusters.ts';
import { containerOf, toDetail } from './podDetail.ts';
import { findPod, findRunningPods } from './podFinder.ts';

export interface PodNeeds {
  /** The client is read from disk when the first pod is asked for. */
  readonly clusters: () => Promise<Clusters>;
  readonly isTrusted: () => boolean;
}

export class ClusterPodLogs implements PodLogs {
  private readonly needs: PodNeeds;

  constructor(needs: PodNeeds) {
    this.needs = needs;
  }

  engineOf(pod: PodTarget): LogEngine {
    return new PodLogEngine(pod, this.needs);
  }

  async namesOf(wanted: PodTarget, signal: AbortSignal): Promise<readonly string[]> {
    const pods = await findRunningPods(await openCluster(this.needs, wanted), wanted, signal);
    return pods.map(pod => pod.metadata?.name ?? '').filter(name => name !== '');
  }
}

/**
 * A pod's container as the engine of one container. A restart begins another log; what was not read of the one before
 * it is read first.
 */
class PodLogEngine implements LogEngine {
  /** A cluster is looked at now and then; it sends no events here. */
  readonly onDidEvent = new Emitter<ContainerEvent>().event;
  readonly onDidReconnect = new Emitter<void>().event;
  private readonly wanted: PodTarget;
  private readonly needs: PodNeeds;
  private followedUid: string | undefined;

  constructor(wanted: PodTarget, needs: PodNeeds) {
    this.wanted = wanted;
    this.needs = needs;
  }

  async find(_ref: unknown, signal = new AbortController().signal): Promise<ContainerDetail | undefined> {
    const pod = await findPod(await this.cluster(), this.wanted, this.followedUid, signal);
    this.followedUid = pod?.metadata?.uid;
    return pod && toDetail(pod, this.wanted.container);
  }

  async inspect(id: string, signal?: AbortSignal): Promise<ContainerDetail | undefined> {
    const detail = await this.find(undefined, signal);
    return detail?.id === id ? detail : undefined;
  }

  async openLog(
    id: string,
    options: LogOpenOptions,
    onChunk: (chunk: Uint8Array) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const cluster = await this.cluster();
    const pod = await findPod(cluster, this.wanted, this.followedUid, signal);
    const detail = pod && toDetail(pod, this.wanted.container);
    if (pod === undefined || detail?.id !== id) throw new ClusterError('no such pod', 404);
    if (isFromBefore(detail, options)) {
      const earlier = logPath(pod, this.wanted, { ...options, follow: false });
      // Kept for one run only, and not by every cluster.
      await read(cluster, `${earlier}&previous=true`, onChunk, signal).catch(() => undefined);
    }
    if (!signal.aborted) await read(cluster, logPath(pod, this.wanted, options), onChunk, signal);
  }

  private cluster(): Promise<Cluster> {
    return openCluster(this.needs, this.wanted);
  }
}

async function openCluster(needs: PodNeeds, { context }: PodTarget): Promise<Cluster> {
  // The kubeconfig may name a program to run.
  if (!needs.isTrusted()) throw new ClusterError('not asked: the workspace is not trusted');
  const clusters = await needs.clusters();
  return clusters.open(context);
}

/** Whether what is asked for begins in the run before the present one. */
function isFromBefore({ lastRun, startedAtMs = 0 }: ContainerDetail, { sinceNs }: LogOpenOptions): boolean {
  return lastRun !== undefined && (sinceNs === undefined || sinceNs < BigInt(startedAtMs) * 1_000_000n);
}

function logPath(pod: V1Pod, { container }: PodTarget, options: LogOpenOptions): string {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const query = new URLSearchParams({ timestamps: 'true', container: containerOf(pod, container) ?? '' });
  if (options.follow) query.set('follow', 'true');
  if (options.tail !== undefined) query.set('tailLines', String(options.tail));
  // Clusters keep the whole second of it: what comes twice the reader knows by its time.
  if (options.sinceNs !== undefined) {
    query.set('sinceTime', new Date(Number(options.sinceNs / 1_000_000n)).toISOString());
  }
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log?${query}`;
}

async function read(
  cluster: Cluster,
  path: string,
  onChunk: (chunk: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await cluster.openStream(path, signal);
  await new Promise<void>((resolve, reject) => {
    response.on('data', onChunk);
    response.once('end', resolve);
    response.once('error', error => (signal.aborted ? resolve() : reject(error)));
    response.once('close', resolve);
  });
}

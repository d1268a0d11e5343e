import type { IncomingMessage } from 'node:http';
import type { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';

/** One cluster as one user of it, after a kubeconfig. */
export interface Cluster {
  /** The kubeconfig's name for it. */
  readonly context: string;
  /** What the context names, else `default`. */
  readonly namespace: string;
  /** Typed requests; they reject with the client's `ApiException` (`code` is the status) or the network's error. */
  apps(signal: AbortSignal): AppsV1Api;
  core(signal: AbortSignal): CoreV1Api;
  /**
   * A long answer (a pod's log, a watch) as its bytes come, once the head is there. `path` with its query. Rejects with
   * `ClusterError` for an answer that is no success; the signal ends the stream too.
   */
  openStream(path: string, signal: AbortSignal): Promise<IncomingMessage>;
}

/** Clusters by the kubeconfig's contexts. Opening one may later run the program that the kubeconfig names for a token. */
export interface Clusters {
  /** Rejects with `ClusterError` without a status when there is no kubeconfig file or no such context. */
  open(context: string | undefined): Promise<Cluster>;
}

/** What stands between us and a cluster, as a sentence; `status` when the cluster itself said so. */
export class ClusterError extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'ClusterError';
    this.status = status;
  }
}

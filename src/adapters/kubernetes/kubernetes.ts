// A bundle of its own: the client weighs as much as everything else together, and only who has a cluster needs it.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { type Cluster, ClusterError, type Clusters } from './clusters.ts';
import { ConfigCluster } from './configCluster.ts';

export interface KubernetesSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
}

const here: KubernetesSurroundings = { env: process.env, homeDir: os.homedir() };

/** Reads the kubeconfig files anew when one of them has changed; until then credentials that a program gave are kept. */
export function createClusters(from: KubernetesSurroundings = here): Clusters {
  let known: { readonly stamp: string; readonly clusters: Map<string, Cluster> } | undefined;
  return {
    async open(context) {
      const files = kubeconfigFiles(from);
      const stamp = await stampOf(files);
      if (stamp === undefined) throw new ClusterError('no kubeconfig file here');
      if (known?.stamp !== stamp) known = { stamp, clusters: new Map() };
      const key = context ?? '';
      const cluster = known.clusters.get(key) ?? new ConfigCluster(await readConfig(files), context);
      known.clusters.set(key, cluster);
      return cluster;
    },
  };
}

/** As kubectl does: all that KUBECONFIG names, else the one in the home folder. */
function kubeconfigFiles({ env, homeDir }: KubernetesSurroundings): readonly string[] {
  const named = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter(file => file !== '');
  return named.length > 0 ? named : [path.join(homeDir, '.kube', 'config')];
}

/** Undefined when none of them is there. */
async function stampOf(files: readonly string[]): Promise<string | undefined> {
  const stats = await Promise.all(files.map(file => fs.stat(file).catch(() => undefined)));
  if (stats.every(stat => stat === undefined)) return undefined;
  return JSON.stringify(stats.map((stat, i) => [files[i], stat?.mtimeMs, stat?.size, stat?.ino]));
}

/** Of what several files name alike the first counts. */
async function readConfig(files: readonly string[]): Promise<KubeConfig> {
  const all = new KubeConfig();
  for (const file of files) {
    const text = await fs.readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    try {
      const one = new KubeConfig();
      one.loadFromString(text);
      one.makePathsAbsolute(path.dirname(file));
      merge(all, one);
    } catch {
      throw new ClusterError('the kubeconfig file cannot be read');
    }
  }
  return all;
}

function merge(all: KubeConfig, one: KubeConfig): void {
  if (!all.currentContext && one.currentContext) all.setCurrentContext(one.currentContext);
  for (const cluster of one.clusters) if (all.getCluster(cluster.name) === null) all.addCluster(cluster);
  for (const user of one.users) if (all.getUser(user.name) === null) all.addUser(user);
  for (const context of one.contexts)
    if (all.getContextObject(context.name) === null) all.addContext(context);
}

import fs from 'node:fs/promises';
import os from 'node:os';
import { systemClock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import type { ProbeKind } from '../domain/health/model.ts';
import type { LossLookups, PodLogs, Probe } from '../ports.ts';
import { engineCandidates } from './docker/candidates.ts';
import { DockerEngine } from './docker/dockerEngine.ts';
import type { EngineCandidate } from './docker/endpoint.ts';
import type { EngineChoice, EngineSurroundings } from './docker/surroundings.ts';
import type { Clusters } from './kubernetes/clusters.ts';
import { ClusterPodLogs } from './kubernetes/podLogEngine.ts';
import { CommandProbe } from './probes/commandProbe.ts';
import { ContainerProbe } from './probes/containerProbe.ts';
import { DnsProbe } from './probes/dnsProbe.ts';
import { EngineProbe } from './probes/engineProbe.ts';
import { HostProbe } from './probes/hostProbe.ts';
import { HttpProbe } from './probes/httpProbe.ts';
import { KubernetesProbe } from './probes/kubernetesProbe.ts';
import { MetricsProbe } from './probes/metricsProbe.ts';
import { PostgresProbe } from './probes/postgresProbe.ts';
import { PrometheusProbe } from './probes/prometheusProbe.ts';
import { RedisProbe } from './probes/redisProbe.ts';
import type { ReadSecret } from './probes/secrets.ts';
import { TcpProbe } from './probes/tcpProbe.ts';
import { TlsProbe } from './probes/tlsProbe.ts';
import { countFiles } from './steps/countFiles.ts';
import { countKeys } from './steps/countKeys.ts';

export interface AdapterOptions {
  /** The setting that names the container engine's address, read at every attempt to connect. */
  readonly engineSetting: () => string | undefined;
  /** The engine of the chosen environment; comes before the setting. */
  readonly engineChoice?: () => EngineChoice;
  readonly readSecret: ReadSecret;
  /** Whether commands of the workspace may be run, and addresses that it names be reached. */
  readonly isTrusted: () => boolean;
  /** The workspace folder: where commands run. */
  readonly cwd: string | undefined;
  /** Reads the Kubernetes client, a bundle of its own, from disk. */
  readonly loadKubernetes: () => Promise<KubernetesBundle>;
}

export type KubernetesBundle = typeof import('./kubernetes/kubernetes.ts');

/** Everything of the outside world that is read from disk on first use only. */
export interface Adapters extends Disposable {
  readonly engine: DockerEngine;
  probe(kind: ProbeKind): Probe | undefined;
  readonly lossLookups: LossLookups;
  /** Logs of pods; like `clusters`. */
  readonly pods: PodLogs;
  /** Kubernetes clusters by context; the client is read on first use. To be asked in a trusted workspace only. */
  clusters(): Promise<Clusters>;
}

export function createAdapters(options: AdapterOptions): Adapters {
  const engine = new DockerEngine({
    candidates: async () => (options.isTrusted() ? engineCandidates(surroundings(options)) : [untrusted]),
    clock: systemClock,
    random: Math.random,
  });
  let opened: Promise<Clusters> | undefined;
  const clusters = () => {
    opened ??= options.loadKubernetes().then(({ createClusters }) => createClusters());
    return opened;
  };
  const redis = new RedisProbe(systemClock, options.readSecret);
  const probes: readonly Probe[] = [
    new HttpProbe(systemClock, options.readSecret),
    new TcpProbe(systemClock),
    new DnsProbe(systemClock),
    new TlsProbe(systemClock),
    redis,
    new PostgresProbe(systemClock),
    new ContainerProbe(systemClock, engine),
    new EngineProbe(systemClock, engine),
    new HostProbe(systemClock),
    new CommandProbe(systemClock, options.isTrusted, options.cwd),
    new PrometheusProbe(systemClock),
    new MetricsProbe(systemClock),
    new KubernetesProbe(systemClock, { clusters, isTrusted: options.isTrusted }),
  ];
  const byKind = new Map(probes.map(probe => [probe.kind, probe]));
  return {
    engine,
    probe: kind => byKind.get(kind),
    lossLookups: { countKeys, countFiles },
    clusters,
    pods: new ClusterPodLogs({ clusters, isTrusted: options.isTrusted }),
    dispose() {
      redis.dispose();
      engine.dispose();
    },
  };
}

/** The configuration may name the engine, and reaching it may start ssh: not before somebody trusts it. */
const untrusted: EngineCandidate = {
  endpoint: 'none',
  origin: 'workspace trust',
  address: undefined,
  problem: 'the workspace is not trusted',
};

function surroundings({ engineSetting, engineChoice }: AdapterOptions): EngineSurroundings {
  return {
    setting: engineSetting(),
    ...(engineChoice === undefined ? {} : { choice: engineChoice() }),
    env: process.env,
    homeDir: os.homedir(),
    uid: process.getuid?.(),
    platform: process.platform,
    readText: file => fs.readFile(file, 'utf8'),
  };
}

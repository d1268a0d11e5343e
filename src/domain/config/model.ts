import type { Service } from '../health/model.ts';
import type { At } from './yamlTree.ts';

/** Everything that `watchkeeper.yaml` (with its included files) says. */
export interface WatchConfig {
  /** Always at least one: `local` when the file names none. */
  readonly environments: readonly Environment[];
  readonly services: readonly Service[];
  readonly incident: IncidentConfig;
  /** Globs; undefined when the file does not say. */
  readonly runbooks: readonly string[] | undefined;
  readonly discovery: DiscoveryConfig;
  /** Every file that was read, the main one first. */
  readonly files: readonly string[];
}

export type ConsentLevel = 'normal' | 'strict';

/** Where commands and probes point. */
export interface Environment {
  readonly name: string;
  readonly title: string;
  readonly color: string | undefined;
  readonly consent: ConsentLevel;
  readonly variables: Readonly<Record<string, string>>;
  /** Variable → name of the secret that holds its value. */
  readonly secretVariables: Readonly<Record<string, string>>;
  /** Longest names first, so that `testgen-service:8000` is tried before `testgen-service`. */
  readonly aliases: readonly Alias[];
  readonly docker: { readonly context: string | undefined; readonly host: string | undefined };
  readonly kubernetes: { readonly context: string | undefined; readonly namespace: string | undefined };
  readonly at: At | undefined;
}

/** A host, `host:port` or container as runbooks and probes name it, and what it is called in an environment. */
export interface Alias {
  readonly from: string;
  readonly to: string;
}

export interface IncidentConfig {
  /** IANA name. */
  readonly timeZone: string | undefined;
  readonly reviewPath: string | undefined;
  readonly roles: readonly string[];
  readonly channels: Readonly<Record<string, string>>;
  readonly defaultSeverity: number | undefined;
}

export interface DiscoveryConfig {
  readonly isComposeRead: boolean;
  readonly composeFiles: readonly string[] | undefined;
  readonly areContainersAdded: boolean;
  readonly areRunbooksRead: boolean;
  readonly hide: readonly string[];
}

export const defaultTimes = { intervalMs: 10_000, timeoutMs: 3000, forMs: 60_000 } as const;

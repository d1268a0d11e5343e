import type { Service } from '../health/model.ts';
import type { Runbook } from '../runbook/model.ts';
import type { Environment, IncidentConfig } from './model.ts';
import type { FileProblem } from './yamlTree.ts';

/** Everything that says what there is to watch, as texts and plain data. */
export interface CatalogInput {
  readonly configFile: string;
  /** Undefined when there is no configuration file. */
  readonly configText: string | undefined;
  /** Included files by path. */
  readonly texts: Readonly<Record<string, string>>;
  readonly dotEnv: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the workspace's folder: compose names projects after it. */
  readonly folderName?: string;
  readonly composes: readonly { readonly file: string; readonly text: string }[];
  readonly containers: readonly CatalogContainer[];
  readonly runbooks: readonly Runbook[];
  readonly environment: string | undefined;
  /** Ids that are hidden besides those of `discovery.hide`. */
  readonly hidden?: readonly string[];
}

export interface CatalogContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Catalog {
  readonly services: readonly Service[];
  readonly environments: readonly Environment[];
  readonly incident: IncidentConfig | undefined;
  readonly runbookGlobs: readonly string[] | undefined;
  readonly problems: readonly FileProblem[];
  /** Ids that the configuration hides. */
  readonly hidden: readonly string[];
  /** The configuration file and what it includes. */
  readonly configFiles: readonly string[];
  /** Every file that was read: a change of one of them means reading again. */
  readonly files: readonly string[];
  /** True when the configuration file could not be used and an earlier one should stay in force. */
  readonly isBroken: boolean;
}

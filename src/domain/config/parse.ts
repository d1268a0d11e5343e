import { literalCredential } from './credentials.ts';
import { checkDependencies } from './dependencies.ts';
import { chooseEnvironment, localEnvironment, toEnvironment } from './environment.ts';
import { type ConfigFile, loadFiles } from './include.ts';
import { mergeFiles } from './merge.ts';
import type { DiscoveryConfig, IncidentConfig, WatchConfig } from './model.ts';
import { toService } from './services.ts';
import { Reading } from './shape.ts';
import { readFields } from './shapeCollections.ts';
import { type ConfigValues, configFields, type DiscoveryValues, type IncidentValues } from './table.ts';
import { type LookUp, lookUpIn, parseDotEnv } from './variables.ts';
import { childOf, type FileProblem, type Tree } from './yamlTree.ts';

export interface ParseOptions {
  /** Process environment; wins over `dotEnv`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text of `.env`. */
  readonly dotEnv?: string;
  /** The chosen environment: its variables win over `env`, and its Kubernetes settings fill in probes. */
  readonly environment?: string | undefined;
  /** Texts of included files by path relative to the workspace. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Ids known from discovery, which services of the file may depend on. */
  readonly knownServices?: readonly string[];
}

export interface ParsedConfig {
  /**
   * What could be read: everything but the broken parts. Undefined when the text is not YAML or not a mapping. With
   * an error among the problems, a caller that has an earlier good configuration should keep that one.
   */
  readonly config: WatchConfig | undefined;
  readonly problems: readonly FileProblem[];
}

/** Reads `watchkeeper.yaml`; every mistake becomes a problem at its place. Never throws on any text. */
export function parseConfig(text: string, file: string, options: ParseOptions = {}): ParsedConfig {
  const { files, problems } = loadFiles(text, file, options.texts ?? {});
  if (files[0]?.file !== file) {
    const isBlank = problems.length === 0;
    return { config: isBlank ? toConfig(noValues, [file], options) : undefined, problems };
  }
  const outside = lookUpIn(options.env, parseDotEnv(options.dotEnv ?? ''));
  const variables = variablesOf(files, outside, options.environment);
  const reading = new Reading(name => (Object.hasOwn(variables, name) ? variables[name] : outside(name)));
  const values = files.flatMap(({ root }) => readRoot(root, reading) ?? []);
  const config =
    values.length === 0
      ? undefined
      : toConfig(
          mergeFiles(values, reading),
          files.map(loaded => loaded.file),
          options,
          reading,
        );
  for (const { root } of files) reportCredentials(root, reading);
  return { config, problems: inOrder([...problems, ...reading.problems], files) };
}

const noValues: ConfigValues = {
  include: undefined,
  environments: undefined,
  services: undefined,
  defaults: undefined,
  incident: undefined,
  runbooks: undefined,
  discovery: undefined,
};

function readRoot(root: Tree, reading: Reading): ConfigValues | undefined {
  if (root.kind !== 'map')
    return reading.mismatch(root, 'a mapping with keys such as services and environments');
  return readFields(configFields, root, reading);
}

function toConfig(
  values: ConfigValues,
  files: readonly string[],
  options: ParseOptions,
  reading = new Reading(() => undefined),
): WatchConfig {
  const configured = (values.environments ?? []).map(toEnvironment);
  const environments = configured.length > 0 ? configured : [localEnvironment];
  const { kubernetes } = chooseEnvironment(environments, options.environment);
  const services = values.services ?? [];
  checkDependencies(services, options.knownServices ?? [], reading);
  return {
    environments,
    services: services.map(service => toService(service, { times: values.defaults, kubernetes }, reading)),
    incident: toIncident(values.incident),
    runbooks: values.runbooks?.map(item => item.value),
    discovery: toDiscovery(values.discovery),
    files,
  };
}

/** The variables of the chosen environment, which the rest of the file may use; problems are reported later. */
function variablesOf(
  files: readonly ConfigFile[],
  outside: LookUp,
  name: string | undefined,
): Readonly<Record<string, string>> {
  const quiet = new Reading(outside);
  const named = files.flatMap(({ root }) => {
    const tree = childOf(root, 'environments');
    return tree === undefined ? [] : (configFields.environments.shape.read(tree, quiet) ?? []);
  });
  return chooseEnvironment(named.map(toEnvironment), name).variables;
}

function toIncident(values: IncidentValues | undefined): IncidentConfig {
  return {
    timeZone: values?.timeZone,
    reviewPath: values?.reviewPath,
    roles: (values?.roles ?? []).map(item => item.value),
    channels: Object.fromEntries((values?.channels ?? []).map(item => [item.name, item.value])),
    defaultSeverity: values?.defaultSeverity,
  };
}

function toDiscovery(values: DiscoveryValues | undefined): DiscoveryConfig {
  return {
    isComposeRead: values?.compose ?? true,
    composeFiles: values?.composeFiles?.map(item => item.value),
    areContainersAdded: values?.containers ?? true,
    areRunbooksRead: values?.runbooks ?? true,
    hide: (values?.hide ?? []).map(item => item.value),
  };
}

/** Anywhere in the file, comments aside: what has the shape of a credential is one. */
function reportCredentials(tree: Tree, reading: Reading): void {
  if (tree.kind === 'map') for (const entry of tree.entries) reportCredentials(entry.value, reading);
  else if (tree.kind === 'list') for (const item of tree.items) reportCredentials(item, reading);
  else {
    const what = literalCredential(tree.text);
    if (what !== undefined)
      reading.report(
        tree.at,
        'credential',
        `This holds ${what}: credentials must not stand in the file. Write { secret: NAME } where a value is asked for.`,
      );
  }
}

/** In the order of the files and their lines, each place once per code. */
function inOrder(problems: readonly FileProblem[], files: readonly ConfigFile[]): readonly FileProblem[] {
  const names = files.map(loaded => loaded.file);
  const seen = new Set<string>();
  return [...problems]
    .sort(
      (a, b) =>
        names.indexOf(a.file) - names.indexOf(b.file) || a.line - b.line || a.startColumn - b.startColumn,
    )
    .filter(({ file, line, startColumn, code }) => {
      const key = `${file}:${line}:${startColumn}:${code}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

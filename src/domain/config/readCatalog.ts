import type { Runbook } from '../runbook/model.ts';
import { resolveService } from './alias.ts';
import type { Catalog, CatalogInput } from './catalog.ts';
import { type ComposeProject, readCompose } from './compose.ts';
import { groupComposeFiles } from './composeFiles.ts';
import { discoverServices } from './discover.ts';
import type { RunbookCheck } from './discoverRunbook.ts';
import { chooseEnvironment, localEnvironment } from './environment.ts';
import type { WatchConfig } from './model.ts';
import { parseConfig } from './parse.ts';
import { lookUpIn, parseDotEnv } from './variables.ts';
import type { FileProblem } from './yamlTree.ts';

/** Configuration, compose files, containers and runbooks in, everything there is to watch out. Never throws. */
export function readCatalog(
  input: CatalogInput,
  checksOf: (runbook: Runbook) => readonly RunbookCheck[] = () => [],
): Catalog {
  const first = readConfig(input, []);
  const composes = readComposes(input, first?.config);
  // Services may depend on what only the compose files know, so their names come before the final reading.
  const known = composes.flatMap(project => project.services.map(service => service.name));
  const parsed = readConfig(input, known);
  const config = parsed?.config;
  const environment = chooseEnvironment(config?.environments ?? [], input.environment);
  const services = discoverServices({
    config,
    composes,
    containers: input.containers,
    runbookChecks: input.runbooks.flatMap(checksOf),
    environment,
    ...(input.hidden === undefined ? {} : { hidden: input.hidden }),
  });
  const problems: readonly FileProblem[] = [
    ...(parsed?.problems ?? []),
    ...composes.flatMap(toComposeProblems),
  ];
  return {
    services: services.map(service => resolveService(service, environment)),
    environments: config?.environments ?? [localEnvironment],
    incident: config?.incident,
    runbookGlobs: config?.runbooks,
    problems,
    hidden: config?.discovery.hide ?? [],
    configFiles: config?.files ?? [],
    files: [...new Set([...(config?.files ?? []), ...composes.flatMap(project => project.files)])],
    isBroken: (parsed?.problems ?? []).some(problem => problem.severity === 'error'),
  };
}

/** Compose files outside the workspace's root are examples and templates as often as not. */
function toComposeProblems({ problems }: ComposeProject): readonly FileProblem[] {
  return problems.map(problem => (problem.file.includes('/') ? { ...problem, severity: 'info' } : problem));
}

function readConfig(input: CatalogInput, knownServices: readonly string[]) {
  if (input.configText === undefined) return undefined;
  const { texts, env, dotEnv, environment } = input;
  return parseConfig(input.configText, input.configFile, { texts, env, dotEnv, environment, knownServices });
}

function readComposes(input: CatalogInput, config: WatchConfig | undefined): readonly ComposeProject[] {
  const lookUp = lookUpIn(input.env, parseDotEnv(input.dotEnv));
  const others = Object.fromEntries(input.composes.map(({ file, text }) => [file, text]));
  return groupComposeFiles(input.composes, config?.discovery.composeFiles).map(({ folder, texts }) => {
    const folderName = folder.split('/').at(-1) || (input.folderName ?? projectFromLabels(input) ?? '');
    return readCompose(texts, { lookUp, folderName, others });
  });
}

/** Where the folder's name is unknown, a container of one of the files tells the project's. */
function projectFromLabels({ containers, composes }: CatalogInput): string | undefined {
  const container = containers.find(({ labels }) => {
    const files = (labels['com.docker.compose.project.config_files'] ?? '').split(',');
    return files.some(file =>
      composes.some(compose => file === compose.file || file.endsWith(`/${compose.file}`)),
    );
  });
  return container?.labels['com.docker.compose.project'];
}

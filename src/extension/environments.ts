import type { EngineChoice } from '../adapters/docker/surroundings.ts';
import type { ServiceCatalog } from '../app/serviceCatalog.ts';
import type { Environment } from '../domain/config/model.ts';
import { readSetting } from '../host/settings.ts';
import type { EnvironmentChoice } from '../ui/environment.ts';
import type { EngineLink } from './engineLink.ts';
import type { Tools } from './tools.ts';

const environmentKey = 'environment';

/** The name that was chosen last in this workspace. */
export function chosenEnvironment({ context }: Tools): string | undefined {
  return context.workspaceState.get<string>(environmentKey);
}

export function toEnvironmentChoice(
  tools: Tools,
  catalog: ServiceCatalog,
  engine: EngineLink,
): EnvironmentChoice {
  const { context, secrets } = tools;
  return {
    current: () => {
      const environment = catalog.environment;
      return {
        name: environment?.name ?? 'local',
        title: environment?.title ?? 'local',
        color: environment?.color,
        aliases: Object.fromEntries((environment?.aliases ?? []).map(({ from, to }) => [from, to])),
        variables: environment?.variables ?? {},
        secretVariables: environment?.secretVariables ?? {},
        isStrict: environment?.consent === 'strict',
        docker: environment?.docker ?? { host: undefined, context: undefined },
      };
    },
    names: () => (catalog.current?.environments ?? []).map(({ name }) => name),
    select: async name => {
      await context.workspaceState.update(environmentKey, name);
      // First the engine: the containers that are read with the rest are those of the new one.
      void engine.follow();
      await catalog.reload();
    },
    terminalEnv: async () => {
      const environment = catalog.environment;
      const held = await Promise.all(
        Object.entries(environment?.secretVariables ?? {}).map(
          async ([variable, name]) => [variable, await secrets.get(name)] as const,
        ),
      );
      return {
        ...environment?.variables,
        ...Object.fromEntries(held.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
        ...dockerEnv(environment?.docker),
      };
    },
  };
}

export function engineChoice(catalog: ServiceCatalog): EngineChoice {
  const environment = catalog.environment;
  return environment === undefined ? {} : { environment: environment.name, ...environment.docker };
}

/**
 * What docker and compose in a terminal need to talk to the engine that the tree shows. A context counts only where
 * DOCKER_HOST is empty, which a terminal may have from elsewhere.
 */
function dockerEnv(docker: Environment['docker'] | undefined): Readonly<Record<string, string>> {
  if (docker?.host !== undefined) return { DOCKER_HOST: docker.host };
  if (docker?.context !== undefined) return { DOCKER_HOST: '', DOCKER_CONTEXT: docker.context };
  const setting = readSetting('docker.endpoint');
  return setting === '' ? {} : { DOCKER_HOST: setting };
}

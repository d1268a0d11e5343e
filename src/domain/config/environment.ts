import type { Environment } from './model.ts';
import type { NamedValue } from './shapeCollections.ts';
import type { EnvironmentValues } from './table.ts';

export const localEnvironment: Environment = {
  name: 'local',
  title: 'local',
  color: undefined,
  consent: 'normal',
  variables: {},
  secretVariables: {},
  aliases: [],
  docker: { context: undefined, host: undefined },
  kubernetes: { context: undefined, namespace: undefined },
  at: undefined,
};

export function toEnvironment({ name, value, at }: NamedValue<EnvironmentValues>): Environment {
  const variables = value.variables ?? [];
  const aliases = (value.aliases ?? []).map(alias => ({ from: alias.name, to: alias.value }));
  return {
    name,
    title: value.title ?? name,
    color: value.color,
    consent: value.consent ?? (/^prod(?:uction)?\b/i.test(name) ? 'strict' : 'normal'),
    variables: Object.fromEntries(
      variables.flatMap(entry => (entry.value.kind === 'plain' ? [[entry.name, entry.value.text]] : [])),
    ),
    secretVariables: Object.fromEntries(
      variables.flatMap(entry => (entry.value.kind === 'secret' ? [[entry.name, entry.value.name]] : [])),
    ),
    aliases: aliases.sort((a, b) => b.from.length - a.from.length),
    docker: { context: value.docker?.context, host: value.docker?.host || undefined },
    kubernetes: { context: value.kubernetes?.context, namespace: value.kubernetes?.namespace },
    at,
  };
}

/** The environment by name; else the first one, which is `local` when none is configured. */
export function chooseEnvironment(
  environments: readonly Environment[],
  name: string | undefined,
): Environment {
  return environments.find(environment => environment.name === name) ?? environments[0] ?? localEnvironment;
}

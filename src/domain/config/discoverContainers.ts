import type { ContainerRef, Service } from '../health/model.ts';
import type { ComposeProject } from './compose.ts';
import { toTargets } from './composeProbes.ts';

export interface DiscoveredContainer {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Running containers that belong to the compose projects. Those of a service in the files only tell the name that the
 * container has; scaled copies and services of files that were not read are services of their own.
 */
export function toContainerServices(
  containers: readonly DiscoveredContainer[],
  projects: readonly ComposeProject[],
): Service[] {
  return containers.flatMap(({ name, labels }) => {
    const ref = composeRefOf(labels);
    const project = projects.find(known => known.name === ref?.project);
    if (ref === undefined || project === undefined) return [];
    const id = ref.number > 1 ? `${ref.service}-${ref.number}` : ref.service;
    const source = project.services.find(known => known.name === ref.service)?.source;
    const isCovered = source !== undefined && ref.number === 1;
    const probes = isCovered ? [] : toTargets(id, [{ spec: { kind: 'container', container: ref }, source }]);
    return [{ id, title: id, dependsOn: [], probes, aliases: [name], runbooks: [], source }];
  });
}

type ComposeRef = Extract<ContainerRef, { readonly by: 'compose' }>;

/** From the labels that compose v1 and v2 both write; a one-off `compose run` is not a part of the system. */
export function composeRefOf(labels: Readonly<Record<string, string>>): ComposeRef | undefined {
  const project = labels['com.docker.compose.project'];
  const service = labels['com.docker.compose.service'];
  if (project === undefined || service === undefined) return undefined;
  if (labels['com.docker.compose.oneoff']?.toLowerCase() === 'true') return undefined;
  return {
    by: 'compose',
    project,
    service,
    number: Number(labels['com.docker.compose.container-number'] ?? 1),
  };
}

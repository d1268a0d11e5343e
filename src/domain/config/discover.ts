import type { ProbeTarget, Service } from '../health/model.ts';
import { resolveSpec } from './alias.ts';
import type { ComposeProject } from './compose.ts';
import type { ComposeService } from './composeModel.ts';
import { toComposeService } from './composeProbes.ts';
import { composeRefOf, type DiscoveredContainer, toContainerServices } from './discoverContainers.ts';
import { type RunbookCheck, toCheckedService } from './discoverRunbook.ts';
import { fitProbe, isMeantBy } from './fitCheck.ts';
import { identitiesOf } from './identity.ts';
import type { Environment, WatchConfig } from './model.ts';
import { toTargetId, toTargetText } from './probeTarget.ts';

type Aliases = Pick<Environment, 'aliases'>;

export interface DiscoveryInput {
  readonly config: Pick<WatchConfig, 'services' | 'discovery'> | undefined;
  readonly composes: readonly ComposeProject[];
  readonly containers: readonly DiscoveredContainer[];
  readonly runbookChecks: readonly RunbookCheck[];
  /** Whose aliases tell that two names are one thing. */
  readonly environment: Aliases;
  /** Ids hidden besides those of the configuration. */
  readonly hidden?: readonly string[];
}

/**
 * All services of all sources, the same thing once. The configuration wins: a configured service keeps its probes,
 * and takes from the others only what it does not say. Ids in `discovery.hide` are left out.
 */
export function discoverServices(input: DiscoveryInput): readonly Service[] {
  const { config, environment } = input;
  const settings = config?.discovery;
  const merged = new Merged(environment);
  for (const service of config?.services ?? []) merged.addConfigured(service);
  const composed = settings?.isComposeRead === false ? [] : input.composes;
  for (const service of composed.flatMap(project => project.services))
    if (service.profiles.length === 0 || isRunning(service, input.containers))
      merged.add(toComposeService(service));
  if (settings?.areContainersAdded !== false)
    for (const service of toContainerServices(input.containers, input.composes)) merged.add(service);
  if (settings?.areRunbooksRead !== false)
    for (const check of input.runbookChecks) {
      const service = toCheckedService(check);
      if (service) merged.addCheck(service);
    }
  return visible(merged.services, new Set([...(settings?.hide ?? []), ...(input.hidden ?? [])]));
}

/** A service with a profile counts once somebody has started it. */
function isRunning({ project, name }: ComposeService, containers: readonly DiscoveredContainer[]): boolean {
  const refs = containers.map(container => composeRefOf(container.labels));
  return refs.some(ref => ref?.project === project && ref.service === name);
}

interface Node {
  service: Service;
  readonly isConfigured: boolean;
  readonly identities: Set<string>;
}

class Merged {
  private readonly nodes: Node[] = [];
  private readonly environment: Aliases;

  constructor(environment: Aliases) {
    this.environment = environment;
  }

  get services(): Service[] {
    const ids = new Map(
      this.nodes.flatMap(node => [...node.identities].map(name => [name, node.service.id])),
    );
    // A dependency may have been merged into a service of another id.
    return this.nodes.map(({ service }) => ({
      ...service,
      aliases: service.aliases.filter(name => name !== service.id),
      dependsOn: unique(service.dependsOn.map(id => ids.get(`name:${id.toLowerCase()}`) ?? id)).filter(
        id => id !== service.id,
      ),
    }));
  }

  addConfigured(service: Service): void {
    this.nodes.push({ service, isConfigured: true, identities: this.identities(service) });
  }

  add(service: Service): void {
    const identities = this.identities(service);
    const node = this.nodes.find(known => [...identities].some(name => known.identities.has(name)));
    if (node === undefined) {
      this.nodes.push({ service, isConfigured: false, identities });
      return;
    }
    this.join(node, service, identities);
  }

  /** Runbooks are read by people, who know what is meant: their names are taken less strictly than those of files. */
  addCheck(check: Service): void {
    const identities = this.identities(check);
    const node =
      this.nodes.find(known => [...identities].some(name => known.identities.has(name))) ??
      this.nodes.find(known => isMeantBy(check, known.service));
    if (node === undefined) this.add(check);
    else {
      const probes = check.probes.flatMap(probe => fitProbe(probe, node.service, this.environment) ?? []);
      this.join(node, { ...check, id: node.service.id, probes }, identities);
    }
  }

  private join(node: Node, found: Service, identities: ReadonlySet<string>): void {
    node.service = combine(node, found, this.environment);
    for (const name of identities) node.identities.add(name);
  }

  private identities(service: Service): Set<string> {
    return new Set(identitiesOf(service, this.environment));
  }
}

function combine({ service, isConfigured }: Node, found: Service, environment: Aliases): Service {
  const keepsProbes = isConfigured && service.probes.length > 0;
  const keepsDependencies = isConfigured && service.dependsOn.length > 0;
  const keepsRunbooks = isConfigured && service.runbooks.length > 0;
  return {
    ...service,
    dependsOn: keepsDependencies ? service.dependsOn : unique([...service.dependsOn, ...found.dependsOn]),
    probes: keepsProbes ? service.probes : addProbes(service, found.probes, environment),
    aliases: unique([...service.aliases, found.id, ...found.aliases]).filter(name => name !== service.id),
    runbooks: keepsRunbooks ? service.runbooks : unique([...service.runbooks, ...found.runbooks]),
  };
}

/** Probes get the id of the service they end up in; what has the same target here is not taken twice. */
function addProbes(
  service: Service,
  found: readonly ProbeTarget[],
  environment: Aliases,
): readonly ProbeTarget[] {
  const targetOf = (probe: ProbeTarget) => {
    const spec = resolveSpec(probe.spec, environment);
    return `${spec.kind}:${toTargetText(spec)}`;
  };
  const present = new Set(service.probes.map(targetOf));
  const added = found
    .filter(probe => !present.has(targetOf(probe)))
    .map(probe => ({ ...probe, id: toTargetId(service.id, probe.spec, new Set()), serviceId: service.id }));
  return [...service.probes, ...added];
}

function visible(services: readonly Service[], hidden: ReadonlySet<string>): readonly Service[] {
  const shown = services.filter(service => !hidden.has(service.id));
  const ids = new Set(shown.map(service => service.id));
  return shown.map(service => ({
    ...service,
    dependsOn: service.dependsOn.filter(id => ids.has(id)),
    probes: service.probes.filter(probe => !hidden.has(probe.id)),
  }));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

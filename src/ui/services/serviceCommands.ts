import * as vscode from 'vscode';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { SourceLink } from '../../base/source.ts';
import type { ProbeTarget, Service } from '../../domain/health/model.ts';
import type { EngineState } from '../../ports.ts';
import { type CommandHandlers, setContext } from '../commands.ts';
import type { EnvironmentChoice } from '../environment.ts';
import { toLabel, toNotice } from '../outsideText.ts';
import { toThemeIcon } from '../treeItem.ts';
import { openWebPage } from '../webPages.ts';
import type { ComposeView } from './engineRow.ts';
import type { RunbookFinder } from './relatedRunbooks.ts';
import { byBlame, iconOf, probeRow, type ServiceRowFacts, serviceRow } from './servicesModel.ts';
import type { ServicesSource, ServicesTree, ServicesView } from './servicesTree.ts';

/** What commands may do to the monitor. */
export interface MonitorControls {
  /** A service's or a probe's id; everything without one. */
  probeNow(id?: string): Promise<void>;
  setPaused(isPaused: boolean): Promise<void>;
  acknowledge(serviceId: string): Promise<void>;
  unacknowledge(serviceId: string): Promise<void>;
  /** The other of the two orders. */
  switchOrder(): Promise<void>;
}

export interface ServiceCommandParts {
  readonly source: ServicesSource;
  readonly tree: ServicesTree;
  readonly onDidFilter: () => void;
  readonly controls: MonitorControls;
  readonly environments: EnvironmentChoice;
  readonly runbooks: RunbookFinder;
  readonly isRunbook: (file: string) => boolean;
  readonly engine: () => EngineState | undefined;
  readonly configFile: () => string;
  readonly createConfiguration: () => Promise<void>;
  readonly openService: (serviceId: string) => void;
  readonly toUri: (file: string) => vscode.Uri | undefined;
  readonly nowMs: () => number;
}

type Handled =
  | 'probeNow'
  | 'pauseProbes'
  | 'resumeProbes'
  | 'acknowledgeService'
  | 'unacknowledgeService'
  | 'sortServices'
  | 'openService'
  | 'openServiceSource'
  | 'openServiceRunbook'
  | 'copyServiceStatus'
  | 'openProbeInBrowser'
  | 'filterServices'
  | 'findServices'
  | 'clearServicesFilter'
  | 'selectEnvironment'
  | 'createConfiguration'
  | 'openConfiguration'
  | 'showEngine';

export function serviceCommands(parts: ServiceCommandParts): Pick<CommandHandlers, Handled> {
  const { controls, tree, environments } = parts;
  const setFilter = (filter: Partial<ServicesView>) => {
    tree.setFilter(filter);
    const { isFailingOnly, text } = tree.shownFilter;
    setContext('servicesFiltered', isFailingOnly || text !== '');
    parts.onDidFilter();
  };
  const setPaused = async (isPaused: boolean) => {
    await controls.setPaused(isPaused);
    setContext('isPaused', isPaused);
  };
  return {
    probeNow: id => controls.probeNow(id?.replace(/^(service|probe):/, '')),
    pauseProbes: () => setPaused(true),
    resumeProbes: () => setPaused(false),
    acknowledgeService: async id => controls.acknowledge((await chosenService(parts, id)).id),
    unacknowledgeService: async id => controls.unacknowledge((await chosenService(parts, id)).id),
    sortServices: () => controls.switchOrder(),
    openService: async id => parts.openService((await chosenService(parts, id)).id),
    openServiceSource: id => openSource(parts, id),
    openServiceRunbook: id => openRunbook(parts, id),
    copyServiceStatus: id => copyStatus(parts, id),
    openProbeInBrowser: id => openInBrowser(parts, id),
    filterServices: () => setFilter({ isFailingOnly: true }),
    findServices: text => findServices(tree.shownFilter.text, text, setFilter),
    clearServicesFilter: () => setFilter({ isFailingOnly: false, text: '' }),
    selectEnvironment: name => selectEnvironment(environments, name),
    createConfiguration: () => parts.createConfiguration(),
    openConfiguration: place => openConfiguration(parts, place),
    showEngine: () => showEngine(parts.engine(), parts.source.compose()),
  };
}

function requiredService({ source }: ServiceCommandParts, id: string | undefined): Service {
  const service = source.services().find(known => known.id === id || `service:${known.id}` === id);
  if (service) return service;
  throw new UserError(vscode.l10n.t('Choose a service in the Services view first.'));
}

/** The service that was meant (its row or one of its probes), or the one that a person picks: the worst is first. */
async function chosenService(parts: ServiceCommandParts, id: string | undefined): Promise<Service> {
  const { source } = parts;
  if (id !== undefined) return ownerOf(parts, id) ?? requiredService(parts, id);
  const healths = source.services().flatMap(service => source.health(service.id) ?? []);
  const items = [...healths].sort(byBlame(healths)).flatMap(health => {
    const service = source.services().find(known => known.id === health.serviceId);
    if (!service) return [];
    const { label, description } = serviceRow(service, health, rowFacts(parts));
    return [
      {
        label: toLabel(label),
        description: toLabel(description),
        iconPath: toThemeIcon(iconOf(health.state)),
        service,
      },
    ];
  });
  if (items.length === 0) throw new UserError(vscode.l10n.t('No services are known yet.'));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Service'),
    matchOnDescription: true,
  });
  if (!picked) throw new CancelledError();
  return picked.service;
}

function rowFacts({ source, nowMs }: ServiceCommandParts): ServiceRowFacts {
  const titleOf = (id: string) => source.services().find(service => service.id === id)?.title ?? id;
  return { nowMs: nowMs(), titleOf };
}

function ownerOf(parts: ServiceCommandParts, id: string): Service | undefined {
  const serviceId = targetOf(parts, id)?.serviceId;
  return parts.source.services().find(service => service.id === serviceId);
}

function targetOf({ source }: ServiceCommandParts, id: string | undefined): ProbeTarget | undefined {
  return source
    .services()
    .flatMap(service => service.probes)
    .find(probe => `probe:${probe.id}` === id);
}

async function openSource(parts: ServiceCommandParts, id: string | undefined): Promise<void> {
  await openFile(parts, targetOf(parts, id)?.source ?? requiredService(parts, id).source);
}

/** `book:<file>` names a runbook itself; a service leads to the best of its own. */
async function openRunbook(parts: ServiceCommandParts, id: string | undefined): Promise<void> {
  const named = id?.startsWith('book:') ? id.slice('book:'.length) : undefined;
  if (named !== undefined && parts.isRunbook(named)) return openFile(parts, { file: named, line: 1 });
  const service = await chosenService(parts, id);
  const [runbook] = parts.runbooks.for(service);
  if (!runbook) throw new UserError(vscode.l10n.t('No runbook mentions {0}.', service.title));
  await openFile(parts, { file: runbook.file, line: 1 });
}

async function openFile({ toUri }: ServiceCommandParts, place: SourceLink | undefined): Promise<void> {
  const uri = place && toUri(place.file);
  if (!uri || !place) throw new UserError(vscode.l10n.t('It is not configured in a file of this workspace.'));
  const at = new vscode.Position(Math.max(0, place.line - 1), 0);
  try {
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
  } catch {
    throw new UserError(vscode.l10n.t('There is no {0} yet.', place.file), {
      title: vscode.l10n.t('Create Configuration'),
      command: 'watchkeeper.createConfiguration',
    });
  }
}

async function openConfiguration(parts: ServiceCommandParts, place: string | undefined): Promise<void> {
  const [, file, line] = /^(.+):(\d+)$/.exec(place ?? '') ?? [];
  await openFile(parts, { file: file ?? parts.configFile(), line: Number(line ?? 1) });
}

async function copyStatus(parts: ServiceCommandParts, id: string | undefined): Promise<void> {
  const target = targetOf(parts, id);
  const service = target ? undefined : requiredService(parts, id);
  const row = target
    ? probeRow(target, parts.source.probe(target.id))
    : service && serviceRow(service, parts.source.health(service.id), rowFacts(parts));
  if (row) await vscode.env.clipboard.writeText(`${row.label}: ${row.description}`);
}

async function openInBrowser(parts: ServiceCommandParts, id: string | undefined): Promise<void> {
  const spec = targetOf(parts, id)?.spec;
  if (spec?.kind === 'http') await openWebPage(spec.url);
}

/** The tree follows while a person types; Escape takes it back. */
async function findServices(
  before: string,
  given: string | undefined,
  setFilter: (filter: Partial<ServicesView>) => void,
): Promise<void> {
  if (given !== undefined) return setFilter({ text: given });
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Show services that match'),
    value: before,
    placeHolder: vscode.l10n.t('Part of a name, an alias, or what a probe looks at'),
    validateInput: typed => {
      setFilter({ text: typed });
      return undefined;
    },
  });
  setFilter({ text: text ?? before });
}

async function selectEnvironment(environments: EnvironmentChoice, given: string | undefined): Promise<void> {
  const current = environments.current().name;
  const items = environments.names().map(name => ({
    name,
    label: toLabel(name),
    description: name === current ? vscode.l10n.t('current') : '',
  }));
  const name =
    given ??
    (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Environment for steps and probes') }))
      ?.name;
  if (name !== undefined) await environments.select(name);
}

async function showEngine(state: EngineState | undefined, compose: ComposeView): Promise<void> {
  if (state?.kind === 'connected') {
    const { endpoint, origin, version } = state.info;
    await vscode.window.showInformationMessage(
      toNotice(
        vscode.l10n.t(
          'Container engine {0} at {1} (from {2}). docker compose: {3}; docker-compose: {4}.',
          version,
          endpoint,
          origin,
          compose.plugin ?? vscode.l10n.t('not installed'),
          compose.standalone ?? vscode.l10n.t('not installed'),
        ),
      ),
    );
    return;
  }
  const tried = (state?.attempts ?? [])
    .map(attempt => `${attempt.endpoint} (${attempt.origin}): ${attempt.problem}`)
    .join('; ');
  throw new UserError(
    vscode.l10n.t('No container engine answers. Tried: {0}', tried || vscode.l10n.t('nothing yet')),
    {
      title: vscode.l10n.t('Set Endpoint'),
      command: 'workbench.action.openSettings',
      args: ['watchkeeper.docker.endpoint'],
    },
  );
}

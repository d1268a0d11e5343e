import path from 'node:path';
import * as vscode from 'vscode';
import { redactingProbe } from '../app/health/redactingProbe.ts';
import { HealthMonitor } from '../app/healthMonitor.ts';
import type { RunbookIndex } from '../app/runbookIndex.ts';
import { ServiceCatalog } from '../app/serviceCatalog.ts';
import type { Event } from '../base/emitter.ts';
import { UserError } from '../base/errors.ts';
import type { ServiceHealth } from '../domain/health/model.ts';
import { onDidChangeSetting, readSetting } from '../host/settings.ts';
import type { ContainerEvent } from '../ports.ts';
import type { EnvironmentChoice } from '../ui/environment.ts';
import { ProblemList } from '../ui/problems.ts';
import { AlertNews } from '../ui/services/alertNews.ts';
import { notifyAlerts } from '../ui/services/alertNotifications.ts';
import { type ConfigHelpParts, registerConfigHelp } from '../ui/services/configHelp.ts';
import type { DiscoveryActions } from '../ui/services/discoveryCommands.ts';
import type { MaintenanceCommandParts } from '../ui/services/maintenanceCommands.ts';
import { byBlame, isFailing } from '../ui/services/servicesModel.ts';
import { ServicesTree } from '../ui/services/servicesTree.ts';
import { discoveryActions, hiddenServices } from './discovery.ts';
import { EngineLink } from './engineLink.ts';
import { chosenEnvironment, engineChoice, toEnvironmentChoice } from './environments.ts';
import { openMaintenance } from './maintenance.ts';
import { openServiceDetail } from './serviceDetail.ts';
import { openServicesSource, type ShownServices } from './servicesSource.ts';
import type { Tools } from './tools.ts';
import { Watching } from './watching.ts';

export interface ServiceParts extends ShownServices {
  readonly catalog: ServiceCatalog;
  readonly monitor: HealthMonitor;
  readonly watching: Watching;
  readonly engine: EngineLink;
  readonly tree: ServicesTree;
  readonly environments: EnvironmentChoice;
  /** Engine events about containers, from when the engine is first needed. */
  readonly onDidSeeContainer: Event<ContainerEvent>;
  /** What fails now, the culprits first, and a headline for an incident about it. */
  readonly failing: () => { readonly services: readonly string[]; readonly headline: string };
  readonly showDetail: (serviceId: string) => void;
  readonly discovery: DiscoveryActions;
  readonly maintenance: Pick<MaintenanceCommandParts, 'start' | 'end'>;
  readonly createConfiguration: () => Promise<void>;
}

/** What there is to watch, and the watching of it. Nothing is probed in an untrusted workspace. */
export function openServices(
  tools: Tools,
  index: RunbookIndex,
  redact: (text: string) => string,
): ServiceParts {
  const { store, clock } = tools;
  const monitor = store.add(
    new HealthMonitor(kind => {
      const probe = tools.adapters().probe(kind);
      return probe && redactingProbe(probe, redact);
    }, clock),
  );
  const engine = store.add(new EngineLink(tools, monitor));
  const catalog = store.add(openCatalog(tools, index, engine));
  tools.engineChoice.of = () => engineChoice(catalog);
  const environments = toEnvironmentChoice(tools, catalog, engine);
  const watching = store.add(new Watching(tools, monitor, engine));
  // The monitor hears of new services before the tree asks it about them.
  store.add(catalog.onDidChange(({ services }) => watching.watch(services, environments.current().name)));
  store.add(onDidChangeSetting('docker.endpoint', () => void engine.follow()));
  store.add(onDidChangeSetting('services.sort', () => tree.refreshAll()));
  store.add(registerConfigHelp(configHelp(tools, index, catalog)));
  store.add(reloadWithContainers(engine, catalog));
  const shown = openServicesSource(tools, { monitor, catalog, index, engine, watching });
  const { source, runbooks } = shown;
  const tree = store.add(new ServicesTree(source, clock, () => readSetting('services.sort')));
  const detail = openServiceDetail(tools, { monitor, source, runbooks });
  const news = store.add(openNews(tools, monitor));
  store.add(monitor.onDidChangeAlert(alert => news.hear(alert)));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => catalog.reloadSoon()));
  return {
    catalog,
    monitor,
    ...shown,
    tree,
    environments,
    watching,
    engine,
    onDidSeeContainer: engine.onDidEvent,
    failing: () => failingNow(monitor),
    showDetail: id => detail.show(id),
    discovery: discoveryActions(tools, catalog),
    maintenance: openMaintenance(tools, { monitor, watching, onDidChange: () => shown.viewed.fire() }),
    createConfiguration: () => createConfiguration(tools, catalog),
  };
}

function openCatalog(tools: Tools, index: RunbookIndex, engine: EngineLink): ServiceCatalog {
  const { files, clock } = tools;
  files.watch(['**/*.{yml,yaml}', '**/.env']);
  files.watchDocuments('yaml');
  const problems = tools.store.add(new ProblemList('configuration', file => files.uri(file)));
  const catalog = new ServiceCatalog({
    files,
    clock,
    configFile: () => readSetting('configFile'),
    env: process.env,
    runbooks: () => index.runbooks(),
    containers: async () => (vscode.workspace.isTrusted ? engine.list() : []),
    read: input => tools.parsers().readCatalog(input),
    namedComposeFiles: (text, file) => tools.parsers().namedComposeFiles(text, file),
    folderName: tools.folderPath && path.basename(tools.folderPath),
    hidden: () => hiddenServices(tools),
    includedFiles: (text, file) => tools.parsers().includedFiles(text, file),
    chosenEnvironment: () => chosenEnvironment(tools),
    onError: error => tools.log.error('The services could not be read', error),
  });
  tools.store.add(catalog.onDidChange(next => problems.setAll(next.problems)));
  tools.store.add(index.onDidChange(() => catalog.reloadSoon()));
  tools.store.add(onDidChangeSetting('configFile', () => catalog.reloadSoon()));
  return catalog;
}

/** Containers of the compose project tell what runs: read again when the engine is there, and when some come or go. */
function reloadWithContainers(engine: EngineLink, catalog: ServiceCatalog): vscode.Disposable {
  const connected = engine.onDidChangeState(({ kind }) => {
    if (kind === 'connected') catalog.reloadSoon();
  });
  const events = engine.onDidEvent(({ action, labels }) => {
    const isOfProject = labels['com.docker.compose.project'] !== undefined;
    if (isOfProject && (action === 'create' || action === 'destroy')) catalog.reloadSoon();
  });
  return vscode.Disposable.from(connected, events);
}

function failingNow(monitor: HealthMonitor): {
  readonly services: readonly string[];
  readonly headline: string;
} {
  const all = monitor.services();
  const failing = all.filter(health => isFailing(health.state)).sort(byBlame(all));
  const [worst] = failing;
  const title = monitor.configured().find(service => service.id === worst?.serviceId)?.title;
  return {
    services: failing.map(health => health.serviceId),
    headline: worst === undefined || title === undefined ? '' : headlineOf(title, worst),
  };
}

/** `PostgreSQL down: exited (exit 0)`, to be accepted or typed over. */
function headlineOf(title: string, { state, reason }: ServiceHealth): string {
  const word = state === 'pending' ? 'down' : state;
  return reason === '' || reason === state ? `${title} ${word}` : `${title} ${word}: ${reason}`;
}

/** Writes what was found, unless there is a configuration already, and opens it. */
async function createConfiguration(tools: Tools, catalog: ServiceCatalog): Promise<void> {
  const file = readSetting('configFile');
  const uri = tools.files.uri(file);
  if (!uri) throw new UserError(vscode.l10n.t('Open a folder first: the configuration belongs to it.'));
  if ((await tools.files.read(file)) === undefined) {
    await tools.files.write(file, tools.parsers().writeConfig(catalog.services));
  }
  await vscode.window.showTextDocument(uri);
}

function configHelp(tools: Tools, index: RunbookIndex, catalog: ServiceCatalog): ConfigHelpParts {
  return {
    source: () => tools.parsers(),
    isConfig: uri => {
      const file = tools.files.relative(uri);
      return file === readSetting('configFile') || catalog.current?.configFiles.includes(file) === true;
    },
    names: kind =>
      kind === 'service'
        ? catalog.services.map(({ id, title }) => ({ name: id, detail: title }))
        : index.runbooks().map(({ file, title }) => ({ name: file, detail: title })),
  };
}

function openNews({ clock }: Tools, monitor: HealthMonitor): AlertNews {
  const titleOf = (id: string) => monitor.configured().find(service => service.id === id)?.title ?? id;
  return new AlertNews({
    clock,
    isQuiet: () => readSetting('notifications') === 'none',
    isAcknowledged: id => monitor.service(id)?.isAcknowledged === true,
    tell: causes => void notifyAlerts(causes, titleOf),
  });
}

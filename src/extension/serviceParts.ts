import * as vscode from 'vscode';
import { HealthMonitor } from '../app/healthMonitor.ts';
import type { RunbookIndex } from '../app/runbookIndex.ts';
import { composeGlobs, ServiceCatalog } from '../app/serviceCatalog.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { errorText, UserError } from '../base/errors.ts';
import { onDidChangeSetting, readSetting } from '../host/settings.ts';
import type { ContainerEvent } from '../ports.ts';
import type { EnvironmentChoice } from '../ui/environment.ts';
import { ProblemList } from '../ui/problems.ts';
import { notifyAlert } from '../ui/services/alertNotifications.ts';
import { RunbookFinder } from '../ui/services/relatedRunbooks.ts';
import { byWorst, isFailing } from '../ui/services/servicesModel.ts';
import { type ServicesSource, ServicesTree } from '../ui/services/servicesTree.ts';
import { openServiceDetail } from './serviceDetail.ts';
import type { Tools } from './tools.ts';

const environmentKey = 'environment';
const healthKey = 'health';
const saveEveryMs = 30_000;

export interface ServiceParts {
  readonly catalog: ServiceCatalog;
  readonly monitor: HealthMonitor;
  readonly source: ServicesSource;
  readonly tree: ServicesTree;
  readonly environments: EnvironmentChoice;
  readonly runbooks: RunbookFinder;
  /** Engine events about containers, from when the engine is first needed. */
  readonly onDidSeeContainer: Event<ContainerEvent>;
  /** What fails now, the culprits first, and a headline for an incident about it. */
  readonly failing: () => { readonly services: readonly string[]; readonly headline: string };
  readonly showDetail: (serviceId: string) => void;
  readonly createConfiguration: () => Promise<void>;
}

/** What there is to watch, and the watching of it. Nothing is probed in an untrusted workspace. */
export function openServices(tools: Tools, index: RunbookIndex): ServiceParts {
  const { store, clock } = tools;
  const monitor = store.add(new HealthMonitor(kind => tools.adapters().probe(kind), clock));
  const catalog = store.add(openCatalog(tools, index));
  tools.engineHost.of = () => catalog.environment?.docker.host;
  const source: ServicesSource = {
    services: () => monitor.configured(),
    health: id => monitor.service(id),
    probe: id => monitor.probe(id),
    onDidCheck: monitor.onDidCheck,
    onDidChange: listener => {
      const all = [monitor.onDidChange(listener), catalog.onDidChange(listener)];
      return { dispose: () => vscode.Disposable.from(...all).dispose() };
    },
  };
  // The monitor hears of new services before the tree asks it about them.
  const containerEvents = store.add(new Emitter<ContainerEvent>());
  store.add(catalog.onDidChange(({ services }) => watch(tools, { monitor, containerEvents }, services)));
  const tree = store.add(new ServicesTree(source, clock.nowMs));
  const environments = toEnvironmentChoice(tools, catalog);
  const runbooks = new RunbookFinder(() => index.runbooks());
  store.add(index.onDidChange(() => runbooks.forget()));
  store.add(catalog.onDidChange(() => runbooks.forget()));
  const detail = openServiceDetail(tools, { monitor, source, runbooks });
  store.add(monitor.onDidChangeAlert(alert => void notifyAlert(alert, alertActions(monitor))));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => catalog.reloadSoon()));
  keepHealth(tools, monitor);
  return {
    catalog,
    monitor,
    source,
    tree,
    environments,
    runbooks,
    onDidSeeContainer: containerEvents.event,
    failing: () => failingNow(monitor),
    showDetail: id => detail.show(id),
    createConfiguration: () => createConfiguration(tools, catalog),
  };
}

function openCatalog(tools: Tools, index: RunbookIndex): ServiceCatalog {
  const { files, clock, context } = tools;
  files.watch([...composeGlobs, '**/watchkeeper*.{yml,yaml}', '**/.env']);
  const problems = tools.store.add(new ProblemList('configuration', file => files.uri(file)));
  const catalog = new ServiceCatalog({
    files,
    clock,
    configFile: () => readSetting('configFile'),
    env: process.env,
    runbooks: () => index.runbooks(),
    containers: async () =>
      vscode.workspace.isTrusted
        ? tools
            .adapters()
            .engine.list()
            .catch(() => [])
        : [],
    read: input => tools.parsers().readCatalog(input),
    includedFiles: (text, file) => tools.parsers().includedFiles(text, file),
    chosenEnvironment: () => context.workspaceState.get<string>(environmentKey),
  });
  tools.store.add(catalog.onDidChange(next => problems.setAll(next.problems)));
  tools.store.add(index.onDidChange(() => catalog.reloadSoon()));
  tools.store.add(onDidChangeSetting('configFile', () => catalog.reloadSoon()));
  return catalog;
}

interface Watched {
  readonly monitor: HealthMonitor;
  readonly containerEvents: Emitter<ContainerEvent>;
}

function watch(tools: Tools, watched: Watched, services: ServiceCatalog['services']): void {
  if (!vscode.workspace.isTrusted) return;
  const { monitor } = watched;
  const isFirst = monitor.configured().length === 0;
  monitor.setServices(services);
  if (isFirst) monitor.restoreState(tools.context.workspaceState.get(healthKey));
  const hasContainers = services.some(service =>
    service.probes.some(probe => probe.spec.kind === 'container'),
  );
  if (hasContainers) attachEngineOnce(tools, watched);
}

const attached = new WeakSet<HealthMonitor>();

function attachEngineOnce(tools: Tools, { monitor, containerEvents }: Watched): void {
  if (attached.has(monitor)) return;
  attached.add(monitor);
  const { engine } = tools.adapters();
  monitor.attachEngine(engine);
  tools.store.add(engine.onDidEvent(event => containerEvents.fire(event)));
  engine.start().catch((error: unknown) => tools.log.warn(`No container engine yet: ${errorText(error)}`));
}

function failingNow(monitor: HealthMonitor): {
  readonly services: readonly string[];
  readonly headline: string;
} {
  const failing = monitor
    .services()
    .filter(health => isFailing(health.state))
    .sort(byWorst);
  const [worst] = failing;
  const title = monitor.configured().find(service => service.id === worst?.serviceId)?.title;
  return {
    services: failing.map(health => health.serviceId),
    headline: worst === undefined || title === undefined ? '' : `${title}: ${worst.reason || worst.state}`,
  };
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

/** "Down since" survives a reload of the window. */
function keepHealth({ context, clock, store }: Tools, monitor: HealthMonitor): void {
  const save = () => context.workspaceState.update(healthKey, monitor.saveState());
  const again = () => {
    void save();
    timer = clock.after(saveEveryMs, again);
  };
  let timer = clock.after(saveEveryMs, again);
  store.add(monitor.onDidChange(() => void save()));
  store.add({ dispose: () => timer.dispose() });
}

function alertActions(monitor: HealthMonitor) {
  return {
    service: (id: string) => monitor.configured().find(service => service.id === id),
    isQuiet: () => readSetting('notifications') === 'none',
  };
}

function toEnvironmentChoice({ context }: Tools, catalog: ServiceCatalog): EnvironmentChoice {
  return {
    current: () => {
      const environment = catalog.environment;
      return {
        name: environment?.name ?? 'local',
        aliases: Object.fromEntries((environment?.aliases ?? []).map(({ from, to }) => [from, to])),
        variables: environment?.variables ?? {},
        isStrict: environment?.consent === 'strict',
        dockerHost: environment?.docker.host,
      };
    },
    names: () => (catalog.current?.environments ?? []).map(({ name }) => name),
    select: async name => {
      await context.workspaceState.update(environmentKey, name);
      await catalog.reload();
    },
  };
}

import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import type { Event } from '../../base/emitter.ts';
import type { Sample } from '../../domain/health/historyModel.ts';
import type {
  ProbeHealth,
  ProbeTarget,
  Service,
  ServiceHealth,
  ServiceTransition,
} from '../../domain/health/model.ts';
import type { EngineState } from '../../ports.ts';
import type { Row } from '../row.ts';
import { toTreeItem } from '../treeItem.ts';
import { type ConfigurationTrouble, configurationRow } from './configurationRow.ts';
import { type ComposeView, engineRow } from './engineRow.ts';
import { dependencyRow, runbookRow } from './relationRows.ts';
import { Repaints } from './repaints.ts';
import { byBlame, iconOf, isFailing, matches, probeRow, serviceRow } from './servicesModel.ts';

/** What the tree reads; the monitor owns all of it. */
export interface ServicesSource {
  services(): readonly Service[];
  health(serviceId: string): ServiceHealth | undefined;
  probe(targetId: string): ProbeHealth | undefined;
  /** The last checks of a probe, oldest first. */
  samples(targetId: string): readonly Sample[];
  transitions(serviceId: string): readonly ServiceTransition[];
  runbooks(service: Service): readonly { readonly file: string; readonly title: string }[];
  /** Undefined while nothing has needed an engine. */
  engine(): EngineState | undefined;
  compose(): ComposeView;
  /** Undefined while all of the configuration is in force as it is written. */
  trouble(): ConfigurationTrouble | undefined;
  /** Whether the configuration names it, rather than discovery alone. */
  isConfigured(service: Service): boolean;
  /** Fires with a target's id after every check. */
  readonly onDidCheck: Event<string>;
  /** Fires when services or their shown states changed. */
  readonly onDidChange: Event<unknown>;
}

export interface ServicesView {
  readonly isFailingOnly: boolean;
  readonly text: string;
}

/** Thin: elements are ids, so that selection and expansion survive; only what changed is repainted. */
export class ServicesTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly source: ServicesSource;
  private readonly clock: Clock;
  private readonly sort: () => string;
  private readonly changed = new vscode.EventEmitter<string[] | undefined>();
  private readonly repaints: Repaints;
  private readonly subscriptions: { dispose(): void }[];
  private readonly byRow = new Map<string, Service | ProbeTarget>();
  private order = '';
  private filter: ServicesView = { isFailingOnly: false, text: '' };

  readonly onDidChangeTreeData = this.changed.event;

  /** `sort` gives `worst` or `name`. */
  constructor(source: ServicesSource, clock: Clock, sort: () => string) {
    this.source = source;
    this.clock = clock;
    this.sort = sort;
    this.repaints = new Repaints(clock, ids => this.changed.fire(ids === undefined ? ids : [...ids]));
    this.index();
    this.subscriptions = [
      source.onDidCheck(targetId => this.repaint(targetId)),
      source.onDidChange(() => this.refresh()),
    ];
  }

  get shownFilter(): ServicesView {
    return this.filter;
  }

  setFilter(filter: Partial<ServicesView>): void {
    this.filter = { ...this.filter, ...filter };
    this.repaints.all();
  }

  /** After the way of sorting changed. */
  refreshAll(): void {
    this.repaints.all();
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.row(id);
    return row ? toTreeItem(row) : new vscode.TreeItem(id);
  }

  getChildren(id?: string): string[] {
    if (id === undefined) return this.topLevel();
    const service = this.service(id);
    if (!service) return [];
    return [
      ...service.probes.map(probe => `probe:${probe.id}`),
      ...service.dependsOn.map(needed => `needs:${service.id}>${needed}`),
      ...this.source.runbooks(service).map(({ file }) => `book:${service.id}>${file}`),
    ];
  }

  getParent(id: string): string | undefined {
    const target = this.target(id);
    if (target) return `service:${target.serviceId}`;
    const owner = /^(?:needs|book):([^>]+)>/.exec(id)?.[1];
    return owner && `service:${owner}`;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.repaints.dispose();
    this.changed.dispose();
  }

  private row(id: string): Row | undefined {
    const { source } = this;
    const service = this.service(id);
    if (service)
      return serviceRow(service, source.health(service.id), {
        nowMs: this.clock.nowMs(),
        isConfigured: source.isConfigured(service),
        titleOf: other => this.service(`service:${other}`)?.title ?? other,
        transitions: source.transitions(service.id),
      });
    const target = this.target(id);
    if (target) return probeRow(target, source.probe(target.id), source.samples(target.id));
    if (id === 'configuration') return configurationRow(source.trouble());
    return id === 'engine' ? engineRow(source.engine(), source.compose()) : this.relation(id);
  }

  private relation(id: string): Row | undefined {
    const [, kind, owner = '', name = ''] = /^(needs|book):([^>]+)>(.*)$/.exec(id) ?? [];
    if (kind === 'needs') {
      const needed = this.service(`service:${name}`);
      return dependencyRow(owner, { id: name, service: needed }, this.source.health(name), iconOf);
    }
    const service = this.service(`service:${owner}`);
    const runbook = service && this.source.runbooks(service).find(({ file }) => file === name);
    return runbook && runbookRow(owner, runbook);
  }

  private topLevel(): string[] {
    const { source } = this;
    const known = source
      .services()
      .map(service => ({ service, health: source.health(service.id) ?? unknownHealth(service.id) }));
    const order = byBlame(known.map(({ health }) => health));
    const shown = known
      .filter(({ health }) => !this.filter.isFailingOnly || isFailing(health.state))
      .filter(({ service }) => matches(service, this.filter.text))
      .sort((a, b) =>
        this.sort() === 'name' ? a.service.title.localeCompare(b.service.title) : order(a.health, b.health),
      );
    const ids = shown.map(({ service }) => `service:${service.id}`);
    if (source.trouble() !== undefined) ids.unshift('configuration');
    if (engineRow(source.engine(), source.compose()) !== undefined) ids.push('engine');
    this.order = ids.join();
    return ids;
  }

  private repaint(targetId: string): void {
    const target = this.target(`probe:${targetId}`);
    if (target) this.repaints.add([`probe:${targetId}`, `service:${target.serviceId}`]);
  }

  /** The whole tree only when its order changed: a full refresh would make the rows flicker. */
  private refresh(): void {
    this.index();
    const before = this.order;
    const ids = this.topLevel();
    if (before !== this.order) this.repaints.all();
    else this.repaints.add([...ids, ...this.dependencyRows()]);
  }

  private dependencyRows(): string[] {
    return this.source
      .services()
      .flatMap(({ id, dependsOn }) => dependsOn.map(needed => `needs:${id}>${needed}`));
  }

  private index(): void {
    this.byRow.clear();
    for (const service of this.source.services()) {
      this.byRow.set(`service:${service.id}`, service);
      for (const probe of service.probes) this.byRow.set(`probe:${probe.id}`, probe);
    }
  }

  private service(id: string): Service | undefined {
    const found = this.byRow.get(id);
    return found && 'probes' in found ? found : undefined;
  }

  private target(id: string): ProbeTarget | undefined {
    const found = this.byRow.get(id);
    return found && 'spec' in found ? found : undefined;
  }
}

function unknownHealth(serviceId: string): ServiceHealth {
  return {
    serviceId,
    state: 'unknown',
    sinceMs: 0,
    blockedBy: [],
    reason: '',
    probes: [],
    isAcknowledged: false,
    isInMaintenance: false,
  };
}

import * as vscode from 'vscode';
import type { Event } from '../../base/emitter.ts';
import type { ProbeHealth, Service, ServiceHealth } from '../../domain/health/model.ts';
import { toTreeItem } from '../treeItem.ts';
import { byWorst, isFailing, probeRow, serviceRow, summary } from './servicesModel.ts';

/** What the tree reads; the monitor owns all of it. */
export interface ServicesSource {
  services(): readonly Service[];
  health(serviceId: string): ServiceHealth | undefined;
  probe(targetId: string): ProbeHealth | undefined;
  /** Fires with a target's id after every check. */
  readonly onDidCheck: Event<string>;
  /** Fires when services or their shown states changed. */
  readonly onDidChange: Event<unknown>;
}

/** Thin: elements are ids, so that selection and expansion survive; only what changed is repainted. */
export class ServicesTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly source: ServicesSource;
  private readonly nowMs: () => number;
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly subscriptions: { dispose(): void }[];
  private order = '';
  private isFiltered = false;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(source: ServicesSource, nowMs: () => number) {
    this.source = source;
    this.nowMs = nowMs;
    this.subscriptions = [
      source.onDidCheck(targetId => this.repaint(targetId)),
      source.onDidChange(() => this.refresh()),
    ];
  }

  setFiltered(isFiltered: boolean): void {
    this.isFiltered = isFiltered;
    this.changed.fire(undefined);
  }

  getTreeItem(id: string): vscode.TreeItem {
    const service = this.service(id);
    if (service) return toTreeItem(serviceRow(service, this.source.health(service.id), this.nowMs()));
    const target = this.targetOf(id);
    if (target) return toTreeItem(probeRow(target, this.source.probe(target.id)));
    return new vscode.TreeItem(id);
  }

  getChildren(id?: string): string[] {
    if (id === undefined) return this.topLevel();
    return (this.service(id)?.probes ?? []).map(probe => `probe:${probe.id}`);
  }

  getParent(id: string): string | undefined {
    const target = this.targetOf(id);
    return target ? `service:${target.serviceId}` : undefined;
  }

  get title(): string {
    return summary(this.healths()).text;
  }

  get badge(): number {
    return summary(this.healths()).failing;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private topLevel(): string[] {
    const shown = this.source
      .services()
      .map(service => this.source.health(service.id) ?? unknownHealth(service.id))
      .filter(health => !this.isFiltered || isFailing(health.state))
      .sort(byWorst);
    const ids = shown.map(health => `service:${health.serviceId}`);
    this.order = ids.join();
    return ids;
  }

  private repaint(targetId: string): void {
    const target = this.targetOf(`probe:${targetId}`);
    if (!target) return;
    this.changed.fire(`probe:${targetId}`);
    this.changed.fire(`service:${target.serviceId}`);
  }

  /** The whole tree only when its order changed: a full refresh would make the rows flicker. */
  private refresh(): void {
    const before = this.order;
    const ids = this.topLevel();
    if (before !== this.order) this.changed.fire(undefined);
    else for (const id of ids) this.changed.fire(id);
  }

  private healths(): ServiceHealth[] {
    return this.source.services().flatMap(service => this.source.health(service.id) ?? []);
  }

  private service(id: string): Service | undefined {
    return this.source.services().find(service => `service:${service.id}` === id);
  }

  private targetOf(id: string) {
    return this.source
      .services()
      .flatMap(service => service.probes)
      .find(probe => `probe:${probe.id}` === id);
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

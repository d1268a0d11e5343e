import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposables.ts';
import type { Event } from '../../base/emitter.ts';
import { errorText, isCancelled } from '../../base/errors.ts';
import type { Log } from '../../ports.ts';
import type { Handlers } from '../../shared/fields.ts';
import { type ServiceToHost, type ServiceToPage, serviceMessages } from '../../shared/serviceProtocol.ts';
import { Coalescer } from './coalescer.ts';
import { PageHost, pageOptions } from './pageHost.ts';
import { pageIcon } from './pageIcon.ts';
import { type ServiceFacts, toServiceSnapshot } from './serviceSnapshot.ts';

export const serviceViewType = 'watchkeeper.service';

export type ServiceIntent = Exclude<ServiceToHost, { type: 'ready' | 'openService' }>;

export type ServiceIntents = {
  readonly [K in ServiceIntent['type']]: (
    serviceId: string,
    intent: Extract<ServiceIntent, { type: K }>,
  ) => void | Promise<void>;
};

export interface ServicePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly source: ServiceFacts & {
    /** Fires with a target's id after every check. */
    readonly onDidCheck: Event<string>;
    readonly onDidChange: Event<unknown>;
  };
  readonly intents: ServiceIntents;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly log: Log;
}

const snapshotIntervalMs = 250;

/** The detail page of services: one tab, which follows the service that is shown. */
export class ServicePanel implements Disposable, vscode.WebviewPanelSerializer {
  private readonly options: ServicePanelOptions;
  private readonly store = new DisposableStore();
  private readonly coalescer: Coalescer;
  private serviceId: string | undefined;
  private panel: vscode.WebviewPanel | undefined;
  private page: PageHost<ServiceToHost, ServiceToPage> | undefined;
  private isReady = false;
  private revision = 0;

  constructor(options: ServicePanelOptions) {
    this.options = options;
    this.coalescer = this.store.add(new Coalescer(options.clock, snapshotIntervalMs, () => this.send()));
    this.store.add(options.source.onDidCheck(targetId => this.checked(targetId)));
    this.store.add(options.source.onDidChange(() => this.refresh()));
    this.store.add(vscode.window.registerWebviewPanelSerializer(serviceViewType, this));
  }

  show(serviceId: string): void {
    if (!this.panel) {
      const panel = vscode.window.createWebviewPanel(
        serviceViewType,
        this.titleOf(serviceId),
        vscode.ViewColumn.Active,
        pageOptions(this.options.extensionUri),
      );
      this.adopt(panel, serviceId);
      return;
    }
    this.serviceId = serviceId;
    this.panel.title = this.titleOf(serviceId);
    this.panel.reveal();
    this.refresh();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id: unknown =
      typeof state === 'object' && state !== null ? Reflect.get(state, 'serviceId') : undefined;
    if (typeof id === 'string' && !this.panel) this.adopt(panel, id);
    else panel.dispose();
  }

  dispose(): void {
    this.panel?.dispose();
    this.store.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, serviceId: string): void {
    this.panel = panel;
    this.serviceId = serviceId;
    panel.iconPath = pageIcon(this.options.extensionUri);
    const page = new PageHost<ServiceToHost, ServiceToPage>(panel.webview, {
      extensionUri: this.options.extensionUri,
      page: 'service',
      title: this.titleOf(serviceId),
      data: { service: serviceId },
      messages: serviceMessages,
      handlers: this.handlers(),
      log: this.options.log,
    });
    this.page = page;
    const visibility = panel.onDidChangeViewState(() => {
      if (!panel.visible) this.isReady = false;
    });
    panel.onDidDispose(() => {
      visibility.dispose();
      page.dispose();
      this.panel = undefined;
      this.page = undefined;
      this.isReady = false;
    });
  }

  private titleOf(serviceId: string): string {
    const title = this.options.source.services().find(service => service.id === serviceId)?.title;
    return vscode.l10n.t('Service: {0}', title ?? serviceId);
  }

  private checked(targetId: string): void {
    const service = this.options.source.services().find(one => one.id === this.serviceId);
    if (service?.probes.some(probe => probe.id === targetId)) this.refresh();
  }

  private refresh(): void {
    if (this.isReady) this.coalescer.request();
  }

  private send(): void {
    const { source, clock, timeZone } = this.options;
    if (!this.isReady || this.serviceId === undefined) return;
    const moment = { revision: ++this.revision, nowMs: clock.nowMs(), timeZone };
    const snapshot = toServiceSnapshot(source, this.serviceId, moment);
    const text = vscode.l10n.t('This service is no longer configured.');
    this.page?.post(snapshot ?? { type: 'failed', text });
  }

  private handlers(): Handlers<ServiceToHost> {
    const ask = (intent: ServiceIntent) => this.carryOut(intent);
    return {
      ready: () => {
        this.isReady = true;
        this.send();
      },
      openService: ({ serviceId }) => this.show(serviceId),
      probeNow: ask,
      acknowledge: ask,
      unacknowledge: ask,
      openLogs: ask,
      openSource: ask,
      openProbeSource: ask,
      openRunbook: ask,
    };
  }

  private async carryOut(intent: ServiceIntent): Promise<void> {
    const serviceId = this.serviceId;
    if (serviceId === undefined) return;
    const carryOut = this.options.intents[intent.type] as (
      serviceId: string,
      intent: ServiceIntent,
    ) => void | Promise<void>;
    try {
      await carryOut(serviceId, intent);
    } catch (error) {
      if (isCancelled(error)) return;
      this.page?.post({ type: 'failed', text: errorText(error) });
      throw error;
    }
  }
}

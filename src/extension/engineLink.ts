import * as vscode from 'vscode';
import type { HealthMonitor } from '../app/healthMonitor.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { errorText } from '../base/errors.ts';
import { type ComposeVersions, composeVersions } from '../host/composePrograms.ts';
import { readSetting } from '../host/settings.ts';
import type { ContainerEvent, ContainerSummary, EngineState } from '../ports.ts';
import type { Tools } from './tools.ts';

const listWaitMs = 1_500;

export interface ComposeFacts extends ComposeVersions {
  /** Its version, from the containers' labels. */
  readonly madeBy: string | undefined;
}

/** The container engine, reached when something first needs it, and left for another when the choice changes. */
export class EngineLink implements Disposable {
  private readonly tools: Tools;
  private readonly monitor: HealthMonitor;
  private readonly events = new Emitter<ContainerEvent>();
  private readonly changes = new Emitter<EngineState>();
  private wanted: string | undefined;
  private versions: ComposeVersions | undefined;
  private madeBy: string | undefined;

  /** Engine events about containers, from when the engine is first needed. */
  readonly onDidEvent = this.events.event;
  readonly onDidChangeState = this.changes.event;

  constructor(tools: Tools, monitor: HealthMonitor) {
    this.tools = tools;
    this.monitor = monitor;
  }

  /** Undefined while nothing has needed an engine. */
  get state(): EngineState | undefined {
    return this.wanted === undefined ? undefined : this.tools.adapters().engine.state;
  }

  /** Which Compose there is to call, and which one made the containers of this project. */
  get compose(): ComposeFacts {
    return { plugin: undefined, standalone: undefined, ...this.versions, madeBy: this.madeBy };
  }

  attach(): void {
    if (this.wanted !== undefined) return;
    this.wanted = this.choice();
    const { store, log } = this.tools;
    const { engine } = this.tools.adapters();
    this.monitor.attachEngine(engine);
    store.add(engine.onDidEvent(event => this.events.fire(event)));
    store.add(engine.onDidChangeState(state => this.changes.fire(state)));
    void this.lookForCompose();
    engine.start().catch((error: unknown) => log.warn(`No container engine yet: ${errorText(error)}`));
  }

  async list(): Promise<readonly ContainerSummary[]> {
    this.attach();
    void this.follow();
    const late = new Promise<readonly ContainerSummary[]>(resolve => {
      this.tools.clock.after(listWaitMs, () => resolve([]));
    });
    // An engine that is not there must not keep the services waiting; once it is, they are read again.
    const found = await Promise.race([this.tools.adapters().engine.list(), late]).catch(() => []);
    const { folderPath } = this.tools;
    const own = found.filter(({ labels }) => labels['com.docker.compose.project.working_dir'] === folderPath);
    this.madeBy = [...own, ...found].map(({ labels }) => labels['com.docker.compose.version']).find(Boolean);
    return found;
  }

  /** To the engine that is chosen now, when it is another than before. Never rejects: callers need not wait. */
  async follow(): Promise<void> {
    const choice = this.choice();
    if (this.wanted === undefined || this.wanted === choice) return;
    this.wanted = choice;
    const { adapters, log } = this.tools;
    await adapters()
      .engine.reconnect()
      .catch((error: unknown) => log.error('The other container engine cannot be used', error));
  }

  dispose(): void {
    this.events.dispose();
    this.changes.dispose();
  }

  private async lookForCompose(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    this.versions = await composeVersions();
    if (this.state) this.changes.fire(this.state);
  }

  private choice(): string {
    return JSON.stringify([this.tools.engineChoice.of(), readSetting('docker.endpoint')]);
  }
}

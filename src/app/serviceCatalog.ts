import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { Catalog, CatalogInput } from '../domain/config/catalog.ts';
import type { Environment } from '../domain/config/model.ts';
import type { Service } from '../domain/health/model.ts';
import type { Runbook } from '../domain/runbook/model.ts';
import type { ContainerSummary } from '../ports.ts';

/** Files as the catalog reads them; paths are relative to the workspace, with `/`. */
export interface CatalogFiles {
  find(globs: readonly string[]): Promise<readonly string[]>;
  read(file: string): Promise<string | undefined>;
  /** Whether somebody has typed into it since it was saved. */
  isUnsaved(file: string): boolean;
  readonly onDidChange: Event<string>;
}

/** What is wrong with the configuration, and whether an earlier one, which was good, is in force. */
export interface CatalogTrouble {
  readonly file: string;
  /** Of the first mistake. */
  readonly line: number;
  readonly mistakes: number;
  readonly isKept: boolean;
}

export interface ServiceCatalogOptions {
  readonly files: CatalogFiles;
  readonly clock: Clock;
  readonly configFile: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runbooks and containers as they are known at this moment. */
  readonly runbooks: () => readonly Runbook[];
  readonly containers: () => Promise<readonly ContainerSummary[]>;
  /** Loaded on first use, since it brings the YAML parser. */
  readonly read: (input: CatalogInput) => Catalog;
  readonly includedFiles: (text: string, file: string) => readonly string[];
  /** Compose files that the configuration names, whatever they are called. */
  readonly namedComposeFiles: (text: string, file: string) => readonly string[];
  readonly folderName: string | undefined;
  /** Ids that a person hid where there is no configuration file to say so. */
  readonly hidden: () => readonly string[];
  /** The environment that was chosen last, by name. */
  readonly chosenEnvironment: () => string | undefined;
  /** A reading that nobody waits for went wrong; what was read before stays. */
  readonly onError: (error: unknown) => void;
}

export const composeGlobs = ['**/{docker-compose,compose}*.{yml,yaml}'];

// A file that is being written fires several times; one reading is enough.
const settleMs = 150;

/** Owns what there is to watch: services and environments, from configuration and discovery. */
export class ServiceCatalog implements Disposable {
  private readonly options: ServiceCatalogOptions;
  private readonly changed = new Emitter<Catalog>();
  private readonly subscription: Disposable;
  private timer: Disposable | undefined;
  private isStale = false;
  private isDisposed = false;
  private running: Promise<void> | undefined;
  private latest: Catalog | undefined;
  private good: Pick<CatalogInput, 'configText' | 'texts'> | undefined;
  private asked: ReadonlySet<string> = new Set();

  /** Fires after each reading, also when only the problems changed. */
  readonly onDidChange = this.changed.event;

  constructor(options: ServiceCatalogOptions) {
    this.options = options;
    this.subscription = options.files.onDidChange(file => {
      if (this.concerns(file)) this.reloadSoon();
    });
  }

  get current(): Catalog | undefined {
    return this.latest;
  }

  /** Undefined while all of the configuration is in force as it is written. */
  get trouble(): CatalogTrouble | undefined {
    if (!this.latest?.isBroken) return undefined;
    const errors = this.latest.problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const file = first?.file ?? this.options.configFile();
    return { file, line: first?.line ?? 1, mistakes: errors.length, isKept: this.good !== undefined };
  }

  get services(): readonly Service[] {
    return this.latest?.services ?? [];
  }

  get environment(): Environment | undefined {
    const all = this.latest?.environments ?? [];
    return all.find(environment => environment.name === this.options.chosenEnvironment()) ?? all[0];
  }

  reloadSoon(): void {
    if (this.isDisposed) return;
    this.timer?.dispose();
    this.timer = this.options.clock.after(settleMs, () => {
      this.reload().catch(this.options.onError);
    });
  }

  /** Reads everything again; calls while one runs share a single further run. */
  async reload(): Promise<void> {
    if (this.running) {
      this.isStale = true;
      return this.running;
    }
    this.running = this.readUntilFresh();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.timer?.dispose();
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async readUntilFresh(): Promise<void> {
    do {
      this.isStale = false;
      const input = await this.gather();
      if (this.isDisposed) return;
      this.latest = this.judge(input, this.options.read(input));
      this.changed.fire(this.latest);
    } while (this.isStale);
  }

  /**
   * A broken file never empties a view, and what is still being typed changes nothing yet: only its problems are shown.
   * The configuration that was good last is read anew, because the environment or the containers may be others.
   */
  private judge(input: CatalogInput, next: Catalog): Catalog {
    const { files, read } = this.options;
    const isFinal = !next.isBroken && !next.configFiles.some(file => files.isUnsaved(file));
    if (isFinal || this.good === undefined) {
      if (!next.isBroken) this.good = { configText: input.configText, texts: input.texts };
      return next;
    }
    return { ...read({ ...input, ...this.good }), problems: next.problems, isBroken: next.isBroken };
  }

  private async gather(): Promise<CatalogInput> {
    const { files, configFile, env, runbooks, containers, folderName } = this.options;
    const file = configFile();
    this.asked = new Set([file, '.env']);
    const [text, dotEnv, composeNames] = await Promise.all([
      files.read(file),
      files.read('.env'),
      files.find(composeGlobs),
    ]);
    // Only a compose project has containers of its own; asking for them loads the engine's client.
    const named = text === undefined ? [] : this.options.namedComposeFiles(text, file);
    const composeFiles = [...new Set([...composeNames, ...named])];
    const running = composeFiles.length > 0 ? await containers() : [];
    const composes = await this.texts(composeFiles);
    const texts = text === undefined ? {} : await this.included(text, file);
    this.asked = new Set([...this.asked, ...composeFiles]);
    return {
      configFile: file,
      configText: text,
      texts,
      dotEnv: dotEnv ?? '',
      env,
      composes: Object.entries(composes).map(([name, content]) => ({ file: name, text: content })),
      containers: running,
      runbooks: runbooks(),
      environment: this.options.chosenEnvironment(),
      hidden: this.options.hidden(),
      ...(folderName === undefined ? {} : { folderName }),
    };
  }

  /** Files that are included, and what those include. */
  private async included(text: string, file: string): Promise<Readonly<Record<string, string>>> {
    const found: Record<string, string> = {};
    const { includedFiles } = this.options;
    for (let wanted = includedFiles(text, file); wanted.length > 0; ) {
      this.asked = new Set([...this.asked, ...wanted]);
      const read = await this.texts(wanted.filter(name => name !== file && !Object.hasOwn(found, name)));
      Object.assign(found, read);
      wanted = Object.entries(read).flatMap(([name, content]) => includedFiles(content, name));
    }
    return found;
  }

  private async texts(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const read = await Promise.all(
      names.map(async name => [name, await this.options.files.read(name)] as const),
    );
    return Object.fromEntries(
      read.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])),
    );
  }

  private concerns(file: string): boolean {
    const known = [this.options.configFile(), '.env', ...(this.latest?.files ?? []), ...this.asked];
    return known.includes(file) || /(^|\/)(docker-)?compose[^/]*\.ya?ml$/.test(file);
  }
}

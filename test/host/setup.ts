/** What a `<name>.setup.ts` beside `<name>.host.ts` or `<name>.ui.ts` prepares outside VS Code before the suite. */
export interface SuiteSetup {
  /** Folder or .code-workspace that VS Code opens; the fresh folder of the context when left out. */
  readonly workspace?: string;
  /** Variables the suite reads with `fromSetup`. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Start VS Code with Workspace Trust on (then the folder is not trusted). */
  readonly hasWorkspaceTrust?: boolean;
  /** Set when the suite cannot be run here and that is no failure, e.g. an absent seed folder. */
  readonly notRun?: string;
  teardown?(): Promise<void>;
}

export interface SetupContext {
  /** An empty folder that is deleted afterwards. */
  readonly folder: string;
}

/** Each `*.setup.ts` exports `setup` of this type. */
export type Setup = (context: SetupContext) => Promise<SuiteSetup>;

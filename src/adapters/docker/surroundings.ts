/** The engine that the chosen environment names, and how that environment is called. */
export interface EngineChoice {
  readonly environment?: string;
  readonly host?: string | undefined;
  readonly context?: string | undefined;
}

/** What the search for an engine may look at; given, so that tests can set a scene. */
export interface EngineSurroundings {
  /** The user's setting; empty or undefined when not set. */
  readonly setting: string | undefined;
  readonly choice?: EngineChoice;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly uid: number | undefined;
  readonly platform: string;
  readonly readText: (file: string) => Promise<string>;
}

/** Where commands and probes point, as the views and the step flow need it. */
export interface EnvironmentView {
  readonly name: string;
  /** Name or `host:port` as written → as reachable from here. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Asks for more consent (production). */
  readonly isStrict: boolean;
  readonly dockerHost: string | undefined;
}

export interface EnvironmentChoice {
  current(): EnvironmentView;
  names(): readonly string[];
  select(name: string): Promise<void>;
}

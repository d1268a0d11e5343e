/** Where commands and probes point, as the views and the step flow need it. */
export interface EnvironmentView {
  readonly name: string;
  readonly title: string;
  /** One of the colours of the configuration. */
  readonly color: string | undefined;
  /** Name or `host:port` as written → as reachable from here. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Variable → name of the secret that holds its value. */
  readonly secretVariables: Readonly<Record<string, string>>;
  /** Asks for more consent (production). */
  readonly isStrict: boolean;
  readonly docker: { readonly host: string | undefined; readonly context: string | undefined };
}

export interface EnvironmentChoice {
  current(): EnvironmentView;
  names(): readonly string[];
  select(name: string): Promise<void>;
  /** Environment of a terminal that is opened now, secrets included: never to be shown or kept. */
  terminalEnv(): Promise<Readonly<Record<string, string>>>;
}

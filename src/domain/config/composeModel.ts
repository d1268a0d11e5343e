import type { SourceLink } from '../../base/source.ts';

/** A published port: where it is reached from this machine, and what it is inside. */
export interface ComposePort {
  readonly host: string;
  /** Undefined when the engine picks one at start. */
  readonly published: number | undefined;
  readonly target: number;
  readonly protocol: 'tcp' | 'udp';
  readonly source: SourceLink;
}

export interface ComposeService {
  readonly name: string;
  readonly project: string;
  readonly containerName: string | undefined;
  readonly image: string | undefined;
  readonly dependsOn: readonly string[];
  readonly ports: readonly ComposePort[];
  /** The check's command as one text, when there is one that is not disabled. */
  readonly healthcheck: { readonly command: string; readonly source: SourceLink } | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly envFiles: readonly string[];
  readonly command: string;
  /** Not empty: started only when one of them is asked for. */
  readonly profiles: readonly string[];
  readonly isHostNetwork: boolean;
  readonly source: SourceLink;
}

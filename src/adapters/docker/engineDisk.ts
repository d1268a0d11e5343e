/** What the engine says of its disk use; `rootDir` is where it keeps it, undefined when that is another machine. */
export interface EngineDisk {
  readonly imagesBytes: number;
  readonly containersBytes: number;
  readonly volumesBytes: number;
  readonly cacheBytes: number;
  readonly rootDir: string | undefined;
}

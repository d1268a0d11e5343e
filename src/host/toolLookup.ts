import fs from 'node:fs/promises';
import path from 'node:path';

const freshForMs = 60_000;

/** Names of the programs on PATH, read from the folders at most once a minute. */
export class ToolLookup {
  private readonly env: Readonly<Record<string, string | undefined>>;
  private known: { readonly atMs: number; readonly names: Promise<ReadonlySet<string>> } | undefined;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.env = env;
  }

  /** Undefined when PATH names no folder that could be read. */
  async tools(): Promise<((program: string) => boolean) | undefined> {
    if (this.known === undefined || performance.now() - this.known.atMs > freshForMs)
      this.known = { atMs: performance.now(), names: this.read() };
    const names = await this.known.names;
    return names.size === 0 ? undefined : program => names.has(program) || names.has(program.toLowerCase());
  }

  private async read(): Promise<ReadonlySet<string>> {
    const folders = (this.env['PATH'] ?? this.env['Path'] ?? '').split(path.delimiter).filter(Boolean);
    const lists = await Promise.all(
      [...new Set(folders)].map(folder => fs.readdir(folder).catch((): string[] => [])),
    );
    const names = lists.flat();
    if (process.platform !== 'win32') return new Set(names);
    const endings = (this.env['PATHEXT'] ?? '.EXE;.CMD;.BAT;.COM').toLowerCase().split(';');
    return new Set(
      names.flatMap(name => {
        const lower = name.toLowerCase();
        const ending = endings.find(candidate => lower.endsWith(candidate));
        return ending === undefined ? [lower] : [lower, lower.slice(0, -ending.length)];
      }),
    );
  }
}

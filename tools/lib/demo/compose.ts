import { spawnSync } from 'node:child_process';

export interface CommandResult {
  readonly isOk: boolean;
  readonly output: string;
}

/** Runs docker or compose against the demo's engine and gives back what it said. */
export class DemoEngine {
  readonly host: string | undefined;
  private readonly folder: string;
  private readonly composeCommand: readonly string[];

  constructor(folder: string, host: string | undefined, composeCommand: readonly string[]) {
    this.folder = folder;
    this.host = host;
    this.composeCommand = composeCommand;
  }

  docker(...args: readonly string[]): CommandResult {
    return this.run(['docker', ...args]);
  }

  compose(...args: readonly string[]): CommandResult {
    return this.run([...this.composeCommand, ...args]);
  }

  /** @throws Error with the command and its own words when it fails. */
  must(result: CommandResult, what: string): CommandResult {
    if (!result.isOk) throw new Error(`${what} failed:\n${result.output}`);
    return result;
  }

  private run([program = '', ...args]: readonly string[]): CommandResult {
    const env = this.host === undefined ? process.env : { ...process.env, DOCKER_HOST: this.host };
    const result = spawnSync(program, args, { cwd: this.folder, env, encoding: 'utf8', timeout: 120_000 });
    const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
    return { isOk: result.status === 0, output: result.error ? String(result.error) : output };
  }
}

/** The engine and the compose that work together here, or why containers cannot be used. */
export function findEngine(folder: string, host: string | undefined): DemoEngine | string {
  if (process.platform !== 'linux') return 'images are made from programs of this machine, which needs Linux';
  const plain = new DemoEngine(folder, host, []);
  if (!plain.docker('version', '--format', '{{.Server.Version}}').isOk) return 'no container engine answers';
  for (const command of [['docker', 'compose'], ['docker-compose']]) {
    const engine = new DemoEngine(folder, host, command);
    if (engine.compose('version').isOk) return engine;
  }
  return 'there is neither "docker compose" nor docker-compose';
}

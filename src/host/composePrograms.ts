import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Versions of the two ways to call Compose; undefined where a machine does not have it. */
export interface ComposeVersions {
  /** `docker compose`, the plug-in. */
  readonly plugin: string | undefined;
  /** `docker-compose`, a program of its own: v1, or v2 under the old name. */
  readonly standalone: string | undefined;
}

const run = promisify(execFile);
const limitMs = 10_000;

export async function composeVersions(): Promise<ComposeVersions> {
  const [plugin, standalone] = await Promise.all([
    versionOf('docker', ['compose', 'version', '--short']),
    versionOf('docker-compose', ['version', '--short']),
  ]);
  return { plugin, standalone };
}

/** A docker without the plug-in takes `--short` for a flag of its own, and answers with its help. */
async function versionOf(program: string, args: readonly string[]): Promise<string | undefined> {
  const answer = await run(program, args, { timeout: limitMs, windowsHide: true }).catch(() => undefined);
  return /^v?(\d+\.\d+[\w.+-]*)\s*$/.exec(answer?.stdout ?? '')?.[1];
}

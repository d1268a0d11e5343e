import { execFile } from 'node:child_process';
import os from 'node:os';
import {
  type GitChange,
  gitCommitFormat,
  gitTagFormat,
  parseCommits,
  parseTags,
} from '../domain/incident/gitLines.ts';

const maxChanges = 50;
const timeoutMs = 5_000;

/** Commits on the branch that is checked out, and tags, since then; empty where Git or a repository is missing. */
export async function gitChangesSince(folder: string, sinceMs: number): Promise<readonly GitChange[]> {
  const since = new Date(sinceMs).toISOString();
  const [commits, tags] = await Promise.all([
    git(folder, ['log', `--since=${since}`, `--max-count=${maxChanges}`, `--format=${gitCommitFormat}`]),
    git(folder, [
      'for-each-ref',
      '--sort=-creatordate',
      `--count=${maxChanges}`,
      `--format=${gitTagFormat}`,
      'refs/tags',
    ]),
  ]);
  return [...parseCommits(commits), ...parseTags(tags, sinceMs)];
}

/**
 * A repository's own settings may make `git log` start programs (a signature's checker, a fetch of what is missing);
 * Git itself is started at home, since Windows looks for programs in the current folder first.
 */
const quietGit = ['--no-pager', '-c', 'log.showSignature=false', '-c', 'core.fsmonitor=false'];

function git(folder: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    const options = {
      cwd: os.homedir(),
      timeout: timeoutMs,
      maxBuffer: 1 << 20,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
    };
    execFile('git', ['-C', folder, ...quietGit, ...args], options, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
  });
}

import { execFile } from 'node:child_process';
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

function git(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => {
    const options = {
      cwd,
      timeout: timeoutMs,
      maxBuffer: 1 << 20,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    };
    execFile('git', ['--no-pager', ...args], options, (error, stdout) => resolve(error ? '' : stdout));
  });
}

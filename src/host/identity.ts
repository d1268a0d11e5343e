import { execFile } from 'node:child_process';
import os from 'node:os';

/** Where Git is asked. `folder` is undefined unless the workspace is trusted: a repository's own settings say who. */
export interface IdentityPlace {
  readonly folder: string | undefined;
  readonly homeDir: string;
}

const longestName = 80;

/** How the timeline calls the person at this machine: the setting, else Git's `user.name`, else the account. */
export async function yourName(setting: string, { folder, homeDir }: IdentityPlace): Promise<string> {
  if (setting.trim() !== '') return setting.trim();
  const scope = folder === undefined ? ['config', '--global'] : ['-C', folder, 'config'];
  const fromGit = await new Promise<string>(resolve => {
    // Started at home: Windows looks for programs in the current folder first, and a workspace may bring a git.exe.
    execFile('git', [...scope, '--get', 'user.name'], { cwd: homeDir, timeout: 3000 }, (error, stdout) =>
      resolve(error ? '' : toName(stdout)),
    );
  });
  return fromGit || os.userInfo().username;
}

function toName(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName);
}

import { execFile } from 'node:child_process';
import os from 'node:os';

/** How the timeline calls the person at this machine: the setting, else Git's `user.name`, else the account. */
export async function yourName(setting: string, cwd: string | undefined): Promise<string> {
  if (setting.trim() !== '') return setting.trim();
  const fromGit = await new Promise<string>(resolve => {
    execFile('git', ['config', 'user.name'], { cwd, timeout: 3000 }, (error, stdout) =>
      resolve(error ? '' : stdout.trim()),
    );
  });
  return fromGit || os.userInfo().username;
}

import { spawn } from 'node:child_process';
import { findProgram } from './systemParts.ts';

/** Opens the address in the user's browser; false when there is no program for that. */
export function openBrowser(url: string): boolean {
  const name = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const program = findProgram(name);
  if (program === undefined) return false;
  spawn(program, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
  return true;
}

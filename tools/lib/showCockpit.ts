import path from 'node:path';
import { serveCockpit } from './cockpitServer.ts';
import { openBrowser } from './openBrowser.ts';
import { packageExtension } from './packageExtension.ts';
import { root } from './process.ts';
import { step } from './progress.ts';
import { untilInterrupted } from './untilInterrupted.ts';
import { ensureVsCode } from './vscode.ts';

export interface ShowOptions {
  /** Folder to open; what makes it ready runs beside the packaging. */
  readonly workspace: Promise<string> | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly opensBrowser: boolean;
}

/** Packages, installs and serves the cockpit on the workspace, prints its address, and waits for Ctrl-C. */
export async function showCockpit({ workspace, env, opensBrowser }: ShowOptions): Promise<void> {
  const home = path.join(root, '.watchkeeper-dev', 'profile');
  const [vscode, vsix, folder] = await Promise.all([
    ensureVsCode(),
    step('Packaging the extension', () =>
      packageExtension(path.join(root, '.watchkeeper-dev', 'watchkeeper.vsix')),
    ),
    workspace,
  ]);
  const wanted = Number(process.env['PORT'] ?? 0);
  const server = await step('Starting VS Code', () =>
    serveCockpit({
      vscode,
      vsix,
      home,
      workspace: folder,
      ...(env === undefined ? {} : { env }),
      ...(wanted > 0 ? { port: wanted } : {}),
    }),
  );
  const startedMs = Number(process.env['WATCHKEEPER_STARTED_MS'] ?? Date.now());
  const seconds = Math.round((Date.now() - startedMs) / 1000);
  console.log(
    `\n  Watchkeeper in VS Code (after ${seconds} s):\n\n  ${server.url}\n\n` +
      '  Open it and click the eye on the left. Ctrl-C stops everything.\n',
  );
  if (opensBrowser && !openBrowser(server.url))
    console.log('  No browser opener found: open the address yourself.');
  await untilInterrupted(new Promise(resolve => server.process.once('exit', resolve)));
}

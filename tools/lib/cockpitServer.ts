// VS Code as a user gets it: the packaged extension installed into a private profile, served on loopback with a token.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { run } from './process.ts';
import type { VsCode } from './vscode.ts';
import { serverArgs, serverEnv, startServer, type VsCodeServer, writeUserSettings } from './vscodeServer.ts';

export interface CockpitOptions {
  readonly vscode: VsCode;
  readonly vsix: string;
  /** Profile, installed extensions and server data; may be kept between starts. */
  readonly home: string;
  /** Folder or .code-workspace to open. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly hasWorkspaceTrust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Packaged extensions to install beside ours. */
  readonly others?: readonly string[];
}

export interface CockpitServer extends VsCodeServer {
  readonly url: string;
}

export async function serveCockpit(options: CockpitOptions): Promise<CockpitServer> {
  const { vscode, home } = options;
  const profile = {
    vscode,
    folder: home,
    userData: path.join(home, 'user'),
    extensions: path.join(home, 'extensions'),
  };
  const env = { ...process.env, ...options.env };
  writeUserSettings(profile.userData, options.settings);
  const installed = await run(
    vscode.node,
    [
      ...serverArgs(profile),
      ...[options.vsix, ...(options.others ?? [])].flatMap(vsix => ['--install-extension', vsix]),
      '--force',
    ],
    { env: serverEnv(env), stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (installed !== 0) throw new Error('VS Code did not install the packaged extension; see above.');
  const token = randomBytes(16).toString('hex');
  const server = await startServer({
    ...profile,
    token,
    hasTestDriver: false,
    hasWorkspaceTrust: options.hasWorkspaceTrust ?? false,
    env,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const kind = options.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ tkn: token, [kind]: options.workspace });
  return { ...server, url: `http://127.0.0.1:${server.port}/?${query}` };
}

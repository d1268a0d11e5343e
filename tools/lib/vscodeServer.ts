import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { VsCode } from './vscode.ts';

/** How the extension host process ended, e.g. { code: '0', signal: 'null' }. */
export interface HostEnd {
  readonly code: string;
  readonly signal: string;
}

export interface ServerOptions {
  readonly vscode: VsCode;
  /** Holds everything that the caller does not name itself; the caller deletes it. */
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  /** The workbench then takes a development extension and a test suite from the URL; it also hides all toasts. */
  readonly hasTestDriver: boolean;
  readonly hasWorkspaceTrust: boolean;
  readonly token?: string;
  readonly port?: number;
  readonly log?: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface VsCodeServer {
  readonly process: ChildProcess;
  readonly port: number;
  /** Resolves when the first extension host has ended. */
  readonly hostEnd: Promise<HostEnd>;
}

/** The few bundled extensions a test needs; with all of them a run takes half as long again. */
const BUNDLED = [
  'theme-defaults',
  'theme-seti',
  'markdown-basics',
  'markdown-language-features',
  'shellscript',
  'yaml',
  'json',
  'log',
  'docker',
  'configuration-editing',
];

const CALM_SETTINGS = {
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
};

/** Starts the VS Code server on loopback and resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  const port = options.port ?? (await freePort());
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    ...(options.hasTestDriver ? ['--enable-smoke-test-driver', '--enable-remote-auto-shutdown'] : []),
    ...(options.hasWorkspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.log === undefined ? [] : ['--log', options.log]),
  ];
  const child = spawn(options.vscode.node, [...serverArgs(options), ...args], {
    env: serverEnv(options.env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { listening, hostEnd } = watchOutput(child);
  await listening;
  return { process: child, port, hostEnd };
}

/** Arguments that every call of the server needs, also `--install-extension`. */
export function serverArgs(
  options: Pick<ServerOptions, 'vscode' | 'folder' | 'userData' | 'extensions'>,
): string[] {
  return [
    options.vscode.serverMain,
    '--accept-server-license-terms',
    '--disable-telemetry',
    ...['--server-data-dir', path.join(options.folder, 'server')],
    ...['--user-data-dir', options.userData],
    ...['--extensions-dir', options.extensions],
    ...['--builtin-extensions-dir', selectBundled(options.vscode, options.folder)],
  ];
}

/** Without an empty gallery the server calls a public marketplace; our own VS Code variables must not leak in. */
export function serverEnv(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !/^(VSCODE_|ELECTRON_|TERM_PROGRAM)/.test(name));
  return {
    ...Object.fromEntries(kept),
    NODE_OPTIONS: '',
    HISTFILE: '/dev/null',
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

/** Writes user settings when the profile has none (VS Code does not pick up later edits of this file here). */
export function writeUserSettings(userData: string, settings: Readonly<Record<string, unknown>> = {}): void {
  const file = path.join(userData, 'User', 'settings.json');
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ ...CALM_SETTINGS, ...settings }, undefined, 2));
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function selectBundled(vscode: VsCode, folder: string): string {
  const selection = path.join(folder, 'bundled');
  fs.mkdirSync(selection, { recursive: true });
  for (const name of BUNDLED) {
    const link = path.join(selection, name);
    const target = path.join(vscode.bundledExtensions, name);
    if (!fs.existsSync(link) && fs.existsSync(target)) fs.symlinkSync(target, link, 'dir');
  }
  return selection;
}

function watchOutput(child: ChildProcess): { listening: Promise<void>; hostEnd: Promise<HostEnd> } {
  const isVerbose = process.env['WATCHKEEPER_HOST_DEBUG'] !== undefined;
  const hostEnd = deferred<HostEnd>();
  const listening = deferred<void>();
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', line => {
      if (isVerbose) process.stderr.write(`${line}\n`);
      if (tail.push(line) > 30) tail.shift();
      if (line.includes('Extension host agent listening')) listening.resolve();
      const end = /Extension Host Process exited with code: (\S+), signal: ([^\s.]+)/.exec(line);
      if (end) hostEnd.resolve({ code: end[1] ?? '', signal: end[2] ?? '' });
    });
  }
  child.once('error', listening.reject);
  child.once('exit', code =>
    listening.reject(new Error(`VS Code server ended (${code}) before it listened:\n${tail.join('\n')}`)),
  );
  return { listening: listening.promise, hostEnd: hostEnd.promise };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve: value => resolve(value), reject: error => reject(error) };
}

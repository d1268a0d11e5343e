import fs from 'node:fs';
import path from 'node:path';

/** What of `code`'s command line a test launch uses; flags of the desktop build alone are ignored. */
export interface LaunchRequest {
  /** Folder or .code-workspace file to open. */
  readonly opened: string | undefined;
  readonly developmentExtensions: readonly string[];
  readonly suite: string | undefined;
  readonly userData: string | undefined;
  readonly extensions: string | undefined;
  readonly isTrustDisabled: boolean;
  readonly log: string | undefined;
}

export function parseLaunch(args: readonly string[]): LaunchRequest {
  const flags = new Map<string, string[]>();
  const positional: string[] = [];
  for (const argument of args) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
    if (match?.[1] === undefined) positional.push(argument);
    else flags.set(match[1], [...(flags.get(match[1]) ?? []), match[2] ?? '']);
  }
  const first = (name: string) => flags.get(name)?.[0];
  const pathOf = (name: string) => {
    const value = first(name);
    return value === undefined ? undefined : toPath(value);
  };
  const suite = pathOf('extensionTestsPath');
  return {
    opened: positional[0] === undefined ? undefined : toPath(positional[0]),
    developmentExtensions: (flags.get('extensionDevelopmentPath') ?? []).map(toPath),
    suite: suite === undefined ? undefined : toSuiteFile(suite),
    userData: pathOf('user-data-dir'),
    extensions: pathOf('extensions-dir'),
    isTrustDisabled: flags.has('disable-workspace-trust'),
    log: first('log'),
  };
}

/** Address of the workbench that opens the folder and, with the test driver, runs the suite. */
export function workbenchUrl(request: LaunchRequest, port: number): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...request.developmentExtensions.map(file => ['extensionDevelopmentPath', remote(file)]),
    ...(request.suite === undefined ? [] : [['extensionTestsPath', remote(request.suite)]]),
  ];
  const { opened } = request;
  const kind = opened === undefined ? 'ew' : opened.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: opened ?? 'true', payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

function toPath(value: string): string {
  return path.resolve(value.replace(/^file:\/\//, ''));
}

/** The desktop build also takes a folder or a name without extension; the web host wants the file. */
function toSuiteFile(suite: string): string {
  if (!fs.existsSync(suite)) return `${suite}.js`;
  return fs.statSync(suite).isDirectory() ? path.join(suite, 'index.js') : suite;
}

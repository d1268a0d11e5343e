import * as vscode from 'vscode';

/** Every setting with its type; the defaults must equal package.json's (test/manifest.test.ts). */
export interface Settings {
  readonly runbooks: readonly string[];
  readonly configFile: string;
  readonly 'docker.endpoint': string;
  readonly 'probes.interval': number;
  readonly 'services.sort': string;
  readonly notifications: string;
  readonly 'steps.recoveryWait': number;
  readonly 'steps.shell': string;
  readonly 'logs.maxLines': number;
  readonly 'incident.timeZone': string;
  readonly 'incident.yourName': string;
  readonly 'review.evidenceAppendix': boolean;
}

export const defaultSettings: Settings = {
  runbooks: [
    '**/{[Rr]unbook,[Rr]unbooks,[Pp]laybook,[Pp]laybooks}/**/*.md',
    '**/docs/incident*/**/*.md',
    '**/docs/incident*.md',
    '**/*[Rr][Uu][Nn][Bb][Oo][Oo][Kk]*.md',
  ],
  configFile: 'watchkeeper.yaml',
  'docker.endpoint': '',
  'probes.interval': 10,
  'services.sort': 'worst',
  notifications: 'all',
  'steps.recoveryWait': 30,
  'steps.shell': '',
  'logs.maxLines': 100_000,
  'incident.timeZone': 'UTC',
  'incident.yourName': '',
  'review.evidenceAppendix': false,
};

/** People edit settings as JSON: a value of the wrong type counts as not set. */
export function readSetting<K extends keyof Settings>(key: K): Settings[K] {
  const fallback = defaultSettings[key];
  const value = vscode.workspace.getConfiguration('watchkeeper').get<unknown>(key);
  const isUsable = Array.isArray(fallback)
    ? Array.isArray(value) && value.every(item => typeof item === 'string')
    : typeof value === typeof fallback;
  return isUsable ? (value as Settings[K]) : fallback;
}

/** Where it is set already, else for this person. */
export async function writeSetting<K extends keyof Settings>(key: K, value: Settings[K]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('watchkeeper');
  const isOfWorkspace = settings.inspect(key)?.workspaceValue !== undefined;
  await settings.update(key, value, !isOfWorkspace);
}

export function onDidChangeSetting(key: keyof Settings, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(`watchkeeper.${key}`)) listener();
  });
}

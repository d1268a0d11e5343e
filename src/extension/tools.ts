import path from 'node:path';
import * as vscode from 'vscode';
import type { Adapters, KubernetesBundle } from '../adapters/adapters.ts';
import type { EngineChoice } from '../adapters/docker/surroundings.ts';
import { systemClock } from '../base/clock.ts';
import { DisposableStore } from '../base/disposables.ts';
import type { Parsers } from '../domain/parsers.ts';
import { loadBundle } from '../host/lazyBundles.ts';
import type { LogChannel } from '../host/log.ts';
import { toSecretStore } from '../host/secrets.ts';
import { readSetting } from '../host/settings.ts';
import { WorkspaceFiles } from '../host/workspaceFiles.ts';
import type { SecretStore } from '../ports.ts';
import type { LateTree } from '../ui/lateTree.ts';

/** What activation made before the cockpit was read. */
export interface Opening {
  readonly context: vscode.ExtensionContext;
  readonly log: LogChannel;
  readonly trees: Readonly<Record<'services' | 'runbooks' | 'incident', LateTree>>;
  readonly views: Readonly<Record<'services' | 'runbooks' | 'incident', vscode.TreeView<string>>>;
}

/** Shared by all parts of the cockpit. Bundles are read when first asked for. */
export interface Tools extends Opening {
  /** The chosen environment's container engine; the part that knows environments sets `of`. */
  readonly engineChoice: { of: () => EngineChoice };
  readonly secrets: SecretStore;
  readonly store: DisposableStore;
  readonly files: WorkspaceFiles;
  readonly clock: typeof systemClock;
  readonly adapters: () => Adapters;
  readonly parsers: () => Parsers;
  /** Private to this extension on this machine; never inside the workspace. */
  readonly storagePath: string;
  readonly folderPath: string | undefined;
}

export function makeTools(opening: Opening): Tools {
  const store = new DisposableStore();
  opening.context.subscriptions.push(store);
  const secrets = toSecretStore(opening.context.secrets);
  const folderPath = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const engineChoice: Tools['engineChoice'] = { of: () => ({}) };
  const adapters = once(() =>
    store.add(
      loadBundle<typeof import('../adapters/adapters.ts')>('adapters').createAdapters({
        engineSetting: () => readSetting('docker.endpoint') || undefined,
        engineChoice: () => engineChoice.of(),
        readSecret: name => secrets.get(name),
        isTrusted: () => vscode.workspace.isTrusted,
        cwd: folderPath,
        loadKubernetes: async () => loadBundle<KubernetesBundle>('kubernetes'),
      }),
    ),
  );
  return {
    ...opening,
    store,
    engineChoice,
    secrets,
    files: store.add(new WorkspaceFiles()),
    clock: systemClock,
    adapters,
    parsers: once(() => loadBundle<typeof import('../domain/parsers.ts')>('parsers').parsers),
    storagePath: path.join(opening.context.globalStorageUri.fsPath),
    folderPath,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

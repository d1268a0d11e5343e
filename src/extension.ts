import * as vscode from 'vscode';
import type { Cockpit } from './extension/handlers.ts';
import { loadBundle } from './host/lazyBundles.ts';
import { openLogChannel } from './host/log.ts';
import { registerCommands } from './ui/commands.ts';
import { LateTree } from './ui/lateTree.ts';

/** What the tests inside VS Code may look at; undefined for everyone else. */
export interface TestAccess {
  readonly cockpit: Promise<Cockpit>;
  readonly views: Readonly<Record<'services' | 'runbooks' | 'incident', vscode.TreeView<string>>>;
}

/**
 * Returns within a few milliseconds: commands and views are known to VS Code from here on, what is behind them is
 * read from its own bundle right after.
 */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = openLogChannel();
  const trees = { services: new LateTree(), runbooks: new LateTree(), incident: new LateTree() };
  const views = {
    services: view('services', trees.services),
    runbooks: view('runbooks', trees.runbooks),
    incident: view('incident', trees.incident),
  };
  const cockpit = nextTurn().then(() => {
    const { openCockpit } = loadBundle<typeof import('./extension/cockpit.ts')>('cockpit');
    return openCockpit({ context, log, trees, views });
  });
  cockpit.catch((error: unknown) => log.error('Watchkeeper could not start', error));
  const handlers = cockpit.then(opened => opened.handlers);
  context.subscriptions.push(
    log,
    ...Object.values(views),
    registerCommands(commandNames(context), handlers, log),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { cockpit, views } : undefined;
}

function view(name: string, tree: LateTree): vscode.TreeView<string> {
  return vscode.window.createTreeView(`watchkeeper.${name}`, {
    treeDataProvider: tree,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function commandNames(context: vscode.ExtensionContext): readonly string[] {
  const manifest = context.extension.packageJSON as Manifest;
  return manifest.contributes.commands.map(({ command }) => command.replace('watchkeeper.', ''));
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

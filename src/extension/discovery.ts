import * as vscode from 'vscode';
import type { ServiceCatalog } from '../app/serviceCatalog.ts';
import { UserError } from '../base/errors.ts';
import type { TextChange } from '../domain/config/configEdits.ts';
import type { Service } from '../domain/health/model.ts';
import { readSetting } from '../host/settings.ts';
import type { DiscoveryActions } from '../ui/services/discoveryCommands.ts';
import type { Tools } from './tools.ts';

const hiddenKey = 'hiddenServices';

/** What was hidden in a workspace that has no configuration file to say so. */
export function hiddenServices({ context }: Tools): readonly string[] {
  return context.workspaceState.get<readonly string[]>(hiddenKey) ?? [];
}

/** Hiding and promoting what discovery found: in the configuration file where there is one. */
export function discoveryActions(tools: Tools, catalog: ServiceCatalog): DiscoveryActions {
  const setHidden = async (ids: readonly string[]) => {
    await tools.context.workspaceState.update(hiddenKey, ids);
    await catalog.reload();
  };
  return {
    hidden: () => [...new Set([...hiddenServices(tools), ...(catalog.current?.hidden ?? [])])],
    hide: async id => {
      const text = await tools.files.read(readSetting('configFile'));
      if (text === undefined) return setHidden([...new Set([...hiddenServices(tools), id])]);
      await edit(tools, tools.parsers().hideInConfig(text, id));
    },
    unhide: async id => {
      const hidden = hiddenServices(tools);
      if (hidden.includes(id)) await setHidden(hidden.filter(other => other !== id));
      if (!catalog.current?.hidden.includes(id)) return;
      const text = (await tools.files.read(readSetting('configFile'))) ?? '';
      await edit(tools, tools.parsers().unhideInConfig(text, id));
    },
    promote: service => promote(tools, service),
  };
}

async function promote(tools: Tools, service: Service): Promise<void> {
  const file = readSetting('configFile');
  const text = await tools.files.read(file);
  if (text === undefined) {
    await tools.files.write(file, tools.parsers().writeConfig([service]));
    const uri = tools.files.uri(file);
    if (uri) await vscode.window.showTextDocument(uri);
    return;
  }
  await edit(tools, tools.parsers().promoteInConfig(text, service));
}

/** One undoable edit, shown; saved unless a person has unsaved words of their own in the file. */
async function edit(tools: Tools, change: TextChange | undefined): Promise<void> {
  const uri = tools.files.uri(readSetting('configFile'));
  if (!uri || !change)
    throw new UserError(
      vscode.l10n.t('It stands there already, or the configuration has to be mended first.'),
      {
        title: vscode.l10n.t('Open Configuration'),
        command: 'watchkeeper.openConfiguration',
      },
    );
  const document = await vscode.workspace.openTextDocument(uri);
  const wasDirty = document.isDirty;
  const changes = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  changes.replace(uri, range, change.newText);
  if (!(await vscode.workspace.applyEdit(changes)))
    throw new UserError(vscode.l10n.t('VS Code did not take the change.'));
  if (!wasDirty) await document.save();
  const written = new vscode.Range(
    document.positionAt(change.start),
    document.positionAt(change.start + change.newText.length),
  );
  await vscode.window.showTextDocument(document, { selection: written });
}

import * as vscode from 'vscode';
import { CancelledError, UserError } from '../../base/errors.ts';
import type { SecretStore } from '../../ports.ts';
import type { CommandHandlers } from '../commands.ts';

export interface SecretCommandParts {
  readonly secrets: SecretStore;
  /** Names that the configuration asks for. */
  readonly names: () => readonly string[];
  /** Of a probe, by its row in the tree. */
  readonly namesOf: (row: string) => readonly string[];
  readonly onDidChange: () => void;
}

/** Values go from the input box into VS Code's SecretStorage: they are never shown, logged or written to a file. */
export function secretCommands(
  parts: SecretCommandParts,
): Pick<CommandHandlers, 'setSecret' | 'clearSecret'> {
  return {
    setSecret: name => setSecret(parts, name),
    clearSecret: name => clearSecret(parts, name),
  };
}

async function setSecret(parts: SecretCommandParts, given: string | undefined): Promise<void> {
  const name = await chosenName(parts, given);
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret {0}', name),
    prompt: vscode.l10n.t('Kept in the secret storage of VS Code on this machine, never in a file.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text === '' ? vscode.l10n.t('An empty secret is no secret.') : undefined),
  });
  if (value === undefined) throw new CancelledError();
  await parts.secrets.set(name, value);
  parts.onDidChange();
  void vscode.window.setStatusBarMessage(vscode.l10n.t('The secret {0} is set.', name), 4000);
}

/** Of a probe that asks for one secret only that one can be meant. */
async function chosenName(parts: SecretCommandParts, given: string | undefined): Promise<string> {
  const ofRow = given?.startsWith('probe:') ? parts.namesOf(given) : undefined;
  if (given !== undefined && ofRow === undefined) return given;
  const [only, ...others] = ofRow ?? [];
  if (only !== undefined && others.length === 0) return only;
  return pickName(parts, ofRow ?? parts.names(), vscode.l10n.t('Set which secret?'));
}

async function clearSecret(parts: SecretCommandParts, given: string | undefined): Promise<void> {
  const held = await Promise.all(
    parts.names().map(async name => ((await parts.secrets.get(name)) === undefined ? [] : [name])),
  );
  const name = given ?? (await pickName(parts, held.flat(), vscode.l10n.t('Clear which secret?')));
  await parts.secrets.delete(name);
  parts.onDidChange();
  void vscode.window.setStatusBarMessage(vscode.l10n.t('The secret {0} is cleared.', name), 4000);
}

async function pickName(
  { secrets, names }: SecretCommandParts,
  offered: readonly string[],
  title: string,
): Promise<string> {
  if (names().length === 0)
    throw new UserError(
      vscode.l10n.t('The configuration asks for no secret. Write { secret: NAME } where a value is wanted.'),
      { title: vscode.l10n.t('Open Configuration'), command: 'watchkeeper.openConfiguration' },
    );
  if (offered.length === 0) throw new UserError(vscode.l10n.t('No secret is set.'));
  const items = await Promise.all(
    offered.map(async label => {
      const isSet = (await secrets.get(label)) !== undefined;
      return { label, description: isSet ? vscode.l10n.t('set') : vscode.l10n.t('not set') };
    }),
  );
  const picked = await vscode.window.showQuickPick(items, { title });
  if (!picked) throw new CancelledError();
  return picked.label;
}

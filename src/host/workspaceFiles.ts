import * as vscode from 'vscode';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { UserError } from '../base/errors.ts';
import { toInnerPath } from '../base/safePath.ts';
import { leadsOutside } from './realPath.ts';

/** Folders in which nothing is the team's own. */
const othersFolders = ['node_modules', '.git', 'vendor', 'third_party', '.venv', 'dist'];

/** By its name a file. Folders such as `v1.2` and `conf.d` are taken for what they are. */
const fileName = /\.(?!d$)[a-z]\w*$/i;

/** Text files of the workspace by path relative to it, with `/`; what is typed and not saved wins over the disk. */
export class WorkspaceFiles implements Disposable {
  private readonly watchers: vscode.Disposable[] = [];
  private readonly changed = new Emitter<string>();
  private readonly moved = new Emitter<string>();

  /** Fires with the relative path of a file that was created, changed (also unsaved), or deleted. */
  readonly onDidChange = this.changed.event;
  /** Fires with the relative path of what came or went and is likely a folder. */
  readonly onDidChangeFolder = this.moved.event;

  /** Starts watching files that match one of the globs. */
  watch(globs: readonly string[]): void {
    const fire = (uri: vscode.Uri) => this.fireOwn(this.changed, this.relative(uri));
    for (const glob of globs) {
      const watcher = vscode.workspace.createFileSystemWatcher(glob);
      this.watchers.push(
        watcher,
        watcher.onDidCreate(fire),
        watcher.onDidChange(fire),
        watcher.onDidDelete(fire),
      );
    }
  }

  /** A folder that comes or goes as a whole is often all that is told: of the files in it nothing is said. */
  watchFolders(): void {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const fire = (uri: vscode.Uri) => {
      const path = this.relative(uri);
      if (!fileName.test(path)) this.fireOwn(this.moved, path);
    };
    this.watchers.push(watcher, watcher.onDidCreate(fire), watcher.onDidDelete(fire));
  }

  /** Fires for unsaved edits of documents of the language too, so that views follow the keystrokes. */
  watchDocuments(languageId: string): void {
    this.watchers.push(
      vscode.workspace.onDidChangeTextDocument(event => {
        if (event.document.languageId === languageId && event.contentChanges.length > 0) {
          this.changed.fire(this.relative(event.document.uri));
        }
      }),
    );
  }

  async find(globs: readonly string[], limit = 5000): Promise<readonly string[]> {
    const without = `**/{${othersFolders.join(',')}}/**`;
    const found = await Promise.all(globs.map(glob => vscode.workspace.findFiles(glob, without, limit)));
    return [...new Set(found.flat().map(uri => this.relative(uri)))].sort();
  }

  isUnsaved(file: string): boolean {
    const uri = this.uri(file)?.toString();
    return vscode.workspace.textDocuments.some(
      document => document.isDirty && document.uri.toString() === uri,
    );
  }

  /** Undefined when there is no such file. */
  async read(file: string): Promise<string | undefined> {
    const uri = this.uri(file);
    if (!uri) return undefined;
    // An editor without unsaved text may lag behind a file that was changed or deleted outside.
    const open = vscode.workspace.textDocuments.find(
      document => document.isDirty && document.uri.toString() === uri.toString(),
    );
    if (open) return open.getText();
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      return undefined;
    }
  }

  /** Creates or replaces a file that nobody has open. */
  async write(file: string, text: string): Promise<void> {
    const uri = await this.writable(file);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }

  /** Where the file may be written. Rejects with a UserError when the path or a link on it leaves the workspace. */
  async writable(file: string): Promise<vscode.Uri> {
    const [folder, uri] = [this.folderOf(file), this.uri(file)];
    if (!folder) throw new UserError(vscode.l10n.t('There is no workspace folder to write to.'));
    if (!uri || (uri.scheme === 'file' && (await leadsOutside(folder.uri.fsPath, uri.fsPath))))
      throw new UserError(vscode.l10n.t('{0} lies outside the workspace and was not written.', file));
    return uri;
  }

  /** The workspace folder that holds the file, else the first. */
  folderOf(file: string): vscode.WorkspaceFolder | undefined {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return (
      (folders.length > 1 ? folders.find(folder => file.startsWith(`${folder.name}/`)) : undefined) ??
      folders[0]
    );
  }

  /** Undefined without a folder, and for a path that leaves it: files of a repository may name any path. */
  uri(file: string): vscode.Uri | undefined {
    const folder = this.folderOf(file);
    if (!folder) return undefined;
    const isNamed =
      (vscode.workspace.workspaceFolders?.length ?? 0) > 1 && file.startsWith(`${folder.name}/`);
    const inner = toInnerPath(isNamed ? file.slice(folder.name.length + 1) : file);
    return inner === undefined ? undefined : vscode.Uri.joinPath(folder.uri, inner);
  }

  dispose(): void {
    vscode.Disposable.from(...this.watchers).dispose();
    this.changed.dispose();
    this.moved.dispose();
  }

  private fireOwn(emitter: Emitter<string>, path: string): void {
    if (!path.split('/').some(part => othersFolders.includes(part))) emitter.fire(path);
  }

  relative(uri: vscode.Uri): string {
    return vscode.workspace
      .asRelativePath(uri, (vscode.workspace.workspaceFolders?.length ?? 0) > 1)
      .replaceAll('\\', '/');
  }
}

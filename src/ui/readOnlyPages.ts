import * as vscode from 'vscode';

export interface Page {
  /** What the tab shows; its ending decides the language. */
  readonly name: string;
  readonly key: string;
}

export interface PageLook {
  /** A glance: the next one takes its tab, and the cursor stays where it is. */
  readonly isGlance: boolean;
}

/** Text of ours as documents: find, copy and screen readers work as in any editor, and closing one asks nothing. */
export class ReadOnlyPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly scheme: string;
  private readonly textOf: (key: string) => string;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  /** `textOf` is also asked for pages that an earlier window left open. */
  constructor(scheme: string, textOf: (key: string) => string) {
    this.scheme = scheme;
    this.textOf = textOf;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.textOf(uri.query);
  }

  /** The text of the page is another one now; one that is open shows it. */
  refresh(page: Page): void {
    this.changed.fire(this.uriOf(page));
  }

  async show(page: Page, { isGlance }: PageLook): Promise<void> {
    this.refresh(page);
    const document = await vscode.workspace.openTextDocument(this.uriOf(page));
    await vscode.window.showTextDocument(document, { preview: isGlance, preserveFocus: isGlance });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private uriOf({ name, key }: Page): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, path: `/${name.replaceAll('/', '∕')}`, query: key });
  }
}

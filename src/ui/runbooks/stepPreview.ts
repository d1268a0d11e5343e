import * as vscode from 'vscode';
import type { StepOrder } from '../../app/steps/stepRun.ts';
import { previewText } from './previewText.ts';
import type { FoundStep } from './stepLookup.ts';

const scheme = 'watchkeeper-preview';

/** A step as written and as it will run, as a read-only document. Opening it runs nothing and asks for nothing. */
export class StepPreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.query) ?? '';
  }

  async show(found: FoundStep, order: StepOrder, environment: string): Promise<void> {
    this.texts.set(found.key, previewText(found.step, order, environment));
    const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Step preview')}.md`, query: found.key });
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

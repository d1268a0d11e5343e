import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import { outcomeText } from './runbooksModel.ts';

const scheme = 'watchkeeper-output';

/** Captured output of steps as read-only documents: find, copy and screen readers work as in any editor. */
export class StepOutputs implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly runs: RunbookRuns;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: { dispose(): void }[];

  readonly onDidChange = this.changed.event;

  constructor(runs: RunbookRuns) {
    this.runs = runs;
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      runs.onDidChange(run => this.changed.fire(toUri(run.order.stepId))),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const run = this.runs.get(uri.query);
    if (!run) return vscode.l10n.t('This step has not run in this window.');
    const { order } = run;
    const written =
      order.written === order.command ? '' : `# as written: ${order.written.replaceAll('\n', '\n# ')}\n`;
    const output = run.output || vscode.l10n.t('(no output was captured)');
    return `# ${order.title} · ${outcomeText(run)}\n# ${order.source.file}:${order.source.line}\n${written}$ ${order.command}\n\n${output}\n`;
  }

  async show(stepKey: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(toUri(stepKey));
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

function toUri(stepKey: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: '/step output', query: stepKey });
}

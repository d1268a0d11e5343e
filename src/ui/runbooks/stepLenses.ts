import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import type { CommandStep } from '../../domain/runbook/model.ts';
import { outcomeText, riskWords, stepKey } from './runbooksModel.ts';
import type { RunbooksSource } from './runbooksTree.ts';

/** "Run" above every step in the Markdown editor, with what became of it. */
export class StepLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly source: RunbooksSource;
  private readonly runs: RunbookRuns;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: { dispose(): void }[];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(source: RunbooksSource, runs: RunbookRuns) {
    this.source = source;
    this.runs = runs;
    this.subscriptions = [
      source.onDidChange(() => this.changed.fire()),
      runs.onDidChange(() => this.changed.fire()),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const file = vscode.workspace.asRelativePath(document.uri, false);
    const runbook = this.source.runbooks().find(known => known.file === file);
    if (!runbook || !vscode.workspace.isTrusted) return [];
    return runbook.steps.flatMap(step =>
      step.kind === 'command' && !step.broken ? this.lensesOf(file, step) : [],
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private lensesOf(file: string, step: CommandStep): vscode.CodeLens[] {
    const range = new vscode.Range(step.range.startLine - 1, 0, step.range.startLine - 1, 0);
    const key = stepKey(file, step.id);
    const run = this.runs.get(key);
    const lens = (title: string, name: string) =>
      new vscode.CodeLens(range, { title, command: `watchkeeper.${name}`, arguments: [key] });
    const risk = step.risk === 'read' ? '' : ` · ${riskWords[step.risk]}`;
    const lenses = [lens(`$(play) ${vscode.l10n.t('Run')}${risk}`, 'runStep')];
    if (!run) return lenses;
    if (run.status === 'running' || run.status === 'recovering')
      lenses.push(lens(`$(debug-stop) ${vscode.l10n.t('Stop')}`, 'stopStep'));
    return [...lenses, lens(outcomeText(run), 'showStepOutput')];
  }
}

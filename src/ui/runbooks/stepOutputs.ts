import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import { ReadOnlyPages } from '../readOnlyPages.ts';
import { outcomeText } from './runbooksModel.ts';

/** Captured output of steps, each on a page that follows its step from run to run. */
export class StepOutputs implements vscode.Disposable {
  private readonly runs: RunbookRuns;
  private readonly pages = new ReadOnlyPages('watchkeeper-output', key => this.textOf(key));
  private readonly subscription: { dispose(): void };

  constructor(runs: RunbookRuns) {
    this.runs = runs;
    this.subscription = runs.onDidChange(run => this.pages.refresh(toPage(run.order.stepId)));
  }

  async show(stepKey: string): Promise<void> {
    await this.pages.show(toPage(stepKey), { isGlance: true });
  }

  dispose(): void {
    this.subscription.dispose();
    this.pages.dispose();
  }

  private textOf(stepKey: string): string {
    const run = this.runs.get(stepKey);
    if (!run) return vscode.l10n.t('This step has not run in this window.');
    const { order } = run;
    const written =
      order.written === order.command ? '' : `# as written: ${order.written.replaceAll('\n', '\n# ')}\n`;
    const output = run.output || vscode.l10n.t('(no output was captured)');
    return `# ${order.title} · ${outcomeText(run)}\n# ${order.source.file}:${order.source.line}\n${written}$ ${order.command}\n\n${output}\n`;
  }
}

function toPage(stepKey: string) {
  return { name: 'step output', key: stepKey };
}

import * as vscode from 'vscode';
import type { StepOrder } from '../../app/steps/stepRun.ts';
import { ReadOnlyPages } from '../readOnlyPages.ts';
import { previewText } from './previewText.ts';
import type { FoundStep } from './stepLookup.ts';

/** A step as written and as it will run. Opening it runs nothing and asks for nothing. */
export class StepPreviews implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly pages = new ReadOnlyPages('watchkeeper-preview', key => this.texts.get(key) ?? '');

  async show(found: FoundStep, order: StepOrder, environment: string): Promise<void> {
    this.texts.set(found.key, previewText(found.step, order, environment));
    const name = `${vscode.l10n.t('Step preview')}.md`;
    await this.pages.show({ name, key: found.key }, { isGlance: true });
  }

  dispose(): void {
    this.pages.dispose();
  }
}

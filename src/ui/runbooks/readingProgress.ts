import * as vscode from 'vscode';
import type { Event } from '../../base/emitter.ts';
import { setContext } from '../commands.ts';

export interface ReadingProgressOptions {
  readonly view: { message?: string | undefined };
  readonly index: {
    readonly onDidProgress: Event<{ readonly done: number; readonly total: number; readonly isEnd: boolean }>;
  };
}

/**
 * Says above the tree how far a long reading of the runbooks is, and afterwards that it was stopped, if so. A short
 * one, which is over with its first report, says nothing.
 */
export class ReadingProgress implements vscode.Disposable {
  private readonly options: ReadingProgressOptions;
  private readonly subscription: { dispose(): void };
  private isReading = false;
  private before: string | undefined;

  constructor(options: ReadingProgressOptions) {
    this.options = options;
    this.subscription = options.index.onDidProgress(({ done, total, isEnd }) =>
      isEnd ? this.end(done, total) : this.show(done, total),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private show(done: number, total: number): void {
    if (!this.isReading) {
      this.isReading = true;
      this.before = this.options.view.message;
      setContext('isReadingRunbooks', true);
    }
    this.options.view.message = vscode.l10n.t('Reading runbooks: {0} of {1}', done, total);
  }

  private end(done: number, total: number): void {
    const isWhole = done >= total;
    if (!this.isReading && isWhole) return;
    this.isReading = false;
    setContext('isReadingRunbooks', false);
    setContext('hasUnreadRunbooks', !isWhole);
    this.options.view.message = isWhole
      ? (this.before ?? '')
      : vscode.l10n.t('Reading was stopped: {0} of {1} runbook files were read.', done, total);
  }
}

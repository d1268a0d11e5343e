import * as vscode from 'vscode';
import type { RunbookRuns } from '../../app/steps/runbookRuns.ts';
import type { RunbooksSource } from './runbooksTree.ts';
import { type Mark, markLines } from './stepMarkLines.ts';

/** Shape and colour both tell: one of them is enough to read a mark. */
const looks: Readonly<
  Record<Mark, { readonly path: string; readonly color: string; readonly theme: string }>
> = {
  active: { path: 'M5 3l8 5-8 5z', color: '#3794ff', theme: 'editorInfo.foreground' },
  passed: { path: 'M3 8l3.5 4L13 4', color: '#4aa564', theme: 'testing.iconPassed' },
  finding: { path: 'M8 2v7M8 12v2', color: '#bf8803', theme: 'editorWarning.foreground' },
  failed: { path: 'M4 4l8 8M12 4l-8 8', color: '#e5534b', theme: 'testing.iconFailed' },
  stopped: { path: 'M4 4h8v8H4z', color: '#8b949e', theme: 'disabledForeground' },
};

const repaintMs = 150;

/** What became of each step, in the gutter of its runbook. */
export class StepMarks implements vscode.Disposable {
  private readonly source: RunbooksSource;
  private readonly runs: RunbookRuns;
  private readonly toUri: (file: string) => vscode.Uri | undefined;
  private readonly types: ReadonlyMap<Mark, vscode.TextEditorDecorationType>;
  private readonly subscriptions: { dispose(): void }[];
  private timer: NodeJS.Timeout | undefined;

  constructor(source: RunbooksSource, runs: RunbookRuns, toUri: (file: string) => vscode.Uri | undefined) {
    this.source = source;
    this.runs = runs;
    this.toUri = toUri;
    this.types = new Map(Object.entries(looks).map(([mark, look]) => [mark as Mark, toType(look)]));
    this.subscriptions = [
      source.onDidChange(() => this.repaintSoon()),
      runs.onDidChange(() => this.repaintSoon()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.repaintSoon()),
      ...this.types.values(),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private repaintSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const editor of vscode.window.visibleTextEditors) this.paint(editor);
    }, repaintMs);
  }

  private paint(editor: vscode.TextEditor): void {
    if (editor.document.languageId !== 'markdown') return;
    const address = editor.document.uri.toString();
    const runbook = this.source.runbooks().find(({ file }) => this.toUri(file)?.toString() === address);
    const lines = runbook && markLines(runbook, key => this.runs.get(key));
    for (const [mark, type] of this.types) {
      const ranges = (lines?.get(mark) ?? []).map(line => new vscode.Range(line, 0, line, 0));
      editor.setDecorations(type, ranges);
    }
  }
}

function toType({ path, color, theme }: (typeof looks)[Mark]): vscode.TextEditorDecorationType {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}" fill="none" stroke="${color}" stroke-width="2"/></svg>`;
  return vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`),
    gutterIconSize: '70%',
    overviewRulerColor: new vscode.ThemeColor(theme),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
}

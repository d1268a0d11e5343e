import * as vscode from 'vscode';
import type { StepOutcome, StepRequest, StepTerminal } from '../../ports.ts';
import { readSetting } from '../settings.ts';
import { ScriptFiles } from './scriptFiles.ts';
import { StepSession } from './stepSession.ts';

/** The integrated terminals in which steps run: one per key for ordinary steps, one each for those that stay. */
export class StepTerminals implements StepTerminal, vscode.Disposable {
  private readonly sessions = new Map<string, StepSession>();
  private readonly files: ScriptFiles;
  private readonly closed: vscode.Disposable;

  /** `folder` is private to this extension host; scripts are written there and removed after use. */
  constructor(folder: string) {
    this.files = new ScriptFiles(folder);
    this.closed = vscode.window.onDidCloseTerminal(gone => {
      for (const [key, session] of this.sessions) {
        if (session.terminal !== gone) continue;
        session.dispose();
        this.sessions.delete(key);
      }
    });
  }

  run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    return this.sessionFor(request).run(request, signal);
  }

  show(terminalKey: string): void {
    this.sessions.get(terminalKey)?.terminal.show();
  }

  dispose(): void {
    this.closed.dispose();
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    this.files.dispose();
  }

  private sessionFor(request: StepRequest): StepSession {
    // A step that never ends, or needs a person, would keep every later one waiting.
    const base = request.mode === 'once' ? request.terminalKey : `${request.terminalKey} ${request.stepId}`;
    for (let n = 1; ; n++) {
      const key = n === 1 ? base : `${base} (${n})`;
      const known = this.sessions.get(key);
      if (known?.isBusyWithOther || known?.terminal.exitStatus !== undefined) continue;
      if (known) return known;
      const name = n === 1 ? request.terminalName : `${request.terminalName} (${n})`;
      const session = new StepSession(
        { ...request, terminalName: name },
        readSetting('steps.shell'),
        this.files,
      );
      this.sessions.set(key, session);
      return session;
    }
  }
}

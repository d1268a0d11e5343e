import path from 'node:path';
import * as vscode from 'vscode';
import {
  exportLines,
  planSend,
  quoteFor,
  quoteWord,
  readScriptLine,
  type ShellKind,
  toShellKind,
} from '../../domain/runbook/sendPlan.ts';
import type { StepOutcome, StepRequest } from '../../ports.ts';
import { runFallback, stepsFolder } from './fallbackRun.ts';
import { runIntegrated } from './integratedRun.ts';
import type { ScriptFiles } from './scriptFiles.ts';

// A first terminal took up to 2.0 s to report its integration, on a machine under heavy load 7 s; where VS Code does
// not bring it about, a person may have: that is waited for a little.
const integrationWaitMs = 12_000;
const unlikelyIntegrationWaitMs = 3000;

// A shell that ends within 500 ms of its start counts as failed to launch: VS Code then keeps the terminal and tells
// nobody that it closed.
const launchMs = 600;

// Pagers wait for a person that is not there; everything else of the environment is the user's own.
const quietPagers = { PAGER: 'cat', SYSTEMD_PAGER: 'cat', GIT_PAGER: 'cat', MANPAGER: 'cat' };

// A shell shows its prompt again within some 50 ms.
const promptMs = 400;

interface PreparedRun {
  readonly request: StepRequest;
  /** File that exports what a person was asked for. */
  readonly variables: string | undefined;
  readonly signal: AbortSignal;
}

/** One terminal in which steps run one after the other. */
export class StepSession implements vscode.Disposable {
  readonly terminal: vscode.Terminal;
  private readonly files: ScriptFiles;
  private readonly program: string;
  private readonly subscriptions: vscode.Disposable[];
  private queue: Promise<unknown> = Promise.resolve();
  private own: vscode.TerminalShellExecution | undefined;
  private readonly foreign = new Set<vscode.TerminalShellExecution>();
  private launched: Promise<void> | undefined;
  private mayHoldAnswers = false;
  private integrationAsked: Promise<vscode.TerminalShellIntegration | undefined> | undefined;

  constructor(request: StepRequest, shellPath: string, files: ScriptFiles) {
    this.files = files;
    this.program = path.basename(shellPath || vscode.env.shell).replace(/\.exe$/i, '');
    this.terminal = vscode.window.createTerminal({
      name: request.terminalName,
      env: { ...quietPagers, ...request.env, [stepsFolder]: files.folder },
      iconPath: new vscode.ThemeIcon('eye'),
      isTransient: true,
      ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
      ...(shellPath === '' ? {} : { shellPath }),
    });
    this.subscriptions = [
      vscode.window.onDidStartTerminalShellExecution(event => {
        if (event.terminal === this.terminal && event.execution !== this.own)
          this.foreign.add(event.execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(event => this.foreign.delete(event.execution)),
    ];
  }

  /** True while something that a person started runs here: typing into it would go to that program. */
  get isBusyWithOther(): boolean {
    return this.foreign.size > 0;
  }

  run(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    const result = this.queue.then(() => this.runNow(request, signal));
    this.queue = result.catch(() => undefined);
    return result;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async runNow(request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    if (signal.aborted)
      return { kind: 'unknown', reason: 'cancelled before it started', output: '', tookMs: 0 };
    this.terminal.show(true);
    this.integrationAsked ??= integrationOf(this.terminal, this.integrationWaitMs());
    this.launched ??= launchOf(this.terminal);
    await this.launched;
    // One that comes late is taken from the next step on.
    const integration = (await this.integrationAsked) ?? this.terminal.shellIntegration;
    if (this.terminal.exitStatus !== undefined)
      return { kind: 'unknown', reason: 'the terminal was closed', output: '', tookMs: 0 };
    if (this.mayHoldAnswers) await this.emptyPrompt();
    const variables = await this.writeVariables(request.variables ?? {});
    try {
      return integration === undefined
        ? await this.runWithout(request, variables, signal)
        : await this.runWith(integration, { request, variables, signal });
    } finally {
      if (variables !== undefined) await this.files.remove(variables);
    }
  }

  /**
   * What the terminal answered a program (its size, its colours) lies on the prompt, and the shell would read our line
   * behind it: `1;2crm …`. VS Code clears only what it has seen already. Ctrl-C also ends a key sequence half-way.
   */
  private async emptyPrompt(): Promise<void> {
    this.mayHoldAnswers = false;
    this.terminal.sendText('\x03', false);
    await new Promise(resolve => setTimeout(resolve, promptMs));
  }

  private runWithout(
    request: StepRequest,
    variables: string | undefined,
    signal: AbortSignal,
  ): Promise<StepOutcome> {
    const command =
      variables === undefined ? request.command : `. ${quoteWord(variables)}\n${request.command}`;
    return runFallback({
      terminal: this.terminal,
      command,
      isCaptured: request.mode === 'once',
      files: this.files,
      signal,
      onQuestion: () => this.noteQuestion(),
    });
  }

  private async runWith(
    integration: vscode.TerminalShellIntegration,
    { request, variables, signal }: PreparedRun,
  ): Promise<StepOutcome> {
    const shell = this.shellKind();
    const { line, file } = await this.toLine(request.command, shell);
    const codeFile = shell === 'fish' ? this.files.pathFor('code') : undefined;
    if (codeFile !== undefined) await this.files.prepare();
    const outcome = await runIntegrated({
      terminal: this.terminal,
      integration,
      line: [
        ...(variables === undefined ? [] : [`. ${quoteFor(shell, variables)}`]),
        line,
        // VS Code misses the end of one command in fifty in fish: the line says it itself.
        ...(codeFile === undefined ? [] : [`echo $status >"$${stepsFolder}"/${path.basename(codeFile)}`]),
      ].join('; '),
      ...(codeFile === undefined ? {} : { readCode: () => this.readCode(codeFile) }),
      signal,
      onQuestion: () => this.noteQuestion(),
      onStart: execution => {
        this.own = execution;
        this.foreign.delete(execution);
      },
    });
    this.own = undefined;
    await this.files.remove(...[file, codeFile].filter(name => name !== undefined));
    return outcome;
  }

  private noteQuestion(): void {
    this.mayHoldAnswers = true;
  }

  private async readCode(file: string): Promise<number | undefined> {
    const text = await this.files.readIfThere(file);
    return text?.endsWith('\n') ? Number(text) : undefined;
  }

  private async writeVariables(variables: Readonly<Record<string, string>>): Promise<string | undefined> {
    const shell = this.shellKind();
    const text = exportLines(variables, shell);
    return text === '' ? undefined : this.files.write(text, shell === 'pwsh' ? 'ps1' : 'sh');
  }

  /** The program that was started; VS Code's own finding comes late and follows a passing `sh -c` as well. */
  private shellKind(): ShellKind {
    const own = toShellKind(this.program);
    return own === 'other' ? toShellKind(this.terminal.state.shell) : own;
  }

  private integrationWaitMs(): number {
    const isOn = vscode.workspace.getConfiguration('terminal.integrated').get('shellIntegration.enabled');
    const isLikely = isOn !== false && ['bash', 'zsh', 'fish', 'pwsh'].includes(toShellKind(this.program));
    return isLikely ? integrationWaitMs : unlikelyIntegrationWaitMs;
  }

  /** A script's text is shown before it runs: nothing runs that could not be read. */
  private async toLine(
    command: string,
    shell: ShellKind,
  ): Promise<{ line: string; file: string | undefined }> {
    if (planSend(command, shell).by === 'line') return { line: command, file: undefined };
    const file = await this.files.write(command);
    return { line: readScriptLine(file, shell), file };
  }
}

async function launchOf(terminal: vscode.Terminal): Promise<void> {
  await terminal.processId;
  await new Promise(resolve => setTimeout(resolve, launchMs));
}

function integrationOf(
  terminal: vscode.Terminal,
  waitMs: number,
): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration) return Promise.resolve(terminal.shellIntegration);
  return new Promise(resolve => {
    const finish = (integration: vscode.TerminalShellIntegration | undefined) => {
      clearTimeout(timer);
      changed.dispose();
      closed.dispose();
      resolve(integration);
    };
    const timer = setTimeout(() => finish(undefined), waitMs);
    const changed = vscode.window.onDidChangeTerminalShellIntegration(event => {
      if (event.terminal === terminal) finish(event.shellIntegration);
    });
    const closed = vscode.window.onDidCloseTerminal(gone => {
      if (gone === terminal) finish(undefined);
    });
  });
}

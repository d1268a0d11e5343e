import * as vscode from 'vscode';
import type { RunAside, RunbookRuns } from '../../app/steps/runbookRuns.ts';
import type { Loss } from '../../app/steps/stepLosses.ts';
import type { StepOrder, StepRun } from '../../app/steps/stepRun.ts';
import { UserError } from '../../base/errors.ts';
import type { Service } from '../../domain/health/model.ts';
import { servicesConcerned } from '../../domain/runbook/concerned.ts';
import { consentFor } from '../../domain/runbook/consent.ts';
import type { CommandStep } from '../../domain/runbook/model.ts';
import type { KnownValues } from '../../domain/runbook/unattended.ts';
import type { EnvironmentChoice, EnvironmentView } from '../environment.ts';
import { endQuestions } from '../questions.ts';
import { shortTitle } from '../shortTitle.ts';
import { requireTrust } from '../trust.ts';
import { lossText } from './lossText.ts';
import type { FoundStep } from './stepLookup.ts';
import { askConsent, askValue } from './stepPrompts.ts';

/** The command with holes filled and names replaced, and what was replaced; see `domain/runbook/fill.ts`. */
export interface PreparedCommand {
  readonly command: string;
  readonly replacements: readonly string[];
}

export interface StepFlowOptions {
  readonly runs: RunbookRuns;
  readonly environments: EnvironmentChoice;
  readonly services: () => readonly Service[];
  readonly fill: (
    step: CommandStep,
    values: ReadonlyMap<string, string>,
    environment: EnvironmentView,
  ) => Promise<PreparedCommand>;
  /** The incident that runs now, under which values and confirmations are remembered; `calm` without one. */
  readonly occasion: () => string;
  /** What the command will take with it, as far as it can be found out. */
  readonly losses: (found: FoundStep, command: string) => Promise<readonly Loss[]>;
  /** Shows the step in full, as written and as it will run. */
  readonly preview: (found: FoundStep, order: StepOrder, environment: string) => Promise<void>;
  /** Called after consent to a step that takes something with it: the place to save what can be saved. */
  readonly beforeLoss: (found: FoundStep, command: string, losses: readonly Loss[]) => Promise<void>;
  /** Whether a shell started now would have the variable. */
  readonly isSet: (variable: string) => boolean;
  readonly cwdOf: (file: string) => string | undefined;
}

interface ConsentSetting {
  readonly environment: EnvironmentView;
  readonly replacements: readonly string[];
}

interface Memory {
  readonly values: Map<string, string>;
  readonly confirmed: Set<string>;
}

/** Trust → holes → names → consent → run. The only way by which a step gets into a terminal. */
export class StepFlow {
  private readonly options: StepFlowOptions;
  private readonly memories = new Map<string, Memory>();

  constructor(options: StepFlowOptions) {
    this.options = options;
  }

  async run(found: FoundStep): Promise<StepRun> {
    const order = await this.prepare(found, true).finally(endQuestions);
    return this.options.runs.run(order);
  }

  /** The text for a terminal of the person's own: gaps are asked for, running it is theirs. */
  async textFor(found: FoundStep): Promise<string> {
    const { step } = found;
    requireRunnable(step);
    const environment = this.options.environments.current();
    const values = await this.askHoles(step, environment);
    return (await this.options.fill(step, values, environment)).command;
  }

  /**
   * For steps that only read and need nothing: run beside the terminals, with what is known already. Undefined when it
   * was cancelled before it began.
   */
  async runAside(found: FoundStep, aside: RunAside): Promise<StepRun | undefined> {
    requireRunnable(found.step);
    if (found.step.risk !== 'read') throw new Error(`${found.key} must not run unattended`);
    const order = await this.prepare(found, false);
    return aside.signal.aborted ? undefined : this.options.runs.run(order, aside);
  }

  /** What need not be asked for any more. */
  known(): KnownValues {
    const { values } = this.memory();
    const { variables } = this.options.environments.current();
    return {
      hasHole: hole => values.has(hole),
      hasVariable: name =>
        variables[name] !== undefined || this.options.isSet(name) || values.has(`$${name}`),
    };
  }

  /** The order as it would run. With `isAsking` false nobody is asked, and gaps not filled yet stay as written. */
  async prepare(found: FoundStep, isAsking: boolean): Promise<StepOrder> {
    const { step, runbook, key } = found;
    if (isAsking) requireRunnable(step);
    const environment = this.options.environments.current();
    const values = isAsking ? await this.askHoles(step, environment) : this.remembered(step);
    const holes = isAsking ? step.holes : step.holes.filter(({ text }) => values.has(text));
    const { command, replacements } = await this.options.fill({ ...step, holes }, values, environment);
    const order: StepOrder = {
      stepId: key,
      title: step.title,
      source: { file: runbook.file, line: step.range.startLine },
      risk: step.risk,
      mode: step.mode,
      written: step.command,
      command,
      terminalKey: `${runbook.file} ${environment.name}`,
      terminalName: `${shortTitle(runbook)} (${environment.name})`,
      cwd: this.options.cwdOf(runbook.file),
      variables: variablesOf(values),
      env: await this.options.environments.terminalEnv(),
      services: servicesConcerned(command, runbook.file, this.options.services()),
    };
    if (isAsking) await this.consent(found, order, { environment, replacements });
    return order;
  }

  private async askHoles(
    step: CommandStep,
    environment: EnvironmentView,
  ): Promise<ReadonlyMap<string, string>> {
    const { values } = this.memory();
    const filled = new Map<string, string>();
    for (const name of new Set(step.holes.map(hole => hole.text))) {
      const remembered = values.get(name);
      const isOffered = step.holes.every(hole => hole.text !== name || hole.strength === 'offered');
      const value = remembered ?? (await askValue(name, step.command, isOffered ? name : undefined));
      values.set(name, value);
      filled.set(name, value);
    }
    for (const name of step.variables) {
      if (environment.variables[name] !== undefined || this.options.isSet(name)) continue;
      if (await this.holdsSecret(name, environment)) continue;
      const value = values.get(name) ?? (await askValue(`$${name}`, step.command, undefined));
      values.set(name, value);
      filled.set(`$${name}`, value);
    }
    return filled;
  }

  private remembered(step: CommandStep): ReadonlyMap<string, string> {
    const { values } = this.memory();
    const names = [...step.holes.map(({ text }) => text), ...step.variables.map(name => `$${name}`)];
    return new Map(
      names.flatMap(name => {
        const value = values.get(name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  /** A step that needs a secret nobody has set would fail in its own words; this says what to do. */
  private async holdsSecret(variable: string, { secretVariables }: EnvironmentView): Promise<boolean> {
    const name = secretVariables[variable];
    if (name === undefined) return false;
    if ((await this.options.environments.terminalEnv())[variable] !== undefined) return true;
    throw new UserError(vscode.l10n.t('The secret {0} for ${1} is not set.', name, variable), {
      title: vscode.l10n.t('Set Secret…'),
      command: 'watchkeeper.setSecret',
      args: [name],
    });
  }

  private async consent(
    found: FoundStep,
    order: StepOrder,
    { environment, replacements }: ConsentSetting,
  ): Promise<void> {
    const { command } = order;
    const { step, key } = found;
    const { confirmed } = this.memory();
    const level = consentFor(step, {
      isStrict: environment.isStrict,
      isConfirmedInIncident: this.options.occasion() !== 'calm' && confirmed.has(key),
    });
    if (level === 'gesture') return;
    const losses = await this.options.losses(found, command);
    const preview = () => this.options.preview(found, order, environment.name);
    const request = { found, level, command, environment: environment.name, replacements, preview };
    await askConsent({ ...request, losses: losses.map(lossText) });
    confirmed.add(key);
    if (step.risk === 'destroy' || losses.length > 0) await this.options.beforeLoss(found, command, losses);
  }

  private memory(): Memory {
    const occasion = this.options.occasion();
    const known = this.memories.get(occasion) ?? { values: new Map(), confirmed: new Set() };
    this.memories.set(occasion, known);
    return known;
  }
}

/** `$NAME` keys stand for variables, all others for holes. */
function variablesOf(values: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...values].flatMap(([name, value]) => (name.startsWith('$') ? [[name.slice(1), value]] : [])),
  );
}

function requireRunnable(step: CommandStep): void {
  requireTrust();
  if (step.broken) throw new UserError(vscode.l10n.t('This step cannot run as written: {0}.', step.broken));
}

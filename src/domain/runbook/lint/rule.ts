import type { Problem } from '../../../base/source.ts';
import type { CommandStep } from '../model.ts';

/** What lint may know of the world; the domain looks nothing up itself. Undefined = not known: no such check. */
export interface LintFacts {
  /** Whether a path (relative to the workspace, with `/`) exists. */
  readonly exists: ((path: string) => boolean) | undefined;
  /** Programs that can be found on this machine or in the containers. */
  readonly hasTool: ((program: string) => boolean) | undefined;
}

export interface Finding {
  readonly message: string;
  /** Part of the command that is meant; the whole first line when absent. */
  readonly part?: string;
  readonly fix?: { readonly title: string; readonly from: string; readonly to: string };
}

/** One thing that can be wrong with a command. A row of the table in `commandRules.ts`. */
export interface CommandRule {
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly find: (step: CommandStep, around: Around) => Finding | undefined;
}

export interface Around {
  /** Steps of the same section, in order. */
  readonly section: readonly CommandStep[];
  readonly facts: LintFacts;
}

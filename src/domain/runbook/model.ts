import type { SourceRange } from '../../base/source.ts';

/** What a step may do, from least to most; `unknown` is asked for like `change`. */
export type Risk = 'read' | 'unknown' | 'change' | 'destroy';

/** `once` ends by itself, `tty` needs a person at the terminal, `stream` never ends by itself. */
export type StepMode = 'once' | 'tty' | 'stream';

/** A part of a command that a reader has to replace before it can run. Offsets are within `Step.command`. */
export interface Hole {
  /** The exact text as written, e.g. `<pod>` or `{incident-id}`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `offered` holes may be literal (`POOL_NAME`): they are asked for but do not block. */
  readonly strength: 'required' | 'offered';
}

export interface StepGroup {
  readonly title: string;
  /** 1-based place of this step among the `count` steps under one title. */
  readonly index: number;
  readonly count: number;
}

/** One complete shell statement. `id` is stable under edits elsewhere in the file. */
export interface CommandStep {
  readonly kind: 'command';
  readonly id: string;
  readonly title: string;
  readonly group: StepGroup | undefined;
  /** The statement as it will be sent when nothing is substituted: prompt and trailing comment removed. */
  readonly command: string;
  /** Remark behind the command (`# Redis`), if any. */
  readonly note: string | undefined;
  readonly range: SourceRange;
  /** Lines of the fence that holds it. */
  readonly blockRange: SourceRange;
  readonly headingPath: readonly string[];
  readonly risk: Risk;
  readonly mode: StepMode;
  readonly isEnvironmentMutating: boolean;
  /** Which rules decided the risk, e.g. `docker-compose down`: for the tooltip and the consent prompt. */
  readonly riskReasons: readonly string[];
  readonly holes: readonly Hole[];
  /** Variables read and not set earlier in the same runbook. */
  readonly variables: readonly string[];
  /** All variables it reads, and those it sets for the commands after it. */
  readonly reads: readonly string[];
  readonly sets: readonly string[];
  /** Why it can never run as written (unterminated quote), else undefined. */
  readonly broken: string | undefined;
  /** Output that the runbook shows for this command in a transcript. */
  readonly sampleOutput: string | undefined;
}

/** Something a person does: a comment without a command, a note, a dashboard to look at. */
export interface ManualStep {
  readonly kind: 'manual';
  readonly id: string;
  readonly title: string;
  readonly link: string | undefined;
  readonly range: SourceRange;
  readonly headingPath: readonly string[];
}

export type Step = CommandStep | ManualStep;

/** A `- [ ]` item outside fences; `condition` under "When to Escalate" and the like. */
export interface ChecklistItem {
  readonly id: string;
  readonly role: 'task' | 'condition';
  readonly text: string;
  readonly isChecked: boolean;
  readonly range: SourceRange;
  readonly headingPath: readonly string[];
  /** From the heading ("within 24 hours"), in ms after resolution, if stated. */
  readonly dueMs: number | undefined;
}

/** A fenced message to fill; `body` is the fence's text without its meta line. */
export interface MessageTemplate {
  readonly id: string;
  readonly kind: 'declaration' | 'update' | 'resolution' | 'review' | 'other';
  readonly title: string;
  readonly body: string;
  /** From the meta line (`# Slack template for #incidents channel`, `# Template: path`). */
  readonly channel: string | undefined;
  readonly cadenceMs: number | undefined;
  readonly cadenceLevels: readonly number[];
  readonly outputPath: string | undefined;
  readonly range: SourceRange;
  /** Literal placeholders in order of appearance, e.g. `{Timestamp + 30 minutes}`. */
  readonly placeholders: readonly string[];
}

export interface SeverityLevel {
  /** 1 for SEV-1. */
  readonly level: number;
  readonly label: string;
  readonly name: string;
  readonly tagline: string | undefined;
  readonly definition: string | undefined;
  readonly responseText: string | undefined;
  /** Undefined where the text names no duration ("Next business day"). */
  readonly responseMs: number | undefined;
  /** How often those who wait are told. */
  readonly updateEveryMs: number | undefined;
  readonly escalation: string | undefined;
  readonly line: number;
}

export interface EscalationLevel {
  readonly label: string;
  readonly who: string;
  readonly detail: string | undefined;
  /** Milliseconds after impact start ("escalate after 30 minutes"), or to respond within, if stated. */
  readonly afterMs: number | undefined;
  readonly respondWithinMs: number | undefined;
  readonly line: number;
}

export interface Contact {
  readonly role: string;
  readonly text: string;
  /** True while the text still holds `{Name}` and the like. */
  readonly isUnset: boolean;
  readonly line: number;
}

export interface AlertInfo {
  readonly name: string;
  readonly severity: string | undefined;
  readonly thresholdText: string | undefined;
  readonly thresholdMs: number | undefined;
  readonly impact: string | undefined;
  readonly line: number;
}

export interface RunbookLink {
  readonly text: string;
  readonly target: string;
  readonly kind: 'file' | 'web' | 'log';
  readonly line: number;
}

export interface Symptom {
  readonly text: string;
  readonly line: number;
}

/** A heading and what stands below it until the next heading of the same or a higher level. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  readonly range: SourceRange;
  /** The heading itself. */
  readonly headingRange: SourceRange;
  readonly steps: readonly Step[];
  readonly checklist: readonly ChecklistItem[];
  readonly symptoms: readonly Symptom[];
  readonly sections: readonly Section[];
  /** "(0-5 minutes)" in the heading, in ms from the start of the incident. */
  readonly budgetMs: { readonly from: number; readonly to: number } | undefined;
}

/** Every fenced or indented code block, runnable or not; what `npm run runbooks` prints. */
export interface CodeBlock {
  readonly kind: 'fence' | 'indented';
  readonly startLine: number;
  readonly endLine: number;
  readonly lang: string;
  readonly text: string;
  readonly isRunnable: boolean;
  readonly steps: readonly CommandStep[];
}

export interface Runbook {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  readonly title: string;
  readonly sections: readonly Section[];
  /** All steps in document order. */
  readonly steps: readonly Step[];
  readonly blocks: readonly CodeBlock[];
  readonly checklist: readonly ChecklistItem[];
  readonly templates: readonly MessageTemplate[];
  readonly severities: readonly SeverityLevel[];
  readonly escalation: readonly EscalationLevel[];
  readonly contacts: readonly Contact[];
  readonly alert: AlertInfo | undefined;
  readonly links: readonly RunbookLink[];
  /** Set when the file could not be read as a runbook (binary, too large): everything else is then empty. */
  readonly unreadable: string | undefined;
}

import type { Contact, Runbook, SeverityLevel } from '../runbook/model.ts';
import type { ReadinessProblem } from './policy.ts';

/** What would be missed in an incident, told before there is one. Lines are those of the runbook. */
export function readinessProblems(runbooks: readonly Runbook[]): readonly ReadinessProblem[] {
  return runbooks.flatMap(runbook => [
    ...runbook.contacts.filter(({ isUnset }) => isUnset).map(contact => unsetContact(runbook.file, contact)),
    ...runbook.severities.flatMap(level => pagerAgainstChat(runbook, level)),
    ...shareGap(runbook),
    ...runbook.escalation
      .filter(({ afterMs, respondWithinMs }) => afterMs === undefined && respondWithinMs === undefined)
      .map(({ label, who, line }) =>
        problem(
          runbook.file,
          line,
          'escalation-without-time',
          `${label} (${who}) has no time after which to escalate.`,
        ),
      ),
    ...undatedAgainstDated(runbook, runbooks),
  ]);
}

function problem(file: string, line: number, code: string, message: string): ReadinessProblem {
  return { file, code, severity: 'warning', message, line, startColumn: 0, endColumn: 0 };
}

function unsetContact(file: string, { role, text, line }: Contact): ReadinessProblem {
  return problem(file, line, 'contact-unset', `Contact “${role}” is not set: ${text}`);
}

/** `PagerDuty for SEV-1/SEV-2` among the alert channels, but "Notify … via Slack" at the level itself. */
function pagerAgainstChat(runbook: Runbook, level: SeverityLevel): readonly ReadinessProblem[] {
  const { escalation = '', label, line } = level;
  if (!/\b(?:slack|chat|teams|e-?mail)\b/i.test(escalation) || /page/i.test(escalation)) return [];
  const paged = runbook.blocks
    .flatMap(({ text, startLine }) =>
      text.split('\n').map((row, index) => ({ row, line: startLine + 1 + index })),
    )
    .find(({ row }) => /\bpager/i.test(row) && new RegExp(`\\b${label}\\b`, 'i').test(row));
  if (paged === undefined) return [];
  return [
    problem(
      runbook.file,
      line,
      'severity-channel-conflict',
      `${label} says “${escalation}”, but line ${paged.line} pages for it. Both are offered.`,
    ),
  ];
}

/** `>50%` at one level and `<50%` at the next: exactly half fits neither. */
function shareGap(runbook: Runbook): readonly ReadinessProblem[] {
  return runbook.severities.flatMap((level, index) => {
    const next = runbook.severities[index + 1];
    const above = />\s*(\d{1,3})\s*%/.exec(level.definition ?? '')?.[1];
    const below = /<\s*(\d{1,3})\s*%/.exec(next?.definition ?? '')?.[1];
    if (next === undefined || above === undefined || above !== below) return [];
    return [
      problem(
        runbook.file,
        next.line,
        'severity-gap',
        `Exactly ${above}% fits neither ${level.label} nor ${next.label}. Take the worse one, ${level.label}.`,
      ),
    ];
  });
}

/** A list of tasks that is dated in one runbook and undated in another: the two will be followed differently. */
function undatedAgainstDated(runbook: Runbook, all: readonly Runbook[]): readonly ReadinessProblem[] {
  const found = new Map<string, ReadinessProblem>();
  for (const item of runbook.checklist) {
    const heading = item.headingPath.at(-1) ?? '';
    if (item.role !== 'task' || item.dueMs !== undefined || !/long[- ]term/i.test(heading)) continue;
    const dated = all
      .filter(other => other !== runbook)
      .flatMap(other => other.checklist.map(check => ({ file: other.file, check })))
      .find(({ check }) => check.dueMs !== undefined && /long[- ]term/i.test(check.headingPath.at(-1) ?? ''));
    if (dated === undefined || found.has(heading)) continue;
    const where = `“${dated.check.headingPath.at(-1)}” in ${dated.file}`;
    found.set(
      heading,
      problem(
        runbook.file,
        item.range.startLine,
        'deadline-missing',
        `“${heading}” names no deadline, but ${where} does.`,
      ),
    );
  }
  return [...found.values()];
}

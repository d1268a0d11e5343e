import * as vscode from 'vscode';
import { CancelledError } from '../../base/errors.ts';
import type { IncidentStatus, PolicySeverity } from '../../domain/incident/model.ts';
import { formatDuration } from '../format.ts';
import { toLabel } from '../outsideText.ts';
import { askPick, askText, endQuestions } from '../questions.ts';

/** Severities of a team without a runbook that names any. */
const plainSeverities: readonly PolicySeverity[] = [1, 2, 3, 4].map(level => ({
  level,
  label: `SEV-${level}`,
  name: ['Critical', 'High', 'Medium', 'Low'][level - 1] ?? '',
  responseMs: undefined,
  updateEveryMs: undefined,
}));

export async function pickSeverity(
  severities: readonly PolicySeverity[],
  current?: number,
): Promise<PolicySeverity> {
  const shown = severities.length > 0 ? severities : plainSeverities;
  const items = shown.map(severity => ({
    severity,
    label: toLabel(`${severity.label}${severity.name ? ` ${severity.name}` : ''}`),
    description: severity.level === current ? vscode.l10n.t('now') : '',
    detail: policyText(severity),
  }));
  const picked = await askPick({
    items,
    title: vscode.l10n.t('Severity'),
    placeholder: vscode.l10n.t('When in doubt, take the higher one'),
  });
  if (!picked) throw new CancelledError();
  return picked.severity;
}

export async function askTitle(suggestion: string): Promise<string> {
  return ask(
    vscode.l10n.t('What is wrong?'),
    suggestion,
    vscode.l10n.t('A few words, e.g. "Postgres out of memory"'),
  );
}

/** `TODO:` makes an action item, `H:` a hypothesis, `?` an open question. */
export async function askNote(): Promise<string> {
  return ask(
    vscode.l10n.t('Note for the timeline'),
    '',
    vscode.l10n.t('TODO: action item · H: hypothesis · ? open question'),
  );
}

export async function pickStatus(current: IncidentStatus): Promise<IncidentStatus> {
  const statuses: readonly IncidentStatus[] = [
    'investigating',
    'identified',
    'mitigated',
    'monitoring',
    'resolved',
    'closed',
    'cancelled',
  ];
  const picked = await vscode.window.showQuickPick(
    statuses.map(status => ({ label: status, description: status === current ? vscode.l10n.t('now') : '' })),
    { title: vscode.l10n.t('Status'), ignoreFocusOut: true },
  );
  const status = statuses.find(candidate => candidate === picked?.label);
  if (!status) throw new CancelledError();
  return status;
}

async function ask(title: string, value: string, placeholder: string): Promise<string> {
  const text = await askText({
    title,
    value,
    placeholder,
    validate: input => (input.trim() === '' ? vscode.l10n.t('Needed') : undefined),
  });
  endQuestions();
  if (text === undefined) throw new CancelledError();
  return text.trim();
}

function policyText(severity: PolicySeverity): string {
  return [
    severity.responseMs === undefined
      ? ''
      : vscode.l10n.t('respond within {0}', formatDuration(severity.responseMs)),
    severity.updateEveryMs === undefined
      ? ''
      : vscode.l10n.t('update every {0}', formatDuration(severity.updateEveryMs)),
  ]
    .filter(Boolean)
    .join(' · ');
}

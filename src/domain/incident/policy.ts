import type { Problem } from '../../base/source.ts';
import type { MessageTemplate, Runbook, SeverityLevel } from '../runbook/model.ts';
import type { IncidentPolicy, PolicySeverity } from './model.ts';

/** What the configuration says over the runbooks' words. */
export interface PolicyConfig {
  readonly timeZone: string;
  readonly updateEveryMs?: Readonly<Record<number, number>>;
  readonly reviewPath?: string;
}

/** For teams whose runbooks have no severity table: names only, no promises about times. */
const defaultSeverities: readonly PolicySeverity[] = ['Critical', 'High', 'Medium', 'Low'].map(
  (name, index) => ({
    level: index + 1,
    label: `SEV-${index + 1}`,
    name,
    responseMs: undefined,
    updateEveryMs: undefined,
  }),
);

/** The rules of the first runbook that states each of them. */
export function policyFromRunbooks(runbooks: readonly Runbook[], config: PolicyConfig): IncidentPolicy {
  const severities = runbooks.find(runbook => runbook.severities.length > 0)?.severities ?? [];
  const escalation = runbooks.find(runbook => runbook.escalation.length > 0)?.escalation ?? [];
  const templates = runbooks.flatMap(runbook => runbook.templates);
  const source = runbooks.find(runbook => runbook.templates.some(isReview));
  const review = source?.templates.find(isReview);
  return {
    severities:
      severities.length === 0
        ? defaultSeverities
        : severities.map(level => toPolicySeverity(level, templates, config)),
    escalation: escalation.map(({ label, who, afterMs }) => ({ label, who, afterMs })),
    reviewTemplate: review?.body,
    reviewPath: config.reviewPath ?? review?.outputPath,
    templateSource:
      source === undefined || review === undefined
        ? undefined
        : { file: source.file, line: review.range.startLine },
    timeZone: config.timeZone,
  };
}

function toPolicySeverity(
  { level, label, name, responseMs, updateEveryMs }: SeverityLevel,
  templates: readonly MessageTemplate[],
  config: PolicyConfig,
): PolicySeverity {
  const cadence = templates.find(
    template => template.cadenceMs !== undefined && template.cadenceLevels.includes(level),
  );
  return {
    level,
    label,
    name,
    responseMs,
    updateEveryMs: config.updateEveryMs?.[level] ?? updateEveryMs ?? cadence?.cadenceMs,
  };
}

function isReview({ kind }: MessageTemplate): boolean {
  return kind === 'review';
}

export interface ReadinessProblem extends Problem {
  readonly file: string;
}

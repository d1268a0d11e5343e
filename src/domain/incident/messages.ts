import type { MessageTemplate } from '../runbook/model.ts';
import { repairMojibake } from '../runbook/mojibake.ts';
import type { Entry } from './model.ts';
import type { IncidentState } from './state.ts';
import { formatDuration, formatMoment, formatTime } from './time.ts';
import { startOf } from './timers.ts';

export interface MessageContext {
  /** When it is sent: "next update" counts from here. */
  readonly nowMs: number;
  readonly timeZone: string;
  /** From the runbook's alert, or typed by a person. */
  readonly impact?: string;
  readonly reviewAtMs?: number;
}

export interface FilledMessage {
  readonly kind: MessageTemplate['kind'];
  readonly channel: string | undefined;
  /** Markdown as the runbook writes it. */
  readonly text: string;
  /** Placeholders that only a person can fill; they stand in the text as they were written. */
  readonly open: readonly string[];
}

const maxBullets = 8;

/** Fills a template with what the journal knows. What it does not know stays as it is written. */
export function fillMessage(
  template: MessageTemplate,
  incident: IncidentState,
  context: MessageContext,
): FilledMessage {
  const open: string[] = [];
  // One pass over the template: a title that looks like a placeholder is not filled again.
  const wanted = new Set(template.placeholders.map(repairMojibake));
  const whole = repairMojibake(template.body);
  const body = whole.replace(/\{[^{}\n]{1,120}\}/g, (placeholder, start: number) => {
    const before = whole.slice(whole.lastIndexOf('\n', start) + 1, start);
    const name = nextUpdate.test(before + placeholder) ? 'next update' : placeholder.slice(1, -1);
    const value = wanted.has(placeholder) ? fillFor(name, incident, context) : undefined;
    if (value === undefined) open.push(placeholder);
    return value ?? placeholder;
  });
  const text = incident.isDrill ? `[DRILL] ${body}` : body;
  return { kind: template.kind, channel: template.channel, text, open };
}

type Filler = (incident: IncidentState, context: MessageContext) => string | undefined;

/** A bare `{Time}` or `{Timestamp}` behind these words is the severity's own interval from now. */
const nextUpdate = /next update\W*\{time(?:stamp)?\}$/i;

const fillers: readonly (readonly [RegExp, Filler])[] = [
  [/^(?:level|severity)$/i, incident => String(incident.severity)],
  [/^incident[- ]id$/i, incident => incident.id],
  [/^(?:incident )?title$/i, incident => oneLine(incident.title)],
  [/^next update$/i, nextUpdateTime],
  [
    /^(?:timestamp|start(?:ed| time)|time of (?:the )?first sign)$/i,
    (incident, { timeZone }) => formatMoment(startOf(incident), timeZone),
  ],
  [/^(?:your name|name|incident commander)$/i, commander],
  [/description of (?:the )?(?:user )?impact/i, (_, { impact }) => impact],
  [/^what (?:has been|was) done$/i, progress],
  [/working on now$|^what happens now$/i, focus],
  [/^(?:brief )?explanation$/i, confirmedCause],
  [/^what (?:fixed the issue|brought it back)$/i, fix],
  [/^total (?:incident time|duration)$|^from first sign to recovery$/i, duration],
  [
    /^post-incident review scheduled for/i,
    (_, { reviewAtMs, timeZone }) =>
      reviewAtMs === undefined
        ? undefined
        : `Post-incident review scheduled for ${formatMoment(reviewAtMs, timeZone)}`,
  ],
];

function fillFor(name: string, incident: IncidentState, context: MessageContext): string | undefined {
  const later = /^timestamp\s*\+\s*(\d{1,4})\s*(minute|hour)s?$/i.exec(name.trim());
  if (later) {
    const unitMs = later[2]?.toLowerCase() === 'hour' ? 3_600_000 : 60_000;
    return formatMoment(context.nowMs + Number(later[1]) * unitMs, context.timeZone);
  }
  return fillers.find(([pattern]) => pattern.test(name.trim()))?.[1](incident, context);
}

/** Nothing where the severity promises no interval. */
function nextUpdateTime(
  { policy, severity }: IncidentState,
  { nowMs, timeZone }: MessageContext,
): string | undefined {
  const everyMs = policy.severities.find(({ level }) => level === severity)?.updateEveryMs;
  return everyMs === undefined ? undefined : formatMoment(nowMs + everyMs, timeZone);
}

function commander(incident: IncidentState): string | undefined {
  const held = incident.roles.filter(({ role, untilMs }) => /commander/i.test(role) && untilMs === undefined);
  return held.at(-1)?.person;
}

/** What people did since the last message, as the timeline has it. */
function progress(incident: IncidentState, { timeZone, nowMs }: MessageContext): string | undefined {
  const sinceMs = Math.max(
    0,
    ...incident.messages.filter(({ state }) => state === 'sent').map(({ atMs }) => atMs),
  );
  const done = shown(incident).filter(
    ({ atMs, action, relevance, isPinned }) =>
      atMs > sinceMs && action !== undefined && (relevance === 'key' || isPinned),
  );
  if (done.length === 0) return undefined;
  const bullets = done
    .slice(-maxBullets)
    .map(
      ({ atMs, event, action = '' }) =>
        `\n- ${formatTime(atMs, timeZone, nowMs)} ${oneLine(action)}: ${oneLine(event)}`,
    );
  return bullets.join('');
}

function focus(incident: IncidentState): string | undefined {
  const running = shown(incident).findLast(({ action }) => action?.endsWith('(running)'));
  if (running !== undefined) return oneLine(running.event);
  const hypothesis = incident.hypotheses.findLast(({ verdict }) => verdict === 'open');
  return hypothesis === undefined ? undefined : `Checking: ${oneLine(hypothesis.text)}`;
}

/** Only what a person confirmed, and only when it is one thing. */
function confirmedCause(incident: IncidentState): string | undefined {
  const confirmed = incident.hypotheses.filter(({ verdict }) => verdict === 'confirmed');
  return confirmed.length === 1 && confirmed[0] ? oneLine(confirmed[0].text) : undefined;
}

/** The last step after which a service was seen to recover. */
function fix(incident: IncidentState): string | undefined {
  const cure = shown(incident).findLast(
    ({ kind, proofs }) => kind === 'step' && proofs.length > 1 && hasRecovery(proofs),
  );
  return cure?.action === undefined ? undefined : `${oneLine(cure.action)}: ${oneLine(cure.event)}`;
}

function hasRecovery(proofs: Entry['proofs']): boolean {
  return proofs.some(({ label }) => / went up|^Alert resolved/.test(label));
}

function duration(incident: IncidentState): string | undefined {
  const resolved = incident.milestones.find(({ name }) => name === 'resolved');
  return resolved === undefined ? undefined : formatDuration(resolved.atMs - startOf(incident));
}

function shown(incident: IncidentState): readonly Entry[] {
  return incident.entries.filter(({ isRetracted }) => !isRetracted);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

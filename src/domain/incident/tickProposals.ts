import type { ChecklistItem } from '../runbook/model.ts';
import type { Entry } from './model.ts';
import type { IncidentState } from './state.ts';
import { formatDuration } from './time.ts';
import { startOf } from './timers.ts';

/** A checklist item that the journal's facts say is done (or, for a condition, met). A person confirms it. */
export interface TickProposal {
  readonly item: string;
  readonly text: string;
  /** The event that proves it, to be named in the tick. */
  readonly proof: string;
  readonly why: string;
}

type Evidence = Pick<TickProposal, 'proof' | 'why'>;
type Rule = readonly [RegExp, (facts: Facts) => Evidence | undefined];

interface Facts {
  readonly incident: IncidentState;
  readonly nowMs: number;
  readonly text: string;
}

const steadyMs = 5 * 60_000;

const rules: readonly Rule[] = [
  [/\backnowledge\b/i, ({ incident }) => milestone(incident, 'acknowledged')],
  [/resolution/i, ({ incident }) => sent(incident, ['resolution'])],
  [/\bnotify\b.*(?:team|channel|stakeholders)/i, ({ incident }) => sent(incident, ['declaration', 'update'])],
  [/\brestart\b/i, ({ incident }) => step(incident, /\b(?:restart|up -d)\b/, hasStart)],
  [/\bresource/i, ({ incident }) => step(incident, /\b(?:free|df|top|uptime|docker stats|vmstat|iostat)\b/)],
  [
    /\bnetwork|\bconnectivity/i,
    ({ incident }) => step(incident, /\b(?:ping|curl|nc|pg_isready|netstat|ss|dig|traceroute)\b/),
  ],
  [/fully operational|is operational|verify service/i, steadilyUp],
  [/document (?:the )?timeline/i, ({ incident }) => report(incident)],
  [/\bpage\b|\bescalate\b/i, ({ incident }) => escalation(incident)],
  [/cannot be restored within/i, notRestored],
  [/multiple services/i, severalDown],
];

/** Proposals for items that are neither ticked nor skipped. Lists are matched by their words, one rule per item. */
export function tickProposals(
  checklist: readonly ChecklistItem[],
  incident: IncidentState,
  nowMs: number,
): readonly TickProposal[] {
  return checklist.flatMap(({ id, text }) => {
    if (incident.ticks[id] !== undefined) return [];
    const evidence = rules.find(([pattern]) => pattern.test(text))?.[1]({ incident, nowMs, text });
    return evidence === undefined ? [] : [{ item: id, text, ...evidence }];
  });
}

function milestone(incident: IncidentState, name: 'acknowledged'): Evidence | undefined {
  const found = incident.milestones.find(other => other.name === name);
  return found && { proof: found.eventId, why: name };
}

function sent(incident: IncidentState, kinds: readonly string[]): Evidence | undefined {
  const found = incident.messages.find(({ kind, state }) => state === 'sent' && kinds.includes(kind));
  return found && { proof: found.eventId, why: `${found.kind} sent` };
}

function step(
  incident: IncidentState,
  command: RegExp,
  isProven: (entry: Entry) => boolean = () => true,
): Evidence | undefined {
  const found = incident.entries.findLast(
    entry =>
      entry.kind === 'step' &&
      !entry.isRetracted &&
      command.test(entry.action ?? '') &&
      /\(exit 0\)$/.test(entry.action ?? '') &&
      isProven(entry),
  );
  return found && { proof: found.id, why: found.action ?? '' };
}

/** An exit code alone proves no restart: the container must have been seen to start. */
function hasStart({ proofs }: Entry): boolean {
  return proofs.some(({ label }) => /^Container .* (?:started|restarted)/.test(label));
}

function steadilyUp({ incident, nowMs }: Facts): Evidence | undefined {
  const lanes = incident.lanes.filter(
    ({ serviceId }) => incident.services.length === 0 || incident.services.includes(serviceId),
  );
  const sinceMs = Math.max(0, ...lanes.map(({ spans }) => spans.at(-1)?.fromMs ?? 0));
  const isUp = lanes.length > 0 && lanes.every(({ spans }) => spans.at(-1)?.state === 'up');
  const proof = incident.entries.findLast(({ kind, proofs }) => kind === 'health' || proofs.some(isRecovery));
  if (!isUp || nowMs - sinceMs < steadyMs || proof === undefined) return undefined;
  return { proof: proof.id, why: `up for ${formatDuration(nowMs - sinceMs)}` };
}

function isRecovery({ label }: Entry['proofs'][number]): boolean {
  return / went up/.test(label);
}

function report(incident: IncidentState): Evidence | undefined {
  const found = incident.reports.at(-1);
  return found && { proof: found.eventId, why: found.path };
}

function escalation(incident: IncidentState): Evidence | undefined {
  const found = incident.escalations.find(({ state }) => state === 'done');
  return found && { proof: found.eventId, why: `escalated to ${found.label}` };
}

function notRestored({ incident, nowMs, text }: Facts): Evidence | undefined {
  const [, count, unit] = /within\s+(\d{1,3})\s*(minute|hour)/i.exec(text) ?? [];
  const isOver = incident.milestones.some(({ name }) => name === 'resolved' || name === 'mitigated');
  if (count === undefined || isOver) return undefined;
  const limitMs = Number(count) * (unit?.toLowerCase() === 'hour' ? 3_600_000 : 60_000);
  const sinceMs = nowMs - startOf(incident);
  const proof = incident.milestones[0]?.eventId;
  return sinceMs < limitMs || proof === undefined
    ? undefined
    : { proof, why: `${formatDuration(sinceMs)} since the start` };
}

/** Blocked services are down because of another: they do not count. */
function severalDown({ incident }: Facts): Evidence | undefined {
  const down = incident.lanes.filter(({ spans }) => spans.at(-1)?.state === 'down');
  const proof = incident.entries.findLast(({ serviceId }) => down.some(lane => lane.serviceId === serviceId));
  return down.length < 2 || proof === undefined
    ? undefined
    : { proof: proof.id, why: down.map(({ title }) => title).join(', ') };
}

import * as vscode from 'vscode';
import { commanderRole } from '../../app/incident/deskTypes.ts';
import type { IncidentActions } from '../../app/incidentActions.ts';
import type { IncidentDesk } from '../../app/incidentDesk.ts';
import { CancelledError, UserError } from '../../base/errors.ts';
import { handoverBrief } from '../../domain/incident/handover.ts';
import type { IncidentState } from '../../domain/incident/state.ts';
import type { CommandHandlers } from '../commands.ts';
import { askWaiveReason, pickLevel } from './escalations.ts';
import { askMilestoneTime, pickMilestone } from './milestonePrompts.ts';
import { askText, pickRole } from './rolePrompts.ts';
import { incidentIdOf } from './rowIncident.ts';
import { isOver } from './statusChange.ts';
import { type TickProposalParts, takeTicks } from './tickProposalRows.ts';

export interface DeskCommandParts extends TickProposalParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly yourName: () => string;
  readonly showTimeline: (incidentId: string, entryId?: string) => void;
  readonly replay: (incidentId: string) => void;
  readonly nowMs: () => number;
}

type Handled =
  | 'assumeRole'
  | 'handOver'
  | 'handoverBrief'
  | 'setMilestone'
  | 'reopenIncident'
  | 'cancelIncident'
  | 'switchIncident'
  | 'escalationDone'
  | 'escalationWaived'
  | 'takeTicks'
  | 'replayIncident';

/** What an incident commander does at the desk besides declaring and resolving. */
export function deskCommands(parts: DeskCommandParts): Pick<CommandHandlers, Handled> {
  const { actions, nowMs } = parts;
  return {
    assumeRole: () => assumeRole(parts),
    handOver: () => handOver(parts),
    handoverBrief: id => showBrief(parts, named(parts, id) ?? current(parts)),
    setMilestone: async () => {
      const incident = current(parts);
      const name = await pickMilestone(incident);
      await actions.setMilestone(incident.id, name, await askMilestoneTime(incident, name, nowMs()));
    },
    reopenIncident: async id => {
      const incident =
        named(parts, id) ?? (await pickIncident(parts, isOver, vscode.l10n.t('Reopen which?')));
      await actions.reopen(incident.id);
      parts.desk.setCurrent(incident.id);
    },
    cancelIncident: async () => {
      const incident = current(parts);
      await actions.cancel(incident.id, await askText(vscode.l10n.t('Why was it no incident?')));
    },
    switchIncident: async id => {
      const isOpen = (incident: IncidentState) => !isOver(incident);
      const incident =
        named(parts, id) ?? (await pickIncident(parts, isOpen, vscode.l10n.t('Which incident?')));
      parts.desk.setCurrent(incident.id);
      parts.showTimeline(incident.id);
    },
    escalationDone: async row => {
      const incident = named(parts, row) ?? current(parts);
      const { label, who } = await pickLevel(incident, row);
      await actions.recordEscalation(incident.id, 'done', { label, who });
    },
    escalationWaived: async row => {
      const incident = named(parts, row) ?? current(parts);
      const level = await pickLevel(incident, row);
      const reason = await askWaiveReason(level);
      await actions.recordEscalation(incident.id, 'waived', { label: level.label, who: level.who, reason });
    },
    takeTicks: row => takeTicks(parts, row),
    replayIncident: row => replay(parts, row),
  };
}

/** Of the incident named, else the current one, else the newest: replays are mostly looked at afterwards. */
function replay(parts: DeskCommandParts, row: string | undefined): void {
  const incident = named(parts, row) ?? parts.desk.current() ?? parts.desk.list()[0] ?? current(parts);
  parts.replay(incident.id);
}

async function assumeRole(parts: DeskCommandParts): Promise<void> {
  const incident = current(parts);
  const role = await pickRole(incident, vscode.l10n.t('Which role do you take?'));
  await parts.actions.assumeRole(incident.id, parts.yourName(), role);
  const isHeld = incident.roles.some(holding => holding.role === role && holding.untilMs === undefined);
  if (isHeld) await showBrief(parts, current(parts));
}

async function handOver(parts: DeskCommandParts): Promise<void> {
  const incident = current(parts);
  const role = await pickRole(incident, vscode.l10n.t('Hand over which role?'));
  const person = await askText(
    role === commanderRole
      ? vscode.l10n.t('Who commands from now on?')
      : vscode.l10n.t('Who is {0} from now on?', role),
  );
  await parts.actions.assumeRole(incident.id, person, role);
  await showBrief(parts, current(parts));
}

/** One screen for whoever takes over; a document, so that it can be read, changed and sent. */
async function showBrief({ nowMs, redact }: DeskCommandParts, incident: IncidentState): Promise<void> {
  const content = redact(handoverBrief(incident, { nowMs: nowMs(), timeZone: incident.policy.timeZone }));
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: true });
}

async function pickIncident(
  { desk }: DeskCommandParts,
  isMeant: (incident: IncidentState) => boolean,
  title: string,
): Promise<IncidentState> {
  const incidents = desk.list().filter(isMeant);
  const [only] = incidents;
  if (!only) throw new UserError(vscode.l10n.t('There is none.'));
  if (incidents.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    incidents.map(incident => ({
      label: `${incident.isDrill ? '[DRILL] ' : ''}SEV-${incident.severity} ${incident.title}`,
      description: incident.status,
      detail: incident.id,
      incident,
    })),
    { title, ignoreFocusOut: true },
  );
  if (!picked) throw new CancelledError();
  return picked.incident;
}

function named({ desk }: DeskCommandParts, id: string | undefined): IncidentState | undefined {
  const incidentId = incidentIdOf(id);
  return incidentId === undefined ? undefined : desk.get(incidentId);
}

function current({ desk }: DeskCommandParts): IncidentState {
  const incident = desk.current();
  if (incident) return incident;
  throw new UserError(vscode.l10n.t('No incident runs.'), {
    title: vscode.l10n.t('Declare Incident'),
    command: 'watchkeeper.declareIncident',
  });
}

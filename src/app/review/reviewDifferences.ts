import type { IncidentState } from '../../domain/incident/state.ts';
import { type Backflow, findBackflow } from '../../domain/review/backflow.ts';
import type { Proposal, ReviewBlock } from '../../domain/review/model.ts';
import {
  newProposals,
  openProposals,
  type PlacedProposal,
  placeProposals,
} from '../../domain/review/proposals.ts';
import { toZone } from '../../domain/review/zone.ts';
import type { IncidentActions } from '../incidentActions.ts';
import type { IncidentDesk } from '../incidentDesk.ts';
import type { ReviewBases } from './bases.ts';

/** Where the review and the journal say different things, either way. */
export interface Differences {
  readonly proposals: readonly PlacedProposal[];
  readonly backflow: readonly Backflow[];
}

export interface DifferenceParts {
  readonly desk: IncidentDesk;
  readonly actions: IncidentActions;
  readonly bases: ReviewBases;
}

/** Finds what a person has to settle between a review and its incident, and writes down how it was settled. */
export class ReviewDifferences {
  private readonly parts: DifferenceParts;
  /** The newest base of each incident: it is asked for at every keystroke. */
  private readonly known = new Map<
    string,
    { readonly sha256: string; readonly blocks: readonly ReviewBlock[] }
  >();

  constructor(parts: DifferenceParts) {
    this.parts = parts;
  }

  incidentOf(path: string): IncidentState | undefined {
    return this.parts.desk.list().find(incident => incident.review?.path === path);
  }

  async of(incident: IncidentState, text: string): Promise<Differences> {
    const blocks = await this.blocksOf(incident);
    if (blocks === undefined) return { proposals: [], backflow: [] };
    const open = openProposals(this.parts.desk.eventsOf(incident.id));
    return {
      proposals: placeProposals(open, blocks, text),
      backflow: findBackflow(blocks, text, toZone(incident.policy.timeZone)).filter(
        edit => !isRecorded(incident, edit),
      ),
    };
  }

  /** Keeps what a generation could not settle by itself. */
  async note(incidentId: string, proposals: readonly Proposal[]): Promise<void> {
    const { desk } = this.parts;
    for (const b of newProposals(proposals, desk.eventsOf(incidentId)))
      await desk.record(incidentId, { t: 'report.proposal', b });
  }

  async settle(
    incidentId: string,
    { key, human, proposed }: Pick<PlacedProposal, 'key' | 'human' | 'proposed'>,
    settled: 'taken' | 'kept',
  ): Promise<void> {
    await this.parts.desk.record(incidentId, {
      t: 'report.proposal',
      b: { key, human, proposed, settled },
    });
  }

  /** A person's edit of the review becomes the journal's word. */
  async record(incidentId: string, edit: Backflow, reason: string): Promise<void> {
    const { actions } = this.parts;
    if (edit.kind === 'action')
      await actions.changeActionItem(incidentId, edit.actionId, { isDone: edit.isDone });
    else await actions.correctEntry(incidentId, edit.entryId, { ...edit.set, reason });
  }

  private async blocksOf(incident: IncidentState): Promise<readonly ReviewBlock[] | undefined> {
    const sha256 = incident.review?.baseSha256 ?? '';
    const known = this.known.get(incident.id);
    if (known?.sha256 === sha256) return known.blocks;
    const blocks = (await this.parts.bases.load(incident))?.blocks;
    if (blocks !== undefined) this.known.set(incident.id, { sha256, blocks });
    return blocks;
  }
}

/** The journal says so already; only the review's next generation has not come yet. */
function isRecorded(incident: IncidentState, edit: Backflow): boolean {
  if (edit.kind === 'action')
    return incident.actionItems.find(({ id }) => id === edit.actionId)?.isDone === edit.isDone;
  const entry = incident.entries.find(({ id }) => id === edit.entryId);
  const { atMs, event, action } = edit.set;
  return (
    entry === undefined ||
    ((atMs === undefined || atMs === entry.atMs) &&
      (event === undefined || event === entry.event) &&
      (action === undefined || action === (entry.action ?? '')))
  );
}

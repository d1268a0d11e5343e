import { eventId, type JournalEvent } from '../incident/events.ts';
import { inMannerOf, parseDiskText } from './diskText.ts';
import { type Location, locate } from './located.ts';
import type { Proposal, ReviewBlock } from './model.ts';
import { normalizeText } from './normalize.ts';

/** A difference that nobody has settled yet. */
export interface OpenProposal {
  readonly key: string;
  /** Empty: a person took the text out, or never had it. */
  readonly human: string;
  /** Empty: no fact speaks for the text any more. */
  readonly proposed: string;
  readonly eventId: string;
}

/** Where it stands now: lines `from` to before `until` (0-based) are a person's; both equal where text is missing. */
export interface PlacedProposal extends OpenProposal {
  readonly from: number;
  readonly until: number;
}

/** The last word about each key, unless a person has settled it. */
export function openProposals(events: readonly JournalEvent[]): readonly OpenProposal[] {
  const open = new Map<string, OpenProposal>();
  for (const event of events) {
    if (event.t !== 'report.proposal') continue;
    const { key, human, proposed, settled } = event.b;
    if (settled === undefined) open.set(key, { key, human, proposed, eventId: eventId(event) });
    else open.delete(key);
  }
  return [...open.values()];
}

/** Those of a merge that the journal does not hold yet. */
export function newProposals(
  found: readonly Proposal[],
  events: readonly JournalEvent[],
): readonly { readonly key: string; readonly human: string; readonly proposed: string }[] {
  const known = new Set(
    events.flatMap(({ t, b }) =>
      t === 'report.proposal' ? [JSON.stringify([b.key, b.human, b.proposed])] : [],
    ),
  );
  return found
    .map(({ key, human = '', proposed = '' }) => ({ key, human, proposed }))
    .filter(({ key, human, proposed }) => !known.has(JSON.stringify([key, human, proposed])));
}

/**
 * Finds open proposals in the text as it stands. `base` is the last generation: a proposal that it does not make
 * any more is over, and so is one whose text a person has taken over or out.
 */
export function placeProposals(
  open: readonly OpenProposal[],
  base: readonly ReviewBlock[],
  text: string,
): readonly PlacedProposal[] {
  if (open.length === 0) return [];
  const lines = parseDiskText(text).lines;
  const location = locate(base, lines, new Set());
  const texts = lines.map(line => line.text);
  const blocks = new Map(base.map(block => [block.key, block]));
  return open
    .filter(({ key, proposed }) => (blocks.get(key)?.text ?? '') === proposed)
    .flatMap((proposal): PlacedProposal[] => {
      const place = placeOf(proposal, { base, location, texts });
      return place === undefined ? [] : [{ ...proposal, ...place }];
    })
    .sort((a, b) => a.from - b.from);
}

interface Page {
  readonly base: readonly ReviewBlock[];
  readonly location: Location;
  readonly texts: readonly string[];
}

function placeOf(
  { key, human, proposed }: OpenProposal,
  page: Page,
): { readonly from: number; readonly until: number } | undefined {
  const { location, texts } = page;
  const located = location.blocks.get(key);
  if (proposed !== '' && located?.kind === 'untouched') return undefined;
  if (proposed !== '' && find(texts, proposed) !== undefined) return undefined;
  if (human !== '') {
    const found = find(texts, human);
    if (found !== undefined) return found;
    return located?.kind === 'edited' ? { from: located.from, until: located.to + 1 } : undefined;
  }
  const at = lineAfter(key, page);
  return { from: at, until: at };
}

/** Behind the nearest block before it that is still there. */
function lineAfter(key: string, { base, location }: Page): number {
  let line = 0;
  for (const block of base) {
    if (block.key === key) return line;
    const located = location.blocks.get(block.key);
    if (located !== undefined && located.kind !== 'deleted') line = located.to + 1;
  }
  return line;
}

function find(
  texts: readonly string[],
  wanted: string,
): { readonly from: number; readonly until: number } | undefined {
  const norm = normalizeText(wanted);
  const length = wanted.split('\n').length;
  for (let from = 0; from + length <= texts.length; from++) {
    const stretch = texts.slice(from, from + length);
    if (normalizeText(stretch.join('\n')) === norm) return { from, until: from + length };
  }
  return undefined;
}

/** The text with the facts in place of a person's words. */
export function takeProposals(text: string, proposals: readonly PlacedProposal[]): string {
  const file = parseDiskText(text);
  const lines = file.lines.map(line => line.text + line.eol);
  for (const { from, until, proposed } of [...proposals].sort((a, b) => b.from - a.from)) {
    const added = proposed === '' ? [] : [inMannerOf({ ...file, hasBom: false }, `${proposed}\n`)];
    lines.splice(from, until - from, ...added);
  }
  return (file.hasBom ? '\uFEFF' : '') + lines.join('');
}

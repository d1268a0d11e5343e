import fc from 'fast-check';
import type { Incident } from '../../../src/domain/incident/model.ts';
import { at, entry, sampleIncident, step } from './sample.ts';

/** A change of the facts between two generations. */
export type FactChange =
  | { readonly kind: 'row'; readonly minute: number; readonly text: string }
  | { readonly kind: 'retract' | 'correct' | 'retime'; readonly pick: number; readonly minute: number }
  | { readonly kind: 'task'; readonly text: string }
  | { readonly kind: 'done'; readonly pick: number }
  | {
      readonly kind: 'title' | 'severity' | 'commander' | 'resolve' | 'fix' | 'reopen';
      readonly minute: number;
    };

/** What a person does to the file. `word` is unique: it must never get lost. */
export type Edit =
  | { readonly kind: 'insert' | 'append' | 'rewrite' | 'prepend'; readonly line: number }
  | { readonly kind: 'fill' | 'delete' | 'swap' | 'duplicate' | 'cut'; readonly line: number }
  | { readonly kind: 'format' | 'crlf' | 'bom' | 'trim'; readonly line: number };

const minute = fc.integer({ min: -30, max: 1500 });
const pick = fc.nat(30);
// Few words on purpose: rows that look alike are what aligns wrongly.
const text = fc.array(
  fc.constantFrom('redis', 'down', 'up', 'restart', 'a|b', '- x', '', '{Name}', '@here', '日本'),
  {
    minLength: 1,
    maxLength: 4,
  },
);

export const factChange: fc.Arbitrary<FactChange> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('row' as const), minute, text: text.map(w => w.join(' ')) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('retract', 'correct', 'retime'), pick, minute }),
  },
  fc.record({ kind: fc.constant('task' as const), text: text.map(words => words.join(' ')) }),
  fc.record({ kind: fc.constant('done' as const), pick }),
  fc.record({ kind: fc.constantFrom('title', 'severity', 'commander', 'resolve', 'fix', 'reopen'), minute }),
);

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('insert', 'append', 'rewrite', 'prepend'),
      line: fc.nat(200),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('fill', 'delete', 'swap', 'duplicate', 'cut'),
      line: fc.nat(200),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('format', 'crlf', 'bom', 'trim'), line: fc.nat(200) }),
  },
);

export function startingIncident(): Incident {
  return sampleIncident({ actionItems: [] });
}

export function applyFacts(incident: Incident, changes: readonly FactChange[]): Incident {
  return changes.reduce(applyFact, incident);
}

function applyFact(incident: Incident, change: FactChange, index: number): Incident {
  const { entries, actionItems } = incident;
  const fresh = `n:${entries.length}/${actionItems.length}/${index}`;
  switch (change.kind) {
    case 'row':
      return { ...incident, entries: [...entries, entry(fresh, change.minute, { event: change.text })] };
    case 'retract':
      return withEntry(incident, change.pick, { isRetracted: true });
    case 'correct':
      return withEntry(incident, change.pick, { event: `corrected ${change.minute}` });
    case 'retime':
      return withEntry(incident, change.pick, { atMs: at(change.minute) });
    case 'task':
      return {
        ...incident,
        actionItems: [
          ...actionItems,
          { id: fresh, text: change.text, owner: undefined, due: undefined, isDone: false },
        ],
      };
    case 'done':
      return {
        ...incident,
        actionItems: actionItems.map((item, i) => (i === change.pick ? { ...item, isDone: true } : item)),
      };
    case 'title':
      return { ...incident, title: `Outage ${change.minute}` };
    case 'severity':
      return { ...incident, highestSeverity: 1 + (Math.abs(change.minute) % 4) };
    case 'commander':
      return { ...incident, roles: incident.roles.slice(1) };
    case 'fix':
      return {
        ...incident,
        entries: [...entries, step(fresh, 1 + (Math.abs(change.minute) % 9), 'make fix')],
      };
    case 'reopen':
      return { ...incident, status: 'investigating' };
    default:
      return {
        ...incident,
        status: 'resolved',
        milestones: incident.milestones.map(item =>
          item.name === 'resolved' ? { ...item, atMs: at(Math.abs(change.minute)) } : item,
        ),
      };
  }
}

function withEntry(
  incident: Incident,
  pickAt: number,
  change: Partial<Incident['entries'][number]>,
): Incident {
  const place = pickAt % Math.max(1, incident.entries.length);
  return {
    ...incident,
    entries: incident.entries.map((item, i) => (i === place ? { ...item, ...change } : item)),
  };
}

/** The edited text and every word in it that only a person can have written. */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
): { readonly text: string; readonly words: string[] } {
  let disk = text;
  edits.forEach((item, index) => {
    disk = applyEdit(disk, item, `person${index}w`);
  });
  return {
    text: disk,
    words: edits.map((_, index) => `person${index}w`).filter(word => disk.includes(word)),
  };
}

function applyEdit(text: string, { kind, line }: Edit, word: string): string {
  if (kind === 'bom') return text.startsWith('\uFEFF') ? text : `\uFEFF${text}`;
  if (kind === 'crlf') return text.replace(/\r?\n/g, '\r\n');
  if (kind === 'trim') return text.trimEnd();
  if (kind === 'format') return format(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(eol);
  const place = line % lines.length;
  const old = lines[place] ?? '';
  const isRow = old.startsWith('|');
  if (kind === 'insert')
    lines.splice(place, 0, isRow ? `| 10:0${line % 10} | ${word} |  |` : `- ${word} was here`);
  if (kind === 'append') lines[place] = isRow ? old.replace(/\|\s*$/, `${word} |`) : `${old} ${word}`;
  if (kind === 'prepend') lines[place] = isRow ? old.replace(/^\|/, `| ${word}`) : `${word} ${old}`;
  if (kind === 'rewrite') lines[place] = isRow ? `| 10:10 | ${word} |  |` : `${word} instead`;
  if (kind === 'fill') lines[place] = old.replace(/\{[^}]+\}/, word);
  if (kind === 'delete') lines.splice(place, 1);
  if (kind === 'cut') lines.splice(place, 5);
  if (kind === 'duplicate') lines.splice(place, 0, old);
  if (kind === 'swap') lines.splice(place, 2, ...lines.slice(place, place + 2).reverse());
  return lines.join(eol);
}

/** What a Markdown formatter does on save: table padding, list marks, empty lines after headings. */
function format(text: string): string {
  return text
    .replace(/^- /gm, '* ')
    .replace(
      /^\|(.*)\|(\r?)$/gm,
      (_, cells: string, cr: string) => `|${cells.replace(/ \| /g, '    |   ')}  |${cr}`,
    )
    .replace(/^(#+ [^\r\n]*)(\r?\n)(?!\r?\n)/gm, '$1$2$2');
}

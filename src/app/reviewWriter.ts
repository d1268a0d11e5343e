import type { Clock } from '../base/clock.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Incident } from '../domain/incident/model.ts';
import { builtInTemplate } from '../domain/review/builtInTemplate.ts';
import { chartPath, numberedPath, toReviewPath } from '../domain/review/fileName.ts';
import { fillReview } from '../domain/review/fill.ts';
import { mergeReview } from '../domain/review/merge.ts';
import type {
  MergeRefusal,
  Proposal,
  ReviewBlock,
  ReviewTemplate,
  Unfilled,
} from '../domain/review/model.ts';
import { toText } from '../domain/review/model.ts';
import { findUnfilled } from '../domain/review/problems.ts';
import { parseTemplate } from '../domain/review/template.ts';
import { toZone } from '../domain/review/zone.ts';
import type { ReviewFiles } from '../ports.ts';
import type { ReviewBase, ReviewBases, ReviewedIncident } from './review/bases.ts';

export interface ReviewWriterParts {
  readonly files: ReviewFiles;
  readonly bases: ReviewBases;
  readonly clock: Clock;
  /** Masks secrets once more, line by line, before anything is written. */
  readonly redact?: (text: string) => string;
}

export interface GenerateOptions {
  /** Adds metrics and evidence with hashes at the end. */
  readonly hasAppendix?: boolean;
  /** Instead of the zone of the incident's policy. */
  readonly timeZone?: string;
}

export interface GeneratedReview {
  readonly path: string;
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly text: string;
  /** Where a person's text and the facts differ; the person's text stands. */
  readonly proposals: readonly Proposal[];
  /** What still waits for a person. */
  readonly unfilled: readonly Unfilled[];
}

export interface ReviewRefusal {
  readonly reason: MergeRefusal;
  readonly path: string;
}

/** The template that an incident's review follows: its policy's, else the built-in one. */
export function templateOf(incident: Incident): ReviewTemplate {
  const text = incident.policy.reviewTemplate;
  return text === undefined || text.trim() === '' ? builtInTemplate : parseTemplate(text);
}

/** Writes and rewrites the review files of incidents; a person's words in them are never lost. */
export class ReviewWriter {
  private readonly parts: ReviewWriterParts;
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(parts: ReviewWriterParts) {
    this.parts = parts;
  }

  /** One run at a time for each incident. Refuses, changing nothing, what no merge can be sure about. */
  generate(
    incident: ReviewedIncident,
    options: GenerateOptions = {},
  ): Promise<Result<GeneratedReview, ReviewRefusal>> {
    const before = this.running.get(incident.id) ?? Promise.resolve();
    const run = before.then(
      () => this.run(incident, options),
      () => this.run(incident, options),
    );
    this.running.set(incident.id, run);
    const forget = () => {
      if (this.running.get(incident.id) === run) this.running.delete(incident.id);
    };
    run.then(forget, forget);
    return run;
  }

  private async run(
    incident: ReviewedIncident,
    options: GenerateOptions,
  ): Promise<Result<GeneratedReview, ReviewRefusal>> {
    const template = templateOf(incident);
    const known = await this.parts.bases.load(incident);
    const { path, text: disk } = await this.place(incident, known, options);
    const base = disk === undefined ? known : await this.parts.bases.load(incident, disk);
    const blocks = this.render(incident, template, { ...options, path });
    const merged =
      disk === undefined
        ? ok({ text: toText(blocks), proposals: [] })
        : mergeReview(base?.blocks, disk, blocks);
    if (!merged.ok) return fail({ reason: merged.error, path });
    const { text, proposals } = merged.value;
    if (text !== disk) await this.parts.files.write(path, text);
    // After the write: a base that is ahead of its file would pass our own older words off as a person's.
    const isRecorded = base?.path === path && JSON.stringify(base.blocks) === JSON.stringify(blocks);
    if (!isRecorded || text !== disk) await this.parts.bases.save(incident, { path, text, blocks });
    const change = disk === undefined ? 'created' : text === disk ? 'unchanged' : 'updated';
    return ok({ path, change, text, proposals, unfilled: findUnfilled(text, template) });
  }

  private render(
    incident: Incident,
    template: ReviewTemplate,
    { hasAppendix, timeZone, path }: GenerateOptions & { readonly path: string },
  ): readonly ReviewBlock[] {
    const { blocks } = fillReview(template, incident, {
      timeZone: timeZone ?? incident.policy.timeZone,
      nowMs: this.parts.clock.nowMs(),
      hasAppendix: hasAppendix === true,
      ...(incident.lanes.length === 0 ? {} : { chartFile: chartPath(path).split('/').at(-1) ?? '' }),
    });
    const { redact } = this.parts;
    if (redact === undefined) return blocks;
    return blocks.map(block => (block.hasFact ? { ...block, text: redact(block.text) } : block));
  }

  /** The path of the first write for ever; before it, the first path that no other incident's review has. */
  private async place(
    incident: Incident,
    base: ReviewBase | undefined,
    { timeZone }: GenerateOptions,
  ): Promise<{ readonly path: string; readonly text: string | undefined }> {
    const { files } = this.parts;
    if (base !== undefined) return { path: base.path, text: await files.read(base.path) };
    const zone = toZone(timeZone ?? incident.policy.timeZone);
    const wanted = toReviewPath(incident, zone, incident.policy.reviewPath);
    for (let number = 1; ; number++) {
      const path = numberedPath(wanted, number);
      const text = await files.read(path);
      if (text === undefined || isOfIncident(path, text, incident.id)) return { path, text };
    }
  }
}

/** An id in the file's name or text says whose review it is. */
function isOfIncident(path: string, text: string, id: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return name.toLowerCase().includes(id.toLowerCase()) || text.includes(id);
}

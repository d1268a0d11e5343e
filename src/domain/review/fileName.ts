import type { Incident } from '../incident/model.ts';
import { builtInPath } from './builtInTemplate.ts';
import { impactStartMs } from './milestones.ts';
import { placeholderName } from './placeholders.ts';
import type { Zone } from './zone.ts';

/**
 * The workspace-relative path of an incident's review, from the path template of the runbook
 * (`docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md`). Safe on every file system: it never leaves the
 * workspace and has no character that Windows forbids. Take it once: a review keeps its first path.
 */
export function toReviewPath(incident: Incident, zone: Zone, template = builtInPath): string {
  const start = impactStartMs(incident) ?? firstEntryMs(incident);
  const date = start === undefined ? 'undated' : zone.dateOf(start);
  const [year = date, month = '', day = ''] = date.split('-');
  const filled = template
    .trim()
    .replace(/\{([^{}]*)\}|<([^<>]*)>/g, hole => holeValue(hole.replace(/[<>]/g, ''), incident, date))
    .replace(/YYYY-MM-DD/g, date)
    .replace(/YYYY/g, year)
    .replace(/(?<![A-Za-z])MM(?![A-Za-z])/g, month)
    .replace(/(?<![A-Za-z])DD(?![A-Za-z])/g, day);
  const parts = filled
    .split(/[/\\]/)
    .map(toSafeSegment)
    .filter(part => part !== '');
  const last = parts.pop() ?? incident.id;
  const name = /\.(?:md|markdown|mdx)$/i.test(last) ? last : `${last}.md`;
  return [...parts, name].join('/');
}

/** `a/b.md`, 2 → `a/b-2.md`; 1 is the path itself. */
export function numberedPath(path: string, number: number): string {
  return number <= 1 ? path : path.replace(/(\.[^./]+)$/, `-${number}$1`);
}

function holeValue(hole: string, incident: Incident, date: string): string {
  const name = placeholderName(hole);
  if (/\bid\b|^incident$/.test(name)) return toSlug(incident.id);
  if (/title|name|slug|summary/.test(name)) return toSlug(incident.title);
  if (/severity|level|sev/.test(name)) return String(incident.highestSeverity);
  return /date/.test(name) ? date : toSlug(name);
}

function toSlug(text: string): string {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 80) || 'incident';
}

function toSafeSegment(segment: string): string {
  const safe = segment
    .replace(/[\u0000-\u001f<>:"|?*]/g, '-')
    .replace(/[. ]+$/, '')
    .trim();
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(safe) ? `${safe.replace(/^[^.]+/, '$&-')}` : safe;
}

function firstEntryMs(incident: Incident): number | undefined {
  return incident.entries[0]?.atMs;
}

/** The picture of the impact stands beside its review. */
export function chartPath(reviewPath: string): string {
  return `${reviewPath.replace(/\.(?:md|markdown)$/i, '')}.svg`;
}

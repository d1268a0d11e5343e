import type { Runbook, Section, Symptom } from './model.ts';
import { SYMPTOM_KINDS } from './symptomWords.ts';

/** What is known right now, as plain data. Texts are quoted back, so they must already be redacted. */
export interface Evidence {
  readonly probes: readonly { readonly name: string; readonly verdict: string; readonly seen: string }[];
  readonly containers: readonly {
    readonly name: string;
    readonly state: string;
    readonly isOomKilled: boolean;
    readonly exitCode: number | undefined;
    readonly restartCount: number;
    readonly memoryPercent: number | undefined;
  }[];
  /** Recent lines, newest last. */
  readonly logLines: readonly { readonly source: string; readonly text: string }[];
  readonly host:
    | {
        readonly cpuPercent: number | undefined;
        readonly memoryPercent: number | undefined;
        readonly diskPercent: number | undefined;
      }
    | undefined;
}

export interface SymptomHit {
  readonly symptom: string;
  readonly line: number;
  /** The evidence in its own words: a log line, "container db: exited (137), OOM killed". */
  readonly quote: string;
  readonly source: string;
  /** 0–1: how closely the evidence speaks of this symptom. */
  readonly weight: number;
}

export interface SymptomMatch {
  readonly sectionId: string;
  readonly title: string;
  readonly line: number;
  /** 0–1: share of the section's symptoms that are seen, strong ones counting more. */
  readonly score: number;
  readonly hits: readonly SymptomHit[];
}

interface Fact {
  readonly source: string;
  readonly text: string;
}

const MAX_LOG_LINES = 2000;
const DEFAULT_LIMIT_PERCENT = 90;

/** Sections whose symptoms are seen in the evidence, likeliest first. Nothing seen gives nothing. */
export function matchSymptoms(runbook: Runbook, evidence: Evidence): readonly SymptomMatch[] {
  const facts = toFacts(evidence);
  return withSymptoms(runbook.sections)
    .map(section => toMatch(section, facts, evidence))
    .filter(match => match.hits.length > 0)
    .sort((a, b) => b.score - a.score || b.hits.length - a.hits.length || a.line - b.line);
}

function withSymptoms(sections: readonly Section[]): readonly Section[] {
  return sections.flatMap(section => [
    ...(section.symptoms.length > 0 ? [section] : []),
    ...withSymptoms(section.sections),
  ]);
}

function toMatch(section: Section, facts: readonly Fact[], evidence: Evidence): SymptomMatch {
  const hits = section.symptoms.flatMap(symptom => hitOf(symptom, facts, evidence) ?? []);
  const score = hits.reduce((sum, hit) => sum + hit.weight, 0) / section.symptoms.length;
  return {
    sectionId: section.id,
    title: section.title,
    line: section.range.startLine,
    score: Math.min(1, score),
    hits,
  };
}

function hitOf(symptom: Symptom, facts: readonly Fact[], evidence: Evidence): SymptomHit | undefined {
  const metric = metricHit(symptom, evidence);
  const quoted = [...symptom.text.matchAll(/"([^"]{3,})"/g)].map(match => (match[1] ?? '').toLowerCase());
  const literal =
    quoted.length > 0
      ? facts.findLast(({ text }) => quoted.some(words => text.toLowerCase().includes(words)))
      : undefined;
  if (literal) return toHit(symptom, literal, 1);
  if (metric) return metric;
  const kinds = SYMPTOM_KINDS.filter(kind => kind.symptom.test(symptom.text));
  const general = facts.findLast(({ text }) => kinds.some(kind => kind.sign.test(text)));
  return general && toHit(symptom, general, quoted.length > 0 ? 0.6 : 0.8);
}

function toHit({ text, line }: Symptom, fact: Fact, weight: number): SymptomHit {
  return { symptom: text, line, quote: fact.text.trim().slice(0, 300), source: fact.source, weight };
}

/** "High memory usage (>90%)" against measured values. */
function metricHit(symptom: Symptom, { host, containers }: Evidence): SymptomHit | undefined {
  const limit = Number(/[>≥]\s*(\d{1,3})\s*%/.exec(symptom.text)?.[1] ?? DEFAULT_LIMIT_PERCENT);
  const values: { name: RegExp; source: string; what: string; percent: number | undefined }[] = [
    { name: /\bcpu\b/i, source: 'host', what: 'CPU', percent: host?.cpuPercent },
    { name: /\bmemory|\boom\b/i, source: 'host', what: 'memory', percent: host?.memoryPercent },
    { name: /\bdisk|no space/i, source: 'host', what: 'disk', percent: host?.diskPercent },
    ...containers.map(({ name, memoryPercent }) => ({
      name: /\bmemory/i,
      source: name,
      what: 'memory',
      percent: memoryPercent,
    })),
  ];
  const found = values.find(
    ({ name, percent }) => name.test(symptom.text) && percent !== undefined && percent >= limit,
  );
  return (
    found &&
    toHit(symptom, { source: found.source, text: `${found.what} at ${found.percent} %, limit ${limit} %` }, 1)
  );
}

function toFacts({ probes, containers, logLines }: Evidence): readonly Fact[] {
  const lines = logLines.slice(-MAX_LOG_LINES).map(({ source, text }) => ({ source, text }));
  const states = containers
    .filter(one => one.state !== 'running' || one.isOomKilled || one.restartCount > 0)
    .map(one => ({ source: one.name, text: containerText(one) }));
  const outcomes = probes
    .filter(({ verdict }) => verdict === 'down' || verdict === 'degraded')
    .map(({ name, seen }) => ({ source: name, text: `${name}: health check fails, ${seen}` }));
  return [...lines, ...states, ...outcomes];
}

function containerText({
  name,
  state,
  isOomKilled,
  exitCode,
  restartCount,
}: Evidence['containers'][number]): string {
  const parts = [`container ${name}: ${state}`];
  if (exitCode !== undefined && exitCode !== 0) parts.push(`exit code ${exitCode}`);
  if (isOomKilled) parts.push('OOMKilled');
  if (restartCount > 0) parts.push(`${restartCount} restarts`);
  return parts.join(', ');
}

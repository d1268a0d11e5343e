import type { Incident } from '../incident/model.ts';
import { escapeCell } from './escape.ts';
import { toFacts } from './facts.ts';
import { impactStartMs } from './milestones.ts';
import type { ReviewBlock } from './model.ts';
import { isCurated, toTimeText } from './rows.ts';
import { toRow } from './tables.ts';
import type { Zone } from './zone.ts';

const heading = 'h:watchkeeper/appendix';
const metricsHead = 'th:watchkeeper/metrics';
const evidenceHead = 'th:watchkeeper/evidence';

/** What templates seldom have: response times and the proof behind the rows. An unknown time says so. */
export function appendixBlocks(incident: Incident, zone: Zone, chartFile?: string): ReviewBlock[] {
  const block = (key: string, text: string, parent: string | undefined, gap = 0): ReviewBlock => ({
    key,
    text,
    gap,
    parent,
    hasFact: true,
  });
  const facts = toFacts(incident, zone, 0);
  const metrics = [
    ['Time to detect', facts.timeToDetect],
    ['Time to acknowledge', facts.timeToAcknowledge],
    ['Time to mitigate', facts.timeToMitigate],
    ['Time to resolve', facts.timeToResolve],
  ] as const;
  return [
    block(heading, '## Appendix: Metrics and Evidence', undefined, 1),
    ...(chartFile === undefined
      ? []
      : [block('p:watchkeeper/chart', `![Impact on the services](${encodeURI(chartFile)})`, heading, 1)]),
    block(metricsHead, '| Metric | Value |\n|--------|-------|', heading, 1),
    ...metrics.map(([name, value]) => block(`m:${name}`, toRow([name, value ?? 'unknown']), metricsHead)),
    ...evidenceRows(incident, zone).map(({ key, text }, index) =>
      index === 0 ? block(key, text, heading, 1) : block(key, text, evidenceHead),
    ),
  ];
}

function evidenceRows(incident: Incident, zone: Zone): { readonly key: string; readonly text: string }[] {
  const startMs = impactStartMs(incident);
  const rows = incident.entries.filter(isCurated).flatMap(entry =>
    entry.proofs.map((proof, index) => {
      const time = toTimeText(entry.atMs, startMs ?? entry.atMs, zone);
      const hash = proof.sha256 === undefined ? '' : `\`${proof.sha256}\``;
      const cells = [time, escapeCell(proof.label), escapeCell(proof.excerpt ?? ''), hash];
      return { key: `ev:${entry.id}/${proof.eventId}/${index}`, text: toRow(cells) };
    }),
  );
  if (rows.length === 0) return [];
  const head = '| Time | Proof | Excerpt | SHA-256 |\n|------|-------|---------|---------|';
  return [{ key: evidenceHead, text: head }, ...rows];
}

import type { AlertInfo } from '../model.ts';
import { parseDurationMs } from '../source/durations.ts';
import { parseLabelled, toPlainText } from '../source/plainText.ts';
import { type Placed, textBlocks } from './page.ts';

/** `KubeNodeNotReady`, `etcdMembersDown`: how Prometheus rules are named, and the pages about them titled. */
const ALERT_TITLE = /^[A-Za-z]+[a-z0-9][A-Z][A-Za-z0-9_]*$/;

/** Labelled alert facts (`**Alert Name**: …`), or the title when it is shaped like an alert's name. */
export function readAlert(page: readonly Placed[]): AlertInfo | undefined {
  const facts = new Map<string, { value: string; line: number }>();
  for (const { block } of textBlocks(page)) {
    const labelled = parseLabelled(block.text);
    const key = labelled && toKey(labelled.label);
    if (labelled && key && (key === 'name' || facts.has('name')) && !facts.has(key))
      facts.set(key, { value: toPlainText(labelled.value), line: block.startLine });
  }
  const name = facts.get('name') ?? titleOf(page);
  if (name === undefined || name.value === '') return undefined;
  const threshold = facts.get('threshold')?.value;
  return {
    name: name.value,
    severity: facts.get('severity')?.value,
    thresholdText: threshold,
    thresholdMs: threshold === undefined ? undefined : parseDurationMs(threshold),
    impact: facts.get('impact')?.value,
    line: name.line,
  };
}

function toKey(label: string): string | undefined {
  if (/^alert(?:\s*name)?$/i.test(label)) return 'name';
  if (/^(?:alert\s*)?severity$/i.test(label)) return 'severity';
  if (/^(?:threshold|condition|for)$/i.test(label)) return 'threshold';
  return /^impact$/i.test(label) ? 'impact' : undefined;
}

function titleOf(page: readonly Placed[]): { value: string; line: number } | undefined {
  const title = page.find(({ block }) => block.kind === 'heading')?.block;
  if (title?.kind !== 'heading' || title.level > 2) return undefined;
  const value = toPlainText(title.text).replace(/^(?:Alert(?:\s*name)?|Runbook)\s*:\s*/i, '');
  return ALERT_TITLE.test(value) ? { value, line: title.startLine } : undefined;
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { policyFromRunbooks } from '../../../src/domain/incident/policy.ts';
import { appendixBlocks } from '../../../src/domain/review/appendix.ts';
import { fillReview } from '../../../src/domain/review/fill.ts';
import { findPlaceholders } from '../../../src/domain/review/placeholders.ts';
import { parseTemplate } from '../../../src/domain/review/template.ts';
import { toZone } from '../../../src/domain/review/zone.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { entry, sampleIncident } from './sample.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const runbooks = ['demo/docs/runbooks/incident-response.md', '../shared/seeds/incident-response.md'] as const;

for (const file of runbooks) {
  test(`${file}: its template is filled line by line, and every line that is no row or item keeps its words`, t => {
    const full = path.join(root, file);
    if (!fs.existsSync(full)) return t.skip(`${file} is absent`);
    const policy = policyFromRunbooks([parseRunbook(file, fs.readFileSync(full, 'utf8'))], {
      timeZone: 'UTC',
    });
    const template = policy.reviewTemplate ?? '';
    assert.equal(policy.reviewPath, 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md');
    const { text } = fillReview(parseTemplate(template), sampleIncident({ policy }), {
      timeZone: 'UTC',
      nowMs: 0,
    });
    const lines = text.split('\n');
    let from = 0;
    for (const line of template.trim().split('\n')) {
      const isSample = /^\|\s*\d|^- (?!\*|[^:]*: )/.test(line);
      if (line === '' || isSample || line === '{What brought the service back}' || /What was done/.test(line))
        continue;
      const words = withoutHoles(line);
      const at = lines.findIndex(
        (candidate, index) => index >= from && words.every(part => candidate.includes(part)),
      );
      assert.ok(at >= from, `"${line}" is missing behind line ${from}`);
      from = at + 1;
    }
    assert.ok(!/What was seen|Alert fired \|/.test(text), 'a sample row is left');
  });
}

function withoutHoles(line: string): string[] {
  const holes = findPlaceholders(line).map(({ text }) => text);
  return holes.reduce<string[]>((parts, hole) => parts.flatMap(part => part.split(hole)), [line]);
}

test('the appendix gives known times, says unknown for the others, and shows proofs with their hashes', () => {
  const proof = {
    eventId: 'w:1',
    label: 'docker | inspect',
    excerpt: 'state: exited\n(137)',
    sha256: 'ab12',
    link: undefined,
  };
  const incident = sampleIncident({ entries: [entry('w:1', 1, { proofs: [proof] }), entry('w:2', 2)] });
  const text = appendixBlocks(incident, toZone('UTC'))
    .map(block => block.text)
    .join('\n');
  assert.ok(text.includes('| Time to detect | 1m |\n| Time to acknowledge | unknown |'));
  assert.ok(text.endsWith('| 10:01 | docker \\| inspect | state: exited<br>(137) | `ab12` |'));
});

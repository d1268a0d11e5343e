import assert from 'node:assert/strict';
import type { Incident } from '../../../src/domain/incident/model.ts';

/** Headings and labels to the letter and in order, no sample row, facts where there are facts, else the placeholder. */
export function checkReview(text: string, incident: Incident): void {
  const template = incident.policy.reviewTemplate ?? assert.fail('the policy has no template');
  assert.deepEqual(headings(text).slice(1), headings(template).slice(1));
  for (const label of template.match(/^- \*\*[^*]+\*\*:/gm) ?? [])
    assert.ok(text.includes(label), `label ${label} is missing`);
  for (const sample of samples(template)) assert.ok(!text.includes(sample), `sample ${sample} was kept`);
  assert.ok(text.includes(incident.title), 'the title is missing');
  assert.ok(text.includes(`SEV-${incident.severity}`), 'the severity is missing');
  assert.match(text, /docker-compose restart postgres/);
  // Nobody said how many users were hit or what the root cause was: their placeholders stand as the template has them.
  for (const line of template.split('\n').filter(isForPeople))
    assert.ok(text.includes(line.trim()), `changed: ${line}`);
}

function headings(text: string): string[] {
  return text.split('\n').filter(line => /^#{1,6} /.test(line));
}

/** Rows of the sample timeline and sample bullets: lines in the template without any placeholder. */
function samples(template: string): string[] {
  return template
    .split('\n')
    .filter(line => /^\|\s*\d{1,2}:\d{2}/.test(line) || (/^- [A-Z]/.test(line) && !/[{*[\]]/.test(line)))
    .map(line => line.trim());
}

function isForPeople(line: string): boolean {
  return /\*\*(Users|Revenue)[^*]*\*\*/i.test(line);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepStatus } from '../../../src/app/steps/stepRun.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { stepKey } from '../../../src/ui/runbooks/runbooksModel.ts';
import { markLines } from '../../../src/ui/runbooks/stepMarkLines.ts';

const text = '# X\n\n```sh\ndf -h\nuptime\nfree -m\nwho\n```\n\n- [ ] Call somebody\n';
const runbook = parseRunbook('docs/x.md', text);

test('steps are marked by what became of them, at their lines; a step that has not run has no mark', () => {
  const [disk, load, memory] = runbook.steps.map(({ id }) => stepKey('docs/x.md', id));
  const table: readonly [StepStatus, StepStatus, StepStatus, Readonly<Record<string, readonly number[]>>][] =
    [
      ['passed', 'failed', 'passed', { passed: [3, 5], failed: [4] }],
      ['finding', 'stopped', 'unknown', { finding: [3], stopped: [4, 5] }],
      ['queued', 'running', 'recovering', { active: [3, 4, 5] }],
    ];
  for (const [first, second, third, wanted] of table) {
    const runs = new Map([
      [disk, { status: first }],
      [load, { status: second }],
      [memory, { status: third }],
    ]);
    assert.deepEqual(Object.fromEntries(markLines(runbook, key => runs.get(key))), wanted);
  }
  assert.equal(markLines(runbook, () => undefined).size, 0);
});

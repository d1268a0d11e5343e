import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LintFacts } from '../../../src/domain/runbook/lint/rule.ts';
import { lintRunbook } from '../../../src/domain/runbook/lint.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { corpusFiles, readSeed } from './seeds.ts';

const present = new Set(['docs/runbooks/service-down.md', 'docs/runbooks/incident-response.md']);
const facts: LintFacts = { exists: path => present.has(path), hasTool: undefined };

function lint(file: string, text: string, known: LintFacts = facts) {
  return lintRunbook(parseRunbook(file, text), text, known);
}

function linesByCode(problems: ReturnType<typeof lint>): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const { code, line } of problems) found[code] = [...(found[code] ?? []), line];
  return found;
}

test('the real defects of the first seed are reported at their lines, and no others', t => {
  const text = readSeed('service-down');
  if (text === undefined) return t.skip('../shared/seeds is absent');
  assert.deepEqual(linesByCode(lint('docs/runbooks/service-down.md', text)), {
    'health-check': [24, 194, 229, 232, 244],
    'needs-terminal': [45],
    'never-ends': [74, 75, 107, 114],
    'rejected-option': [111],
    'secret-in-file': [136],
    'prints-secrets': [154, 208],
    'destructive-unwarned': [172, 178],
    'no-effect': [175],
    'host-glob': [178],
    'unmarked-hole': [215],
    'broken-link': [324, 325, 327],
  });
});

test('the real defects of the second seed are reported at their lines, and no others', t => {
  const text = readSeed('incident-response');
  if (text === undefined) return t.skip('../shared/seeds is absent');
  assert.deepEqual(linesByCode(lint('docs/runbooks/incident-response.md', text)), {
    'health-check': [39, 69, 70, 99],
    'wrong-protocol': [73],
    'never-ends': [74, 91, 105, 106, 202],
    'process-list': [105],
    mojibake: [117, 133, 143],
    'prints-secrets': [168],
    'overwrites-config': [183],
    'destructive-unwarned': [191, 224],
    'export-unused': [264],
    'unset-contact': [371, 372, 373, 382, 383, 384],
  });
});

test('every fix changes the text where it says and makes its problem go away', t => {
  for (const name of ['service-down', 'incident-response'] as const) {
    const text: string | undefined = readSeed(name);
    if (text === undefined) return t.skip('../shared/seeds is absent');
    for (const { fix, code, line } of lint(`docs/runbooks/${name}.md`, text)) {
      if (!fix) continue;
      const fixed: string = text.slice(0, fix.start) + fix.newText + text.slice(fix.end);
      const left = lint(`docs/runbooks/${name}.md`, fixed).filter(
        one => one.code === code && one.line === line,
      );
      assert.deepEqual(left, [], `${name}:${line} ${fix.title}`);
    }
  }
});

test('a problem lies within its line', () => {
  for (const { file, text } of corpusFiles()) {
    const lines = text.split('\n');
    for (const problem of lint(file, text)) {
      const length = lines[problem.line - 1]?.length ?? -1;
      assert.ok(
        0 <= problem.startColumn && problem.startColumn <= problem.endColumn && problem.endColumn <= length,
        `${file}:${problem.line} ${problem.code}`,
      );
    }
  }
});

test('programs that are not installed are named once per command', () => {
  const text = '```bash\niotop -a | head\n```\n';
  const problems = lint('r.md', text, { exists: undefined, hasTool: name => name === 'head' });
  assert.deepEqual(
    problems.filter(one => one.code === 'unknown-tool').map(one => one.message),
    ['iotop is not installed here.'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandStep, Risk } from '../../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../../src/domain/runbook/parseRunbook.ts';
import { OPTION_RULES, type OptionRule } from '../../../../src/domain/runbook/risk/optionRules.ts';
import { MORE_OPTION_RULES } from '../../../../src/domain/runbook/risk/optionRulesMore.ts';
import { NET_OPTION_RULES } from '../../../../src/domain/runbook/risk/optionRulesNet.ts';
import { TOOL_OPTION_RULES } from '../../../../src/domain/runbook/risk/optionRulesTools.ts';
import { VERB_RULES } from '../../../../src/domain/runbook/risk/verbRules.ts';
import { HOST_VERB_RULES } from '../../../../src/domain/runbook/risk/verbRulesHosts.ts';
import { MORE_VERB_RULES } from '../../../../src/domain/runbook/risk/verbRulesMore.ts';
import { TOOL_VERB_RULES } from '../../../../src/domain/runbook/risk/verbRulesTools.ts';
import { RISK_ROWS } from './riskRows.ts';

const LETTERS: Readonly<Record<string, Risk>> = { r: 'read', '?': 'unknown', c: 'change', d: 'destroy' };
const ORDER: readonly Risk[] = ['read', 'unknown', 'change', 'destroy'];

interface Row {
  readonly command: string;
  readonly risk: Risk;
  readonly mode: string;
}

const ROWS: readonly Row[] = RISK_ROWS.trim()
  .split('\n')
  .map(line => {
    const [, letter = '', mode = 'once', command = ''] = /^(\S)(?::(\w+))? (.*)$/.exec(line) ?? [];
    return { command, risk: LETTERS[letter] ?? 'unknown', mode };
  });

function stepsOf(command: string): readonly CommandStep[] {
  return parseRunbook('x.md', `\`\`\`bash\n${command}\n\`\`\`\n`).blocks[0]?.steps ?? [];
}

function wrongOf(rows: readonly Row[], wrap: (command: string) => string): readonly string[] {
  return rows.flatMap(({ command, risk, mode }) => {
    const [step, ...more] = stepsOf(wrap(command));
    if (step === undefined || more.length > 0) return [`${more.length + (step ? 1 : 0)} steps: ${command}`];
    const isRight = step.risk === risk && step.mode === mode;
    return isRight ? [] : [`${command}: ${step.risk} ${step.mode}, wanted ${risk} ${mode}`];
  });
}

test('every command of the table has its risk and mode', t => {
  t.diagnostic(`${ROWS.length} commands`);
  assert.deepEqual(
    wrongOf(ROWS, command => command),
    [],
  );
});

test('nothing becomes harmless behind sudo, in a substitution, a loop or a list', () => {
  const wraps: readonly ((command: string) => string)[] = [
    command => `true && ${command}`,
    command => `for i in 1 2; do ${command}; done`,
    command => `if true; then ${command}; fi`,
    command => `ls -l && ( ${command} )`,
  ];
  const simple = ROWS.filter(
    ({ command }) => /^[a-z]/.test(command) && !/^(?:for|if|while|function) /.test(command),
  );
  for (const wrap of wraps) {
    const lower = simple.filter(({ command, risk }) => {
      const found = stepsOf(wrap(command))[0]?.risk ?? 'read';
      return ORDER.indexOf(found) < ORDER.indexOf(risk);
    });
    assert.deepEqual(
      lower.map(({ command }) => wrap(command)),
      [],
    );
  }
});

test('every option rule fits a command of the table', () => {
  const all = [...NET_OPTION_RULES, ...TOOL_OPTION_RULES, ...OPTION_RULES, ...MORE_OPTION_RULES];
  assert.deepEqual(
    all
      .filter(rule => !ROWS.some(({ command }) => fits(rule, command)))
      .map(rule => `${rule.programs}: ${rule.when}`),
    [],
  );
});

function fits(rule: OptionRule, command: string): boolean {
  return rule.programs.split(' ').some(program => {
    const isNamed = command.split(/\s+/).some(word => word === program || word.endsWith(`/${program}`));
    if (!isNamed) return false;
    const text = command
      .slice(command.indexOf(program) + program.length)
      .trim()
      .replace(/^['"]|['"]/g, '');
    return rule.when.test(text) && !rule.unless?.test(text);
  });
}

test('no verb that changes or destroys is ever read-only, whatever rule stands before it', () => {
  const rules = [...VERB_RULES, ...MORE_VERB_RULES, ...TOOL_VERB_RULES, ...HOST_VERB_RULES];
  const understated = rules.flatMap(rule =>
    rule.programs.split(' ').flatMap(program =>
      (['change', 'destroy'] as const).flatMap(risk =>
        (rule[risk] ?? '')
          .split(', ')
          .map(verb => verb.replace(/^\*/, ''))
          .filter(verb => verb !== '' && stepsOf(`${program} ${verb} x`)[0]?.risk === 'read')
          .map(verb => `${program} ${verb}`),
      ),
    ),
  );
  assert.deepEqual(understated, []);
});

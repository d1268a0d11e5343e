import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';
import { opensConsole } from '../../../src/domain/runbook/shell/sessions.ts';
import { ordinaryCommands } from './ordinaryCommands.ts';
import { printedOutputs } from './printedOutputs.ts';

const oneOf = (commands: readonly string[]) => fc.constantFrom(...commands);

test('whatever ordinary commands stand in a block, tagged or not, each is a step', () => {
  // What follows a program's own prompt may be meant for that program.
  const first = oneOf(ordinaryCommands.filter(command => !opensConsole(command)));
  fc.assert(
    fc.property(
      fc.constantFrom('sh', 'bash', 'console', ''),
      first,
      first,
      oneOf(ordinaryCommands),
      (tag, ...commands) => {
        const text = `# Shop\n\n## Fix\n\nRun:\n\n\`\`\`${tag}\n${commands.join('\n')}\n\`\`\`\n`;
        const steps = parseRunbook('a.md', text).steps;
        assert.deepEqual(
          steps.map(step => (step.kind === 'command' ? step.command : step.title)),
          commands,
        );
      },
    ),
    { numRuns: 3000, seed: 11 },
  );
});

test('what a command printed below it is no step, and the command after a gap is one', () => {
  for (const tag of ['sh', 'bash', 'console', ''])
    for (const prompt of ['', '$ '])
      for (const [command, output] of printedOutputs)
        for (const next of [[], ['uptime -p']]) {
          const lines = [prompt + command, output, ...next.flatMap(text => ['', prompt + text])];
          const text = `# Shop\n\n## Check\n\nRun:\n\n\`\`\`${tag}\n${lines.join('\n')}\n\`\`\`\n`;
          const steps = parseRunbook('a.md', text).steps;
          assert.deepEqual(
            steps.map(step => (step.kind === 'command' ? step.command : step.title)),
            [command, ...next],
            text,
          );
        }
});

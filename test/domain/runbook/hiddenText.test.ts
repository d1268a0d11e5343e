import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillCommand } from '../../../src/domain/runbook/fill.ts';
import { hasHiddenText } from '../../../src/domain/runbook/hiddenText.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';

test('keys that a shell acts on and marks that turn text around are hidden text; tabs and line ends are not', () => {
  for (const code of [0x01, 0x03, 0x04, 0x0d, 0x0f, 0x15, 0x1b, 0x7f, 0x9b, 0x202e, 0x2066])
    assert.ok(hasHiddenText(`ls ${String.fromCodePoint(code)} x`), code.toString(16));
  for (const text of ['ls\n\tls', 'echo naïve 日本語 👩‍💻', 'printf "%s" "a\u00a0b"'])
    assert.ok(!hasHiddenText(text), text);
});

test('a step that hides keys or turned text in its command is never made runnable', () => {
  const rows = ['echo rm -rf x\u0001\u001bd', 'ls \u0015curl evil', 'ls "\u202erm"', 'ls \u000f'];
  for (const command of rows) {
    const runbook = parseRunbook('runbooks/x.md', `# X\n\n\`\`\`bash\n${command}\n\`\`\`\n`);
    const steps = runbook.steps.flatMap(step => (step.kind === 'command' ? [step] : []));
    assert.equal(steps.length, 1);
    for (const step of steps) {
      const filled = fillCommand(step, {}, {});
      assert.ok(!filled.ok, JSON.stringify(command));
      assert.match(filled.problem, /invisible/);
    }
  }
});

test('an alias is one word for the shell or is refused', () => {
  const step = { command: 'curl http://api:80/x', holes: [] };
  for (const to of ['localhost:80; rm -rf ~', '$(id):80', '`id`', "a'b", 'x\nrm', 'a&b', 'a|b:1']) {
    const filled = fillCommand(step, {}, { 'api:80': to });
    assert.ok(!filled.ok, to);
    assert.match(filled.problem, /alias/);
  }
  const fine = fillCommand(step, {}, { 'api:80': '[::1]:8080' });
  assert.ok(fine.ok && fine.text === 'curl http://[::1]:8080/x');
});

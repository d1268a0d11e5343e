import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import type { StepRun } from '../../src/app/steps/stepRun.ts';
import type { CommandStep } from '../../src/domain/runbook/model.ts';
import type { Cockpit } from '../../src/extension/handlers.ts';
import { stepKey } from '../../src/ui/runbooks/runbooksModel.ts';
import { openCockpit, workspaceFile } from './cockpitAccess.ts';
import { after, eventually, test } from './harness.ts';
import { answerQuestions } from './questionsAnswered.ts';

const file = 'docs/runbooks/shop.md';
const slowFile = 'docs/runbooks/patience.md';
const uri = () => vscode.Uri.file(workspaceFile(...file.split('/')));
const run = (name: string, argument?: string) =>
  vscode.commands.executeCommand(`watchkeeper.${name}`, argument);
const activeText = () => vscode.window.activeTextEditor?.document.getText() ?? '';
const questions = answerQuestions();
const told: string[] = [];
const { showErrorMessage, showWarningMessage } = vscode.window;
const tell = async (text: string) => void told.push(text);
Object.assign(vscode.window, { showErrorMessage: tell, showWarningMessage: tell });
let cockpit: Cockpit;

after(async () => {
  questions.restore();
  Object.assign(vscode.window, { showErrorMessage, showWarningMessage });
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

function stepOf(title: string, of = file): CommandStep {
  const found = cockpit.index.get(of)?.steps.find(step => step.title === title);
  assert.ok(found?.kind === 'command', `no step ${title}`);
  return found;
}

const keyOf = (title: string, of = file) => stepKey(of, stepOf(title, of).id);

function runOf(title: string, of = file): StepRun {
  return cockpit.runbooks.runs.get(keyOf(title, of)) ?? assert.fail(`${title} has not run`);
}

/** Processes of this machine that run one of the commands; their arguments are this test's alone. */
function processesOf(steps: readonly CommandStep[]): readonly string[] {
  const all = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return all.map(line => line.trim()).filter(line => steps.some(({ command }) => command === line));
}

/** The notification of something that lasts: what it tells, and its Cancel button. */
function watchProgress(): { told: string[]; cancel: () => void; restore: () => void } {
  const { withProgress } = vscode.window;
  const source = new vscode.CancellationTokenSource();
  const told: string[] = [];
  const watch: typeof withProgress = (options, task) =>
    withProgress(options, progress => {
      const report = (value: { message?: string; increment?: number }) => {
        told.push(value.message ?? '');
        progress.report(value);
      };
      return task({ report }, source.token);
    });
  Object.assign(vscode.window, { withProgress: watch });
  return {
    told,
    cancel: () => source.cancel(),
    restore: () => Object.assign(vscode.window, { withProgress }),
  };
}

async function withInput(text: string, action: () => Thenable<unknown>): Promise<void> {
  const ask = vscode.window.showInputBox;
  Object.assign(vscode.window, { showInputBox: async () => text });
  try {
    await action();
  } finally {
    Object.assign(vscode.window, { showInputBox: ask });
  }
}

test('the tree shows the runbook by its name, and says of files that it cannot read why', async () => {
  cockpit = await openCockpit();
  await run('runbooks.focus');
  await eventually(() => (cockpit.index.runbooks().length === 5 ? true : undefined));
  const rows = cockpit.runbooks.tree.getChildren().map(id => cockpit.runbooks.tree.getTreeItem(id));
  assert.deepEqual(
    rows.map(({ label, description }) => `${label}: ${description}`),
    [
      'long.md: not read',
      'Patience: 7 steps',
      'picture.md: not read',
      'Shop is slow: 9 steps',
      'The disk is full: 1 step',
    ],
  );
  const [long, , picture] = rows.map(({ accessibilityInformation }) => accessibilityInformation?.label);
  assert.match(long ?? '', /10\.\d MB; runbooks of up to 1 MB are read/);
  assert.match(picture ?? '', /not text/);
});

test('a diagnosis runs what only reads, and puts what is worth a look first on one page', async () => {
  await run('diagnoseRunbook', `runbook:${file}`);
  const page = await eventually(() => (activeText().startsWith('# Diagnosis') ? activeText() : undefined));
  const order = [
    '## Worth a look',
    '### Broken tool',
    '### No match',
    '## As expected',
    '### Say hello',
    '## Not run',
  ];
  assert.deepEqual(
    order.map(text => page.indexOf(text)).every((at, i, all) => at >= 0 && at > (all[i - 1] ?? -1)),
    true,
    page,
  );
  assert.match(page, /hello-from-north/);
  assert.match(page, /127\.0\.0\.1:6379/);
  assert.match(page, /No such file/);
  assert.ok(!fs.existsSync(workspaceFile('changed-by-step')), 'nothing that changes anything has run');
  assert.equal(runOf('No match').status, 'finding');
});

test('the page of a diagnosis is read, not edited: its links lead to the lines, and closing it asks nothing', async () => {
  const editor = vscode.window.activeTextEditor ?? assert.fail('no page');
  const { document } = editor;
  assert.deepEqual([document.uri.scheme, document.isUntitled], ['watchkeeper-diagnosis', false]);
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    document.uri,
  );
  const targets = links.map(({ target }) => target?.toString());
  const steps = ['Broken tool', 'No match', 'Say hello', 'Where the cache is'].map(title => stepOf(title));
  const lines = steps.map(({ range }) => uri().with({ fragment: `L${range.startLine}` }));
  for (const line of lines) assert.equal(targets.filter(target => target === line.toString()).length, 1);
  await vscode.commands.executeCommand('type', { text: 'not mine' });
  assert.ok(!document.isDirty && !document.getText().includes('not mine'));
  await vscode.commands.executeCommand('vscode.open', lines[0]);
  const there = vscode.window.activeTextEditor;
  assert.deepEqual(
    [there?.document.uri.toString(), there?.selection.active.line],
    [uri().toString(), (steps[0]?.range.startLine ?? 0) - 1],
  );
  const tabs = () => vscode.window.tabGroups.all.flatMap(group => group.tabs);
  assert.equal(tabs().length, 2, 'the page stays beside the line that it led to');
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await eventually(() => (tabs().length === 1 ? true : undefined));
});

test('a diagnosis is told while it runs; cancelled, it stops what runs and says what has no result', async () => {
  const section = cockpit.index.get(slowFile)?.sections.flatMap(({ sections }) => sections)[1];
  const watched = watchProgress();
  const done = run('diagnoseRunbook', `section:${slowFile}#${section?.id}`);
  const waits = ['First wait', 'Second wait', 'Third wait', 'Fourth wait'].map(title =>
    stepOf(title, slowFile),
  );
  await eventually(() => {
    assert.deepEqual(watched.told, ['0/6', '1/6 Quick look']);
    assert.equal(processesOf(waits).length, 4);
    return true;
  });
  watched.cancel();
  await done;
  watched.restore();
  const page = await eventually(() => (activeText().includes('Cancelled') ? activeText() : undefined));
  assert.match(page, /1 of 6 read-only steps ran in .*\*\*Cancelled: 4 stopped, 1 not begun\.\*\*/);
  assert.match(page, /## As expected\s+### Quick look/);
  assert.match(page, /## Stopped(?:[\s\S]*### \w+ wait: cancelled){4}/);
  assert.match(page, /## Not run\s+- .* Out of reach: cancelled before it began/);
  assert.doesNotMatch(page, /Say something/, 'the section alone was asked for');
  await eventually(() => (processesOf(waits).length === 0 ? true : undefined));
  assert.deepEqual(cockpit.runbooks.runs.running, []);
});

test('a step is stopped by its lens while it runs: its end is told, and the lens offers to run it again', async () => {
  const step = stepOf('First wait', slowFile);
  const key = keyOf('First wait', slowFile);
  const document = await vscode.workspace.openTextDocument(workspaceFile(...slowFile.split('/')));
  const lenses = async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const own = all.filter(({ range }) => range.start.line === step.range.startLine - 1);
    return own.flatMap(({ command }) => command ?? []);
  };
  const done = run('runStep', key);
  await eventually(() => (processesOf([step]).length === 1 ? true : undefined));
  const [, stop, state] = await lenses();
  assert.deepEqual([stop?.title, state?.title], ['$(debug-stop) Stop', 'running']);
  await vscode.commands.executeCommand(stop?.command ?? '', ...(stop?.arguments ?? []));
  await done;
  assert.equal(runOf('First wait', slowFile).status, 'stopped');
  assert.equal(processesOf([step]).length, 0);
  const texts = (await lenses()).map(({ title }) => title);
  assert.equal(texts.length, 2, texts.join());
  assert.equal(texts[0], '$(play) Run');
  assert.match(texts[1] ?? '', /^exit 130\b/);
});

test('a rehearsal leaves JSON and JUnit for a pipeline', async () => {
  const target = vscode.Uri.file(workspaceFile('out.json'));
  const ask = vscode.window.showSaveDialog;
  Object.assign(vscode.window, { showSaveDialog: async () => target });
  try {
    await run('rehearseRunbook', `runbook:${file}`);
  } finally {
    Object.assign(vscode.window, { showSaveDialog: ask });
  }
  const result = JSON.parse(fs.readFileSync(target.fsPath, 'utf8')) as { steps?: unknown[] };
  assert.ok(Array.isArray(result.steps) && result.steps.length >= 4, JSON.stringify(result).slice(0, 300));
  assert.match(fs.readFileSync(workspaceFile('out.junit.xml'), 'utf8'), /<testsuite[\s\S]*<failure/);
  await eventually(() => (activeText().startsWith('# Rehearsal') ? true : undefined));
  assert.match(activeText(), /missing-guide/);
});

test('a broken link is a problem at its line', async () => {
  await vscode.window.showTextDocument(uri());
  const [problem] = await eventually(() => {
    const found = vscode.languages
      .getDiagnostics(uri())
      .filter(({ message }) => /missing-guide/.test(message));
    return found.length > 0 ? found : undefined;
  });
  const line = activeText()
    .split('\n')
    .findIndex(text => text.includes('missing-guide'));
  assert.equal(problem?.range.start.line, line);
});

test('every step has its lens in the editor, with what became of it', async () => {
  const lenses = async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri(),
    );
    return all.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
  };
  const texts = await eventually(async () => {
    const found = await lenses();
    return found.some(text => /exit 0/.test(text)) ? found : undefined;
  });
  const { startLine } = stepOf('Change a file').range;
  assert.ok(texts.includes(`${startLine} $(play) Run · changes`), texts.join('\n'));
  assert.ok(texts.some(text => text.startsWith(`${stepOf('No match').range.startLine} exit 1 (no match)`)));
});

test('a preview shows the step as written and as it will run', async () => {
  await run('previewStep', keyOf('Where the cache is'));
  await eventually(() => (activeText().includes('cache.example:6379') ? true : undefined));
  const shown = vscode.window.visibleTextEditors.map(editor => editor.document.getText()).join('\n');
  assert.match(shown, /cache\.example:6379[\s\S]*127\.0\.0\.1:6379/);
});

test('a gap is asked for once, and its value is quoted', async () => {
  questions.answer("O'Hara; rm -rf x");
  await run('runStep', keyOf('Ask for a name'));
  assert.match(runOf('Ask for a name').output, /name O'Hara; rm -rf x end/);
  await run('rerunStep');
  assert.match(runOf('Ask for a name').output, /name O'Hara; rm -rf x end/);
  assert.deepEqual(questions.asked, ['Value for {customer-name}']);
});

test('a secret that is not set is asked to be set; set, it reaches the step and nothing shows it', async () => {
  questions.asked.length = 0;
  await run('runStep', keyOf('Use the key'));
  assert.match(told.splice(0).join(), /secret shop-key for \$WK_API_KEY is not set/);
  assert.equal(cockpit.runbooks.runs.get(keyOf('Use the key')), undefined, 'it did not run without');
  await withInput('topsecret-12', () => run('setSecret', 'shop-key'));
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await eventually(() => (vscode.window.terminals.length === 0 ? true : undefined));
  await run('runStep', keyOf('Use the key'));
  assert.match(runOf('Use the key').output, /12/);
  assert.doesNotMatch(JSON.stringify(runOf('Use the key').order.command), /topsecret/);
});

test('a changing step asks first; the next step is the one below; what ran elsewhere is recorded', async () => {
  questions.answer(0);
  await run('runStep', keyOf('Change a file'));
  assert.equal(runOf('Change a file').status, 'passed');
  assert.ok(fs.existsSync(workspaceFile('changed-by-step')));
  await run('runNextStep');
  assert.match(runOf('Several lines').output, /one/);
  await withInput('7', () => run('recordStep', keyOf('Broken tool')));
  assert.deepEqual([runOf('Broken tool').exitCode, runOf('Broken tool').meaning], [7, 'run elsewhere']);
});

test('a step goes to a terminal of the person, and does not run there', async () => {
  const own = vscode.window.createTerminal('own');
  own.show();
  await eventually(() => (vscode.window.activeTerminal === own ? true : undefined));
  const before = fs.statSync(workspaceFile('changed-by-step')).mtimeMs;
  await run('sendStep', keyOf('Change a file'));
  await new Promise(resolve => setTimeout(resolve, 500));
  assert.equal(fs.statSync(workspaceFile('changed-by-step')).mtimeMs, before);
  await run('sendStep', keyOf('Several lines'));
  assert.match(await vscode.env.clipboard.readText(), /cat <<EOF\none\nEOF/);
});

test('a step that reads a container log opens it in the log view', async () => {
  await run('openStepLogs', keyOf('Watch the shop'));
  await eventually(() => (cockpit.logs.tails().openCount > 0 ? true : undefined));
});

test('the tree is searched by words', () => {
  const { tree } = cockpit.runbooks;
  tree.setFilter('zebra');
  const rows = (id?: string): readonly string[] =>
    tree.getChildren(id).flatMap(child => [String(tree.getTreeItem(child).label), ...rows(child)]);
  assert.deepEqual(rows(), ['Shop is slow', 'First look', 'No match']);
  tree.setFilter(undefined);
});

test('a runbook that is saved is read again, and only that one', async () => {
  const text = fs.readFileSync(uri().fsPath, 'utf8');
  fs.writeFileSync(uri().fsPath, text.replace('# Say hello', '# Say good morning'));
  await eventually(() => cockpit.index.get(file)?.steps.find(({ title }) => title === 'Say good morning'));
  assert.deepEqual(told, []);
});

test('runbooks that come, move and go with their folder are found, moved and forgotten', async () => {
  const team = workspaceFile('team');
  const files = () => cockpit.index.runbooks().map(runbook => runbook.file);
  const has = (name: string, isThere: boolean) =>
    eventually(() => {
      assert.equal(files().includes(name), isThere, files().join());
      return true;
    });
  fs.mkdirSync(path.join(team, 'runbooks'), { recursive: true });
  fs.writeFileSync(path.join(team, 'runbooks', 'night.md'), '# Night\n\n```sh\ndate\n```\n');
  await has('team/runbooks/night.md', true);
  fs.renameSync(team, workspaceFile('crew'));
  await Promise.all([has('team/runbooks/night.md', false), has('crew/runbooks/night.md', true)]);
  fs.rmSync(workspaceFile('crew'), { recursive: true });
  await has('crew/runbooks/night.md', false);
});

/** What each fix is called, what it is for, and how it leaves it. */
const mendings = [
  ['Send three packets', 'ping db.example', 'ping -c 3 db.example'],
  ['Print once', 'docker stats', 'docker stats --no-stream'],
  ['Use batch mode', 'top -n 1 | head', 'top -b -n 1 | head'],
  ['Part them by commas', 'top -p $(pgrep python)', 'top -p $(pgrep -d, python)'],
  [
    'Let a shell in the container expand it',
    'docker exec web rm /tmp/cache/*',
    "docker exec web sh -c 'rm /tmp/cache/*'",
  ],
  ['Keep an existing file', 'cp .env.example .env', 'cp -n .env.example .env'],
  ['Mark it as a place to fill in', 'docker pull shop:previous-tag', 'docker pull shop:<previous-tag>'],
  [
    'Add -f --max-time 5',
    'curl http://shop.invalid/health',
    'curl -f --max-time 5 http://shop.invalid/health',
  ],
] as const;

test('each kind of mistake that can be mended is mended by its quick fix, and its problem goes', async () => {
  const text = (side: 1 | 2, drink: string) => {
    const steps = mendings.map(pair => `\`\`\`sh\n${pair[side]}\n\`\`\`\n`).join('\n');
    return `# Mistakes\n\n## Check the network\n\nOver a ${drink}.\n\n${steps}`;
  };
  const place = vscode.Uri.file(workspaceFile('docs', 'runbooks', 'mistakes.md'));
  fs.writeFileSync(place.fsPath, text(1, 'caf\u00c3\u00a9'));
  const document = await vscode.workspace.openTextDocument(place);
  await vscode.window.showTextDocument(document);
  const titles: string[] = ['Repair the letters', ...mendings.map(([title]) => title)];
  const whole = () => document.validateRange(new vscode.Range(0, 0, 999, 0));
  const fixes = async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      place,
      whole(),
      vscode.CodeActionKind.QuickFix.value,
    );
    return all.filter(({ title, edit }) => edit && titles.includes(title));
  };
  for (let left = titles.length; left > 0; left--) {
    const [first] = await eventually(async () => {
      const found = await fixes();
      assert.equal(found.length, left, found.map(({ title }) => title).join());
      return found;
    });
    const before = vscode.languages.getDiagnostics(place).length;
    await vscode.workspace.applyEdit(first?.edit ?? assert.fail('no edit'));
    await eventually(() => {
      assert.ok(vscode.languages.getDiagnostics(place).length < before, first?.title);
      return true;
    });
  }
  assert.equal(document.getText(), text(2, 'caf\u00e9'));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  fs.rmSync(place.fsPath);
});

/** Its commands name nothing that would be checked as a service of its own. */
const trouble = `# Database

## Common Issues

### It refuses connections

**Symptoms**:
- "Connection refused" from the database

\`\`\`sh
date
\`\`\`

### It takes no more clients

**Symptoms**:
- "too many clients already" in the log

\`\`\`sh
uptime
\`\`\`

### Its disk is full

**Symptoms**:
- Disk usage above 90%

\`\`\`sh
df -h /var
\`\`\`
`;

test('while a service fails, the sections whose symptoms are seen have a star and quote what was seen', async () => {
  const database = net.createServer(socket => socket.end());
  const port = await listen(database, 0);
  fs.writeFileSync(workspaceFile('docs', 'runbooks', 'database.md'), trouble);
  const config = fs.readFileSync(workspaceFile('watchkeeper.yaml'), 'utf8');
  const probes = `probes: [{ tcp: "127.0.0.1:${port}" }]`;
  const service = `services:\n  db: { title: Shop database, every: 1s, for: 1s, ${probes} }\n`;
  fs.writeFileSync(workspaceFile('watchkeeper.yaml'), `${config}${service}`);
  const stateOf = () => cockpit.services.monitor.service('db')?.state;
  await eventually(() => (stateOf() === 'up' ? true : undefined));
  const { tree } = cockpit.runbooks;
  const starred = () => {
    tree.getChildren();
    const all = tree.getChildren('runbook:docs/runbooks/database.md').flatMap(id => tree.getChildren(id));
    const items = all.map(id => tree.getTreeItem(id));
    return items.filter(({ iconPath }) => (iconPath as vscode.ThemeIcon | undefined)?.id === 'star-full');
  };
  const quotes = (item: vscode.TreeItem | undefined) =>
    (item?.tooltip as vscode.MarkdownString | undefined)?.value ?? '';
  assert.deepEqual(starred(), []);
  database.close();
  const [refusing] = await eventually(() => (starred().length > 0 ? starred() : undefined));
  assert.equal(refusing?.label, 'It refuses connections');
  assert.match(quotes(refusing), /from the database: .*connection refused.*\(/);
  fs.writeFileSync(workspaceFile('db.log'), 'FATAL: too many clients already, password=hunter2222\n');
  await cockpit.logs.panel().showSources([{ kind: 'file', path: workspaceFile('db.log') }]);
  const [, full, ...others] = await eventually(() => (starred().length > 1 ? starred() : undefined));
  assert.deepEqual([full?.label, others], ['It takes no more clients', []]);
  assert.match(quotes(full), /in the log: FATAL: too many clients already.*db\\?\.log/);
  assert.doesNotMatch(quotes(full), /hunter/);
  await listen(database, port);
  await eventually(() => {
    const failing = cockpit.services.monitor.services().filter(({ state }) => state !== 'up');
    assert.deepEqual(starred(), [], JSON.stringify(failing));
    return true;
  });
  database.close();
  fs.writeFileSync(workspaceFile('watchkeeper.yaml'), config);
  await eventually(() => (stateOf() === undefined ? true : undefined));
});

function listen(server: net.Server, port: number): Promise<number> {
  return new Promise(resolve => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });
}

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Cockpit } from '../../../src/extension/handlers.ts';
import { toRowId } from '../../../src/ui/logs/rowView.ts';
import { openCockpit, workspaceFile } from '../cockpitAccess.ts';
import { after, eventually, test } from '../harness.ts';
import { type Answers, answerQuestions } from '../questionsAnswered.ts';
import { docker } from './tellStory.ts';

const file = 'docs/runbooks/evidence.md';
const runbook = `# Runbook: Evidence

## Look, then remove

\`\`\`bash
# Look for errors
docker logs --since 1h --tail 60 wk-doomed 2>&1 | grep -i error
# Remove it
docker rm -f wk-doomed
\`\`\`
`;
const canary = 'CANARYhunter2hunter2';
/** 200 rows, every tenth of them an error; then a password, then a key over several rows. */
const script = [
  'i=1; while test $i -le 200; do if test $((i % 10)) -eq 0; then echo "ERROR $i"; else echo "fine $i"; fi; i=$((i+1)); done',
  `echo "connecting with password=${canary}"`,
  `echo "-----BEGIN PRIVATE KEY-----"; echo "${canary}${'QUJDREVG'.repeat(5)}"; echo "-----END PRIVATE KEY-----"`,
  'echo last; exec sleep 600',
].join('; ');
const errorsInTail = ['ERROR 150', 'ERROR 160', 'ERROR 170', 'ERROR 180', 'ERROR 190', 'ERROR 200'];

/** After the story: what became of the logs, and the log view by its own messages. */
export function tellLogs(): void {
  let cockpit: Cockpit;
  let questions: Answers | undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-saved-'));
  const { showSaveDialog } = vscode.window;

  after(() => {
    questions?.restore();
    Object.assign(vscode.window, { showSaveDialog });
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('declaring has saved what the containers had logged, each to a file with its name', async () => {
    cockpit = await openCockpit();
    const [saved] = await eventually(() => {
      const found = snapshots(cockpit, 'testgen-postgres');
      return found.length > 0 ? found : undefined;
    });
    assert.match(path.basename(saved?.file ?? ''), /^\d{4}-\d\d-\d\dT\d{6} testgen-postgres\.log$/);
    assert.match(saved?.file ?? '', /incidents.inc-\d{8}-\w{4}.snapshots/);
    const lines = (saved?.text ?? '').trimEnd().split('\n');
    for (const line of lines) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z std(?:out|err) /);
    assert.match(saved?.text ?? '', /database system is ready to accept connections[\s\S]*is shut down/);
  });

  test('a `docker logs … | grep` step opens in the log view with its since, tail and pattern', async () => {
    const image = 'testgen-redis:latest';
    await docker(
      'run',
      '-d',
      '--name',
      'wk-doomed',
      '--network=host',
      '--entrypoint',
      'sh',
      image,
      '-c',
      script,
    );
    fs.writeFileSync(workspaceFile(...file.split('/')), runbook);
    await vscode.commands.executeCommand('watchkeeper.openStepLogs', await keyOf(cockpit, 'Look for errors'));
    const { view } = cockpit.logs.panel();
    await eventually(() => {
      assert.deepEqual(textsOf(cockpit), [...errorsInTail]);
      return true;
    });
    const [source] = view.sources;
    assert.equal(source?.tail.label, 'wk-doomed');
    // The tail is what the engine was asked for; the pattern is the view's filter, which the person may widen.
    assert.equal(source?.tail.store.size, 60);
    assert.equal(view.includeMatcher?.ranges('an Error', 5).length, 1);
  });

  test('its rows are copied, opened as a document and found by time; no secret leaves', async () => {
    const panel = cockpit.logs.panel();
    const handle = panel['handlers']();
    handle.filter({ type: 'filter', include: '', exclude: '', levels: [], streams: [], sources: [] });
    const ids = await eventually(() => {
      const all = idsOf(cockpit);
      return all.length === 60 ? all : undefined;
    });
    await handle.copy({ type: 'copy', firstId: ids[0] ?? '', lastId: ids.at(-1) ?? '' });
    assertWhole(await vscode.env.clipboard.readText());
    await handle.openDocument({ type: 'openDocument' });
    assertWhole(vscode.window.activeTextEditor?.document.getText() ?? '');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const posted: unknown[] = [];
    const page = panel['page'] ?? assert.fail('no page');
    const post = page.post.bind(page);
    page.post = message => void posted.push(message);
    await handle.jump({ type: 'jump', time: '00:00', isUtc: true });
    await handle.jump({ type: 'jump', time: 'soon', isUtc: true });
    page.post = post;
    const reveals = posted.filter(message => /"reveal"|"notice"/.test(JSON.stringify(message)));
    assert.deepEqual(reveals, [
      { type: 'reveal', row: panel.view.rows.first },
      { type: 'notice', text: 'Nothing found' },
    ]);
  });

  test('all of it is saved, more than the view was asked for', async () => {
    const target = path.join(folder, 'all.log');
    const asked: (vscode.SaveDialogOptions | undefined)[] = [];
    Object.assign(vscode.window, {
      showSaveDialog: async (options?: vscode.SaveDialogOptions) => {
        asked.push(options);
        return vscode.Uri.file(target);
      },
    });
    await cockpit.logs.panel()['handlers']().saveAll({ type: 'saveAll' });
    assert.match(asked[0]?.defaultUri?.path ?? '', /wk-doomed\.log$/);
    const text = fs.readFileSync(target, 'utf8');
    assertWhole(text);
    assert.match(text, /stdout fine 1\n/);
  });

  test('before a step that removes a container its whole log is saved, without its secrets', async () => {
    // Nothing recovers here.
    await vscode.workspace.getConfiguration('watchkeeper').update('steps.recoveryWait', 1, true);
    questions = answerQuestions();
    questions.answer('rm');
    void vscode.commands.executeCommand('watchkeeper.runStep', await keyOf(cockpit, 'Remove it'));
    const [saved] = await eventually(() => {
      const found = snapshots(cockpit, 'wk-doomed').filter(({ text }) => text.endsWith(' last\n'));
      return found.length > 0 ? found : undefined;
    });
    assert.equal(questions.asked.length, 1);
    assert.match(path.basename(saved?.file ?? ''), /^\d{4}-\d\d-\d\dT\d{6} wk-doomed\.log$/);
    assertWhole(saved?.text ?? '');
    assert.match(saved?.text ?? '', /stdout fine 1\n/);
  }, 60_000);
}

/** The errors and the last row stand there, and what the container gave away does not. */
function assertWhole(text: string): void {
  for (const row of [...errorsInTail, 'last']) assert.match(text, new RegExp(`stdout ${row}\\n`));
  assert.doesNotMatch(text, /CANARY/);
  assert.match(text, /redacted:private key/);
}

function snapshots(cockpit: Cockpit, name: string): { readonly file: string; readonly text: string }[] {
  const all = fs.readdirSync(cockpit.storagePath, { recursive: true, encoding: 'utf8' });
  return all
    .filter(file => file.includes('snapshots') && file.endsWith(` ${name}.log`))
    .map(file => ({ file, text: fs.readFileSync(path.join(cockpit.storagePath, file), 'utf8') }));
}

async function keyOf(cockpit: Cockpit, title: string): Promise<string> {
  const step = await eventually(() => cockpit.index.get(file)?.steps.find(one => one.title === title));
  return `step:${file}#${step.id}`;
}

function refsOf(cockpit: Cockpit) {
  const { rows } = cockpit.logs.panel().view;
  return Array.from({ length: rows.size }, (_, i) => rows.at(rows.first + i)).filter(
    ref => ref !== undefined,
  );
}

function textsOf(cockpit: Cockpit): string[] {
  const store = cockpit.logs.panel().view.sources[0]?.tail.store;
  return refsOf(cockpit).map(ref => store?.text(ref.seq) ?? '');
}

function idsOf(cockpit: Cockpit): string[] {
  return refsOf(cockpit).map(toRowId);
}

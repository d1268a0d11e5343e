// The main job by mouse and keyboard: outage, culprit, incident, the runbook's own step, logs, recovery, review.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { headingsOf, openStage, type Stage } from './story/stage.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage?.close());

test('the services of the demo come up green', async () => {
  const { cockpit, services } = stage;
  await cockpit.openContainer();
  await cockpit.widenSideBar(360);
  for (const name of ['TestGen', 'PostgreSQL', 'Redis']) await services(new RegExp(`^${name}, up`)).waitFor();
  await cockpit.statusItem('health').getByText('all up').waitFor();
  await cockpit.screenshotInAllThemes('services-up');
});

test('a stopped database is named as the cause, and what needs it as blocked, within 15 s', async () => {
  const { cockpit, services } = stage;
  stage.docker('stop', 'testgen-postgres');
  const stoppedAtMs = performance.now();
  await services(/^TestGen, blocked .*blocked by PostgreSQL/).waitFor({ timeout: 15_000 });
  await services(/^PostgreSQL, (pending|down)/).waitFor({ timeout: 15_000 });
  assert.ok(performance.now() - stoppedAtMs < 15_000);
  const rows = cockpit.page.getByRole('tree', { name: 'Services' }).getByRole('treeitem', { level: 1 });
  assert.match((await rows.first().getAttribute('aria-label')) ?? '', /^PostgreSQL/);
  await cockpit.statusItem('health').getByText('1 cause · 1 blocked').waitFor();
  // The culprit shows its checks without being asked.
  await services(/^container testgen-postgres, (pending|down), exited/).waitFor();
  await cockpit.screenshotInAllThemes('services-down');
});

test('declaring takes a severity of the runbook and the proposed title by keyboard', async () => {
  const { cockpit } = stage;
  const { keyboard } = cockpit.page;
  await cockpit.palette('Watchkeeper: Declare Incident…');
  await cockpit.selected('SEV-1').waitFor();
  await cockpit.screenshotInAllThemes('pick-severity');
  await keyboard.press('ArrowDown');
  await cockpit.take('SEV-2');
  await cockpit.page.locator('.quick-input-widget').getByText('What is wrong?').waitFor();
  assert.match(await cockpit.quickInput().inputValue(), /^PostgreSQL down: exited/);
  await keyboard.press('Enter');
  const timeline = await cockpit.seen(/PostgreSQL down: exited/, page =>
    page.getByRole('heading', { name: /^PostgreSQL down/ }),
  );
  await timeline.getByRole('row', { name: /Container testgen-postgres ended with exit code 0/ }).waitFor();
  await timeline.getByRole('row', { name: /Incident declared: .*SEV-2/ }).waitFor();
  await cockpit.row('Incident', /^Incident PostgreSQL down: .*severity 2, investigating/).waitFor();
  await cockpit.statusItem('incident').getByText(/SEV-2/).waitFor();
});

test('a note is added in the timeline page by keyboard', async () => {
  const { cockpit } = stage;
  const timeline = await cockpit.webview(/PostgreSQL down: exited/);
  await timeline.getByRole('grid', { name: 'Entries' }).press('n');
  await timeline.locator('.note-field:focus-within').waitFor();
  const note = timeline.getByRole('textbox', { name: 'Note' });
  await note.pressSequentially('H: somebody stopped the container by hand');
  await note.press('Enter');
  await timeline.getByRole('row', { name: /somebody stopped the container by hand, by On call/ }).waitFor();
  await cockpit.screenshotInAllThemes('timeline');
});

test('the logs of several containers run live in the Watchkeeper Logs view', async () => {
  const { cockpit } = stage;
  await cockpit.palette('Watchkeeper: Tail Container Logs…');
  const list = cockpit.page.locator('.quick-input-widget');
  await list.getByText('testgen-postgres', { exact: true }).waitFor();
  await cockpit.screenshotInAllThemes('pick-containers');
  for (const name of ['testgen-copilot', 'testgen-postgres'])
    await list.getByText(name, { exact: true }).click();
  await cockpit.page.keyboard.press('Enter');
  await cockpit.page.getByRole('tab', { name: 'Watchkeeper Logs' }).waitFor();
  const logs = await cockpit.seen(/^testgen-postgres · exit 0/, page =>
    page.getByRole('grid', { name: 'Log lines' }),
  );
  await stage.callService('/api/generate');
  await logs
    .getByRole('row', { name: /generate/ })
    .first()
    .waitFor();
  await cockpit.screenshotInAllThemes('logs');
  await openSection();
  await cockpit.screenshot('cockpit');
  await logs
    .getByRole('row', { name: /generate/ })
    .first()
    .click();
  await cockpit.page.keyboard.press('p');
  const timeline = await cockpit.webview(/PostgreSQL down: exited/);
  await timeline
    .getByRole('row', { name: /copilot: 1 line\b/ })
    .first()
    .waitFor();
});

test("the runbook's own step runs from the palette, and health judges it", async () => {
  const { cockpit, services } = stage;
  await cockpit.palette('Watchkeeper: Run Runbook Step…');
  await cockpit.page.getByPlaceholder('Type part of a title').pressSequentially('start the database ag');
  await cockpit.selected('Start the database again').waitFor();
  await cockpit.screenshotInAllThemes('pick-step');
  await cockpit.page.keyboard.press('Enter');
  await cockpit.selected('Run in local').waitFor();
  await cockpit.screenshotInAllThemes('pick-consent');
  await cockpit.page.keyboard.press('Enter');
  const terminal = cockpit.page.locator('.terminal-wrapper.active .xterm-rows');
  await terminal
    .getByText(/postgres.*done/)
    .first()
    .waitFor();
  await cockpit.screenshot('terminal');
  for (const name of ['PostgreSQL', 'TestGen']) await services(new RegExp(`^${name}, up`)).waitFor();
  const timeline = await cockpit.webview(/PostgreSQL down: exited/);
  await timeline.getByRole('row', { name: /docker-compose restart postgres.*exit 0/ }).waitFor();
});

test('a service opens with its checks over time', async () => {
  const { cockpit, services } = stage;
  await cockpit.inlineAction(services(/^PostgreSQL, up/), 'Open Service Details');
  await cockpit.seen(/^PostgreSQL$/, page => page.getByRole('heading', { name: 'PostgreSQL', exact: true }));
  await cockpit.screenshotInAllThemes('service');
});

test('resolving ends the incident, and the review is written from it', async () => {
  const { cockpit } = stage;
  await cockpit.palette('Watchkeeper: Resolve Incident');
  await cockpit.toast(/is resolved/).waitFor();
  await cockpit.palette('Watchkeeper: Generate Post-Incident Review');
  const tab = cockpit.page.getByRole('tab', { name: /inc-\d{8}-\w{4}\.md/ });
  await tab.waitFor();
  const folder = path.join(stage.folder, 'docs', 'post-incident-reports');
  const [file = ''] = fs.readdirSync(folder);
  const written = headingsOf(fs.readFileSync(path.join(folder, file), 'utf8'));
  assert.deepEqual(written.slice(1), stage.templateHeadings().slice(1));
  const lines = cockpit.page.locator('.monaco-editor .view-line');
  await lines.filter({ hasText: /##\s+Summary/ }).waitFor();
  await cockpit.screenshotInAllThemes('review');
});

/** The part of the runbook that fits, opened in its tree. */
async function openSection(): Promise<void> {
  const { cockpit } = stage;
  await cockpit.row('Runbooks', /^Runbook TestGen is down/).click();
  await cockpit.row('Runbooks', /^Section First Look/).waitFor();
  await cockpit.page.keyboard.type('a store');
  await cockpit.page.keyboard.press('ArrowRight');
  await cockpit
    .row('Runbooks', /^Section A store is gone/)
    .and(cockpit.page.locator('[aria-expanded=true]'))
    .waitFor();
  for (let row = 0; row < 4; row++) await cockpit.page.keyboard.press('ArrowDown');
  await cockpit.row('Runbooks', /^Step Start the cache again/).waitFor();
}

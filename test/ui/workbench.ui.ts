import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Cockpit } from './cockpit.ts';
import { readIncident } from './journal.ts';

let cockpit: Cockpit;
before(async () => {
  cockpit = await Cockpit.open();
});
after(() => cockpit?.close());

test('the activity bar offers the cockpit with its three views', async () => {
  await cockpit.openContainer();
  for (const view of ['Services', 'Runbooks', 'Incident'])
    await cockpit.page.locator(`.pane-header[aria-label^="${view}"]`).waitFor();
});

test('the palette leads into an incident', async () => {
  await cockpit.page.keyboard.press('F1');
  for (const title of ['Declare Incident…', 'Show Watchkeeper Log']) {
    await cockpit.quickInput().fill(`>Watchkeeper: ${title}`);
    const option = cockpit.page
      .locator('.quick-input-widget [role=option]')
      .filter({ hasText: title })
      .first();
    await option.waitFor();
  }
  await cockpit.page.keyboard.press('Escape');
});

test('a walkthrough leads from the first look to the review', async () => {
  await cockpit.palette('Welcome: Open Walkthrough...');
  await cockpit.pick(/^Get Started with Watchkeeper/);
  const steps = cockpit.page.locator('.getting-started-step');
  await steps.filter({ hasText: 'Run your own runbook' }).click();
  await cockpit.page.getByRole('button', { name: 'Run Runbook Step…' }).waitFor();
  assert.equal(await steps.count(), 5);
  await cockpit.screenshotInAllThemes('walkthrough');
});

test('the cockpit is pictured in dark, light and high contrast', async () => {
  await cockpit.screenshotInAllThemes('cockpit-empty');
  const file = await cockpit.screenshot('cockpit-empty');
  assert.ok(fs.statSync(file).size > 10_000);
});

test('a step that ran is marked beside its line, and a line of a diagnosis leads there', {
  timeout: 180_000,
}, async () => {
  const { page } = cockpit;
  writeRunbook(
    'marks.md',
    '# Marks\n\n```sh\n# A good one\necho fine\n# A bad one\ncat /no-such-file-of-ours\n```\n',
  );
  await cockpit.row('Runbooks', /^Runbook Marks/).waitFor();
  await cockpit.palette('View: Close All Editors');
  const tab = page.getByRole('tab', { name: /^Diagnosis: Marks/ });
  // A list closes when something else takes the focus, as it does while editors and views settle.
  for (let attempt = 1; attempt <= 4 && !(await tab.isVisible()); attempt++) {
    await cockpit.palette('Watchkeeper: Diagnose: Run All Read-Only Steps');
    await cockpit
      .selected('Marks')
      .waitFor({ timeout: 5000 })
      .then(() => page.keyboard.press('Enter'))
      .then(() => tab.waitFor({ timeout: 10_000 }))
      .catch(() => undefined);
  }
  const line = page
    .locator('.view-line')
    .filter({ hasText: 'runbooks/marks.md:7' })
    .locator('.detected-link');
  await line.last().click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('tab', { name: /^marks\.md/ }).waitFor();
  await page.locator('.line-numbers.active-line-number').filter({ hasText: /^7$/ }).waitFor();
  const tick = 'M3 8l3.5 4L13 4';
  const cross = 'M4 4l8 8M12 4l-8 8';
  await page.waitForFunction(`(${marksByLine})() === '5 ${tick}, 7 ${cross}'`).catch(() => undefined);
  assert.equal(await page.evaluate(`(${marksByLine})()`), `5 ${tick}, 7 ${cross}`);
  await cockpit.screenshotInAllThemes('step-marks');
});

test('a step that ran when the window was reloaded is unknown, and the journal of the incident says so too', {
  timeout: 180_000,
}, async () => {
  writeRunbook('patience.md', '# Patience\n\n## Waiting\n\n```sh\n# Wait for long\nsleep 600\n```\n');
  await cockpit.row('Runbooks', /^Runbook Patience/).waitFor();
  await cockpit.palette('Watchkeeper: Declare Incident…');
  await cockpit.take('SEV-1');
  await cockpit.page.locator('.quick-input-widget').getByText('What is wrong?').waitFor();
  await cockpit.answer('Waits for ever');
  await cockpit.seen('Waits for ever', page => page.getByRole('heading', { name: /Waits for ever/ }));
  await cockpit.palette('Watchkeeper: Run Runbook Step…');
  await cockpit.pick(/Wait for long/);
  const running = path.join(cockpit.storagePath, 'running');
  while (!fs.existsSync(running) || fs.readdirSync(running).length === 0)
    await cockpit.page.waitForTimeout(100);
  await cockpit.reload();
  await cockpit.openContainer();
  await cockpit.row('Runbooks', /^Runbook Patience/).click();
  await cockpit
    .row('Runbooks', /Wait for long, .*the window was reloaded or closed before it ended/)
    .waitFor();
  assert.deepEqual(fs.readdirSync(running), []);
  const rows = await stepRows('Wait for long');
  assert.deepEqual(
    rows.filter(({ event }) => event === 'Wait for long').map(({ action }) => action),
    ['sleep 600 (exit unknown: the window was reloaded or closed before it ended)'],
  );
  await cockpit.screenshot('step-lost-by-reload');
});

function writeRunbook(name: string, text: string): void {
  const folder = path.join(cockpit.folder, 'runbooks');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

/** Of the incident as its files tell it, once the step has ended in it. */
async function stepRows(title: string) {
  for (;;) {
    const found = await readIncident(cockpit.storagePath);
    if (found?.events.some(({ t, b }) => t === 'step.finished' && b.title === title))
      return found.state.entries.filter(({ kind }) => kind === 'step');
    await cockpit.page.waitForTimeout(200);
  }
}

/** Runs in the page: the drawing of each mark in the margin, with the number of the line that it stands at. */
const marksByLine = `() => {
  const topOf = one => Math.round(one.getBoundingClientRect().top);
  const numbers = [...document.querySelectorAll('.editor-instance .line-numbers')];
  return [...document.querySelectorAll('.editor-instance .glyph-margin-widgets .cgmr')].map(mark => {
    const line = numbers.find(number => topOf(number) === topOf(mark))?.textContent;
    return line + ' ' + / d=\\\\?"([^"\\\\]*)/.exec(getComputedStyle(mark).backgroundImage)?.[1];
  }).sort().join(', ');
}`;

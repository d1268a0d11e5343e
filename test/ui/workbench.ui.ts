import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Cockpit } from './cockpit.ts';

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

test('a step that ran when the window was reloaded is unknown, and says why', {
  timeout: 180_000,
}, async () => {
  const folder = path.join(cockpit.folder, 'runbooks');
  fs.mkdirSync(folder, { recursive: true });
  const text = '# Patience\n\n## Waiting\n\n```sh\n# Wait for long\nsleep 600\n```\n';
  fs.writeFileSync(path.join(folder, 'patience.md'), text);
  await cockpit.row('Runbooks', /^Runbook Patience/).waitFor();
  await cockpit.palette('Watchkeeper: Run Runbook Step…');
  await cockpit.take(/Wait for long/);
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
  await cockpit.screenshot('step-lost-by-reload');
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

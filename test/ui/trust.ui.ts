// Before a workspace is trusted everything can be read, nothing is probed and no step runs; then all of it starts.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Cockpit } from './cockpit.ts';

let cockpit: Cockpit;
let requests = 0;
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-trust-'));
const folder = path.join(temporary, 'shop');
const trace = path.join(temporary, 'trace');
const server = http.createServer((_, response) => {
  requests++;
  response.end('ok');
});

before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  writeWorkspace((server.address() as AddressInfo).port);
  cockpit = await Cockpit.open({ workspace: folder, hasWorkspaceTrust: true });
});
after(async () => {
  await cockpit?.close();
  server.close();
  fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
});

const refusal = () => cockpit.toast(/Steps do not run in an untrusted workspace.*trust the folder/);
const trustEditor = () => cockpit.page.locator('.workspace-trust-editor');
const step = () => cockpit.row('Runbooks', /^Step Leave a trace/);

test('in Restricted Mode runbooks can be read, and a step is refused with the way out', async () => {
  await cockpit.openContainer();
  await cockpit.row('Services', /^Shop, /).waitFor();
  await openRunbook();
  await cockpit.inlineAction(step(), 'Run Runbook Step…');
  await refusal().getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
  await cockpit.screenshotInAllThemes('untrusted');
  assert.equal(await cockpit.page.locator('.terminal-wrapper').count(), 0);
  assert.equal(fs.existsSync(trace), false);
  assert.equal(requests, 0);
  await refusal()
    .getByRole('button', { name: /^Clear Notification/ })
    .click();
  await refusal().waitFor({ state: 'hidden' });
});

test('by the palette it is refused as well, before anything is asked; the way out leads to the decision', async () => {
  await cockpit.palette('Watchkeeper: Run Runbook Step…');
  await refusal().getByRole('button', { name: 'Manage Workspace Trust' }).click();
  await trustEditor().waitFor();
  assert.equal(fs.existsSync(trace), false);
  assert.equal(requests, 0);
});

test('once the workspace is trusted it is probed and the step runs', async () => {
  await trustEditor().getByRole('button', { name: 'Trust', exact: true }).click();
  await cockpit.row('Services', /^Shop, up/).waitFor();
  assert.ok(requests > 0);
  await cockpit.page.getByRole('button', { name: /^Close Modal Editor/ }).click();
  await trustEditor().waitFor({ state: 'hidden' });
  await cockpit.page.getByText('Restricted Mode').first().waitFor({ state: 'hidden' });
  await cockpit.inlineAction(step(), 'Run Runbook Step…');
  await cockpit.take(/Run in local/);
  await cockpit.row('Runbooks', /^Step Leave a trace.*exit 0/).waitFor();
  assert.equal(fs.existsSync(trace), true);
});

async function openRunbook(): Promise<void> {
  await cockpit.row('Runbooks', /^Runbook Shop/).click();
  await step().waitFor();
}

function writeWorkspace(port: number): void {
  fs.mkdirSync(path.join(folder, 'runbooks'), { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'watchkeeper.yaml'),
    `services:\n  shop:\n    title: Shop\n    probes:\n      - http: http://127.0.0.1:${port}/health\n`,
  );
  fs.writeFileSync(
    path.join(folder, 'runbooks', 'shop.md'),
    `# Shop\n\n## First look\n\n\`\`\`bash\n# Leave a trace\ntee ${trace} < /dev/null\n\`\`\`\n`,
  );
}

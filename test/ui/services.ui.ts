// The Services view as a person has it: secrets, environments, alerts, a reload, a second window, the page of a service.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { makeAuthority } from '../real/health/parts/certificates.ts';
import { Cockpit } from './cockpit.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-services-'));
const workspace = path.join(folder, 'shop');
const canary = 'canary-token-51be';
const authority = makeAuthority();
const warnings: string[] = [];

const shop = http.createServer(({ headers }, response) => {
  response.statusCode = headers.authorization === `Bearer ${canary}` ? 200 : 401;
  response.end('{}');
});
let asked = 0;
let cache = net.createServer();
const front = tls.createServer({ key: authority.soon.key, cert: authority.soon.cert + authority.ca });
let cachePort = 0;
let cockpit: Cockpit;

before(async () => {
  const [shopPort, frontPort] = await Promise.all([shop, front].map(server => listen(server)));
  cachePort = await openCache();
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(folder, 'ca.pem'), authority.ca);
  fs.writeFileSync(
    path.join(workspace, 'watchkeeper.yaml'),
    `environments:
  local: { color: green }
  prod: { color: red }
defaults: { every: 2s, timeout: 1s, for: 2s }
services:
  shop:
    title: The Shop
    dependsOn: [cache]
    probes:
      - http: http://127.0.0.1:${shopPort}/
        headers: { Authorization: { secret: SHOP_TOKEN, prefix: "Bearer " } }
  cache: { title: The Cache, probes: [{ tcp: "127.0.0.1:${cachePort}" }] }
  front: { title: Front door, probes: [{ tls: "localhost:${frontPort}" }] }
`,
  );
  cockpit = await Cockpit.open({ workspace, env: { NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem') } });
  cockpit.page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) warnings.push(message.text());
  });
  await cockpit.openContainer();
  await cockpit.widenSideBar(360);
});
after(async () => {
  await cockpit?.close();
  for (const server of [shop, front, cache]) server.close();
  shop.closeAllConnections();
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const row = (name: RegExp, window = cockpit) => window.row('Services', name);

test('a secret is asked for by name, typed into a masked box, and in no file', async () => {
  await row(/^The Shop, unknown.*the secret "SHOP_TOKEN" is not set/).waitFor();
  await row(/^The Shop, unknown/).click();
  await cockpit.page.keyboard.press('ArrowRight');
  const box = cockpit.page.locator('.quick-input-widget input[type=password]');
  // A row that is painted anew between pointing and pressing takes the press away.
  for (let attempt = 1; attempt <= 5 && !(await box.isVisible()); attempt++) {
    await cockpit.inlineAction(row(/^(?!The Shop).*"SHOP_TOKEN" is not set/), 'Set Secret…');
    await box.waitFor({ timeout: 4_000 }).catch(() => undefined);
  }
  await box.fill(canary);
  await cockpit.page.keyboard.press('Enter');
  await row(/^The Shop, up.*status 200/).waitFor();
  assert.ok(!fs.readFileSync(path.join(workspace, 'watchkeeper.yaml'), 'utf8').includes(canary));
});

test('the status bar names the environment, and warns of one that asks for more consent', async () => {
  const item = cockpit.statusItem('environment');
  await item.getByText('local').waitFor();
  assert.doesNotMatch((await item.getAttribute('class')) ?? '', /warning-kind/);
  await item.click();
  await cockpit.pick(/prod/);
  await item.and(cockpit.page.locator('.warning-kind')).getByText('prod').waitFor();
  await cockpit.screenshotInAllThemes('services-prod');
  await cockpit.palette('Watchkeeper: Select Environment…');
  await cockpit.pick(/local/);
  await item.getByText('local').waitFor();
});

test('one notification names the cause and what it blocks by their titles; acknowledging marks the row', async () => {
  await row(/^The Cache, up/).waitFor();
  cache.close();
  const toast = cockpit.toast(/The Cache is down: connection refused/);
  await toast.waitFor();
  assert.equal(await cockpit.page.locator('.notification-toast').count(), 1);
  await cockpit.screenshotInAllThemes('services-alert');
  await toast.getByRole('button', { name: 'Acknowledge' }).click();
  await row(/^The Cache, down.*acknowledged/).waitFor();
});

test('after a reload of the window it is down since the same moment, acknowledged, and raises nothing again', async () => {
  const since = /since \d\d:\d\d:\d\d/;
  const before = since.exec((await row(/^The Cache, down/).getAttribute('aria-label')) ?? '')?.[0];
  assert.ok(before);
  await cockpit.stored('"acknowledgedBy":"');
  await cockpit.reload();
  await cockpit.openContainer();
  await row(new RegExp(`^The Cache, down.*${before}.*acknowledged`)).waitFor();
  await cockpit.page.waitForTimeout(4_000);
  assert.equal(await cockpit.page.locator('.notification-toast').count(), 0);
});

test('of two windows one checks, both show; what is decided in one holds in both', async () => {
  await openCache(cachePort);
  await row(/^The Cache, up/).waitFor();
  const second = await cockpit.openWindow();
  await second.openContainer();
  await row(/^The Cache, up/, second).waitFor();
  // Once in two seconds is 4 or 5 in 8; two that check would ask twice as often.
  const before = asked;
  await cockpit.page.waitForTimeout(8_000);
  assert.ok(asked - before <= 6, `asked ${asked - before} times in 8 s`);
  await second.palette('Watchkeeper: Start Maintenance…');
  await second.pick('30 minutes');
  await row(/^The Cache, up.*maintenance until/, second).waitFor();
  await row(/^The Cache, up.*maintenance until/).waitFor();
  await second.palette('Watchkeeper: End Maintenance');
  await row(/^The Cache, up(?!.*maintenance)/).waitFor();
  await second.closeWindow();
  const left = asked;
  while (asked < left + 3) await cockpit.page.waitForTimeout(200);
});

test('the page of a service tells of its certificate, and a hidden one by its place in the file', async () => {
  await cockpit.inlineAction(row(/^Front door, degraded/), 'Open Service Details');
  const page = await cockpit.seen(/^Front door$/, frame =>
    frame.getByRole('heading', { name: 'Front door', exact: true }),
  );
  await page
    .getByText(/certificate expires in 4 days/)
    .first()
    .waitFor();
  assert.match(
    await page.locator('.facts').innerText(),
    /Certificate.*certificate\s+soon.*issuer\s+Test Authority/s,
  );
  await cockpit.screenshotInAllThemes('service-certificate');
  await page.getByRole('button', { name: 'last 15 minutes' }).press('Enter');
  await page.getByRole('button', { name: 'watchkeeper.yaml:13' }).first().press('Enter');
  await cockpit.page.getByRole('tab', { name: /watchkeeper\.yaml/ }).waitFor();
  assert.deepEqual(warnings, []);
});

function listen(server: net.Server, port = 0): Promise<number> {
  return new Promise(resolve => {
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Counts who connects. */
function openCache(port = 0): Promise<number> {
  cache = net.createServer(socket => {
    asked++;
    socket.on('error', () => {});
    socket.end();
  });
  return listen(cache, port);
}

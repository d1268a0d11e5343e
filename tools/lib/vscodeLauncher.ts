// Stands in for the `code` program that @vscode/test-electron starts: VS Code's server from npm plus headless
// Chromium. Runs `--extensionTestsPath` in a real extension host and exits with the code the suite deserves.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { BROWSER_FLAGS, ensureChromium } from './chromium.ts';
import { ExitGate } from './exitGate.ts';
import { type LaunchRequest, parseLaunch, workbenchUrl } from './launchRequest.ts';
import { enterRun } from './run.ts';
import { locateVsCode } from './vscode.ts';
import { type HostEnd, startServer, type VsCodeServer, writeUserSettings } from './vscodeServer.ts';

/** Lines the workbench writes about itself. */
const NOISE =
  /^(Resolv(ing|ed) connection token|Creating a socket|\[reconnection-grace|Ignoring fetching additional|\[Service Worker\]|No search provider|\[AgentHost|\[AccountPolicy|\[DefaultAccount\]|\[chat-stt\]|Updating additional builtin|(Error: )?Timed out waiting for authentication provider)/;
const HOST_END_LIMIT_MS = 20_000;

const isVerbose = process.env['WATCHKEEPER_HOST_DEBUG'] !== undefined;
const run = await enterRun();
const gate = new ExitGate(run);

gate.watch(Number(process.env['WATCHKEEPER_HOST_LIMIT_MS'] ?? 300_000));
await launch(parseLaunch(process.argv.slice(2)));

async function launch(request: LaunchRequest): Promise<void> {
  const report = process.env['WATCHKEEPER_REPORT'] ?? path.join(run.folder, 'report.json');
  fs.rmSync(report, { force: true });
  const userData = request.userData ?? path.join(run.folder, 'user');
  writeUserSettings(userData);
  const env = {
    ...process.env,
    WATCHKEEPER_REPORT: report,
    XDG_RUNTIME_DIR: run.folder,
  };
  const server = await startServer({
    vscode: locateVsCode(process.env['WATCHKEEPER_VSCODE'] === 'floor' ? 'floor' : 'current'),
    folder: run.folder,
    userData,
    extensions: request.extensions ?? path.join(run.folder, 'extensions'),
    hasTestDriver: true,
    // test-electron always asks for no trust; a suite about trust says so in its environment.
    hasWorkspaceTrust: !request.isTrustDisabled || process.env['WATCHKEEPER_TRUST'] === '1',
    env,
    ...(request.log === undefined ? {} : { log: request.log }),
  });
  server.process.once('exit', (code, signal) => gate.exit(72, `VS Code server ended: ${code ?? signal}`));
  void reportHostEnd(server.hostEnd);
  const page = await openBrowser(env);
  await judgeSuite(page, server, report);
  await page.goto(workbenchUrl(request, server.port), { waitUntil: 'commit' });
}

async function openBrowser(env: NodeJS.ProcessEnv): Promise<Page> {
  const browser = await ensureChromium();
  const running = await chromium.launch({
    executablePath: browser.executablePath,
    env: definedOnly({ ...env, ...browser.env }),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...BROWSER_FLAGS],
  });
  gate.beforeEnd(() => running.close());
  running.on('disconnected', () => gate.exit(73, 'the browser ended'));
  const page = await running.newPage({ viewport: { width: 1400, height: 900 } });
  page.on('crash', () => gate.exit(74, 'the page crashed'));
  if (isVerbose)
    page.on('console', message => process.stderr.write(`[page] ${message.text().slice(0, 300)}\n`));
  return page;
}

/**
 * A crashed extension host is reported by the workbench as code 0. So 0 counts only when the host process itself
 * ended with 0 and the suite wrote its report, which `process.exit(0)` inside a test would not have done.
 */
async function judgeSuite(page: Page, server: VsCodeServer, report: string): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    if (!isVerbose && NOISE.test(String(args[0]))) return;
    (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${format(...args)}\n`);
  });
  await page.exposeFunction('codeAutomationExit', async (code: number) => {
    if (code !== 0) return gate.exit(code);
    const end = await Promise.race([server.hostEnd, delay(HOST_END_LIMIT_MS, undefined)]);
    if (end?.code !== '0' || end.signal !== 'null')
      return gate.exit(71, `extension host ended badly: ${describe(end)}`);
    if (!fs.existsSync(report)) return gate.exit(75, 'the suite ended without its report');
    return gate.exit(0);
  });
}

/** The workbench normally reports soon after; if it never does, the end of the host is the result. */
async function reportHostEnd(hostEnd: Promise<HostEnd>): Promise<void> {
  const end = await hostEnd;
  await delay(HOST_END_LIMIT_MS);
  await gate.exit(71, `extension host ended: ${describe(end)}`);
}

function describe(end: HostEnd | undefined): string {
  return end ? `code ${end.code}, signal ${end.signal}` : 'still running';
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

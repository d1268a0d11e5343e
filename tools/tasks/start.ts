// The cockpit on the demo system: installs what is missing, starts both, opens VS Code in the browser (or the installed
// desktop one with --desktop), and stops all of it on Ctrl-C.
import { spawn } from 'node:child_process';
import { buildExtension } from '../lib/build.ts';
import { type Demo, startDemo } from '../lib/demo/demo.ts';
import { ensureEngine } from '../lib/ensureEngine.ts';
import { root } from '../lib/process.ts';
import { step } from '../lib/progress.ts';
import { enterRun } from '../lib/run.ts';
import { showCockpit } from '../lib/showCockpit.ts';
import { findProgram } from '../lib/systemParts.ts';
import { untilInterrupted } from '../lib/untilInterrupted.ts';

const args = process.argv.slice(2);
const code = findProgram('code');
if (args.includes('--desktop') && code === undefined) {
  console.error('No "code" program found: install Visual Studio Code, or use npm start for the browser.');
  process.exit(1);
}
const run = await enterRun();
let isInterrupted = false;
const interrupted = untilInterrupted().then(() => {
  isInterrupted = true;
  console.log('\nStopping everything …');
});
let problem: unknown;
try {
  const engine = await ensureEngine();
  if (!isInterrupted) await showDemo(engine);
} catch (error) {
  problem = error;
}
await run.end();
// Ctrl-C reaches the programs that are being waited for as well, so they fail.
if (problem !== undefined && !isInterrupted) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exit(1);
}
console.log('Everything is stopped.');
process.exit(0);

async function showDemo(engine: string | undefined): Promise<void> {
  let demo: Demo | undefined;
  const starting = step('Starting the demo system', async () => {
    demo = await startDemo({ say: console.log, ...(engine === undefined ? {} : { engine }) });
    return demo;
  });
  const workspace = starting.then(({ mode, url, workspaceFolder }) => {
    console.log(`The demo system runs in ${mode}: ${url}/health`);
    console.log('Break something with: npm run demo:break -- <fault>');
    return workspaceFolder;
  });
  const env = engine === undefined ? {} : { DOCKER_HOST: engine };
  const showing = args.includes('--desktop')
    ? showDesktop(code ?? 'code', workspace, env)
    : showCockpit({ workspace, env, opensBrowser: args.includes('--open') });
  // Ctrl-C may come while all this is still going on.
  const shown = Promise.race([showing, interrupted]);
  await shown.catch(() => undefined);
  // An engine of our own takes along what is half started; from the machine's own it has to be removed.
  const isEngineOurs = engine !== undefined && engine !== process.env['DOCKER_HOST'];
  if (!isEngineOurs) await starting.catch(() => undefined);
  if (demo?.wasRunning) console.log('The demo system ran before and goes on: npm run demo:down stops it.');
  // A second Ctrl-C also hits the compose command that is stopping it: then once more.
  const stop = () => demo?.stop().catch(() => demo?.stop());
  if (demo?.wasRunning === false) await step('Stopping the demo system', async () => stop());
  await shown;
}

async function showDesktop(
  program: string,
  workspace: Promise<string>,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  await buildExtension();
  spawn(program, [`--extensionDevelopmentPath=${root}`, await workspace], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, ...env },
  }).unref();
  console.log('Watchkeeper opens in your VS Code. Ctrl-C stops the demo system.');
  await untilInterrupted();
}

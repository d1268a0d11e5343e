// The cockpit on the demo system: installs what is missing, starts both, opens VS Code in the browser (or the installed
// desktop one with --desktop), and stops all of it on Ctrl-C.
import { spawn } from 'node:child_process';
import { buildExtension } from '../lib/build.ts';
import { openDemo, startDemo } from '../lib/demo/demo.ts';
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
const earlier = openDemo();
const interrupted = untilInterrupted();
try {
  const engine = await ensureEngine();
  const starting = step('Starting the demo system', () =>
    startDemo({ say: console.log, ...(engine === undefined ? {} : { engine }) }),
  );
  const workspace = starting.then(demo => {
    console.log(`The demo system runs in ${demo.mode}: ${demo.url}/health`);
    console.log('Break something with: npm run demo:break -- <fault>');
    return demo.workspaceFolder;
  });
  const env = engine === undefined ? {} : { DOCKER_HOST: engine };
  const showing = args.includes('--desktop')
    ? showDesktop(code ?? 'code', workspace, env)
    : showCockpit({ workspace, env, opensBrowser: args.includes('--open') });
  // Ctrl-C may come while everything is still being started.
  showing.catch(() => {});
  await Promise.race([showing, interrupted]);
  const demo = await starting.catch(() => undefined);
  console.log('\nStopping everything …');
  // A demo that ran before (npm run demo:up) is not ours to stop.
  // A second Ctrl-C also hits the compose command that is stopping it: then once more.
  const stop = async () => demo?.stop().catch(() => demo.stop());
  if (earlier === undefined) await step('Stopping the demo system', stop);
} finally {
  await run.end();
}
console.log('Everything is stopped.');
process.exit(0);

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

// Entry of every npm script. Runs on any Node >= 20 with nothing installed: installs what is locked when it is
// missing or stale, then runs the task on the Node 24 that comes from npm.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const startedMs = Date.now();
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const [task, ...args] = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) fail(`Watchkeeper needs Node 20 or newer to start; this is ${process.versions.node}.`);

await installLocked();
const taskFile = path.join(root, 'tools', 'tasks', `${task}.ts`);
if (!task || !fs.existsSync(taskFile)) fail(`No such task: ${task}. See "scripts" in package.json.`);
const child = spawn(pinnedNode(), [taskFile, ...args], {
  stdio: 'inherit',
  cwd: process.cwd(),
  env: { ...process.env, WATCHKEEPER_STARTED_MS: String(startedMs) },
});
// The task clears up after itself: hand the signal on and wait for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('error', error => fail(String(error)));
child.once('exit', code => process.exit(code ?? 1));

/** `npm ci`, but only when the lock file differs from what was installed last. */
async function installLocked() {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(root, 'node_modules', '.watchkeeper-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing npm packages (about 20 s, once) …');
  const seconds = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  const progress = setInterval(() => console.log(`Installing npm packages … ${seconds()}`), 10_000);
  // A registry stall has been seen once in about 25 installs: bounded, and tried twice.
  for (let attempt = 1; attempt <= 2; attempt++) {
    if (await installs()) {
      clearInterval(progress);
      fs.writeFileSync(stamp, lock);
      return;
    }
    if (attempt === 2)
      fail('npm ci failed twice. Check the network and the npm registry, then run the command again.');
    console.log('npm ci did not finish; trying once more …');
  }
}

function installs() {
  const npm = spawn(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: 'inherit', timeout: 300_000, shell: process.platform === 'win32' },
  );
  return new Promise(resolve => {
    npm.once('error', () => resolve(false));
    npm.once('exit', (code, signal) => {
      // Ctrl-C reached npm and us alike: it is no reason to try again.
      if (signal === 'SIGINT') process.exit(130);
      resolve(code === 0);
    });
  });
}

function pinnedNode() {
  const names = [
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ];
  for (const name of names) {
    const file = path.join(
      root,
      'node_modules',
      name,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
    if (fs.existsSync(file)) return file;
  }
  if (major >= 24) return process.execPath;
  return fail(
    `No Node 24 package for ${process.platform}-${process.arch}: install Node 24 and run the command again.`,
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

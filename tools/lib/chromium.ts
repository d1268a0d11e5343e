// Chromium from npm. Its package inflates into TMPDIR; we give it a project folder, because the file is 0700 and one
// in /tmp would block another user of the machine.
import fs from 'node:fs';
import path from 'node:path';
import { root, run } from './process.ts';
import { step } from './progress.ts';
import { ensureSystemParts, hasAllLibraries } from './systemParts.ts';

export interface Browser {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

export const BROWSER_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** A headless Chromium that starts on this machine; CHROMIUM names another one to use. */
export async function ensureChromium(): Promise<Browser> {
  const chosen = process.env['CHROMIUM'];
  if (chosen) return { executablePath: chosen, env: {} };
  if (process.platform !== 'linux') return { executablePath: installedBrowser(), env: {} };
  const home = path.join(root, '.watchkeeper-dev', 'chromium');
  const executablePath = path.join(home, 'chromium');
  if (!fs.existsSync(executablePath)) await step('Unpacking Chromium (once)', () => inflate(home));
  const fonts = fs.existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(home, 'fonts') };
  if (hasAllLibraries(executablePath, process.env)) return { executablePath, env: fonts };
  const own = { ...fonts, LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib') };
  if (hasAllLibraries(executablePath, { ...process.env, ...own })) return { executablePath, env: own };
  await ensureSystemParts(['browserLibraries']);
  return { executablePath, env: fonts };
}

async function inflate(home: string): Promise<void> {
  const temporary = `${home}.${process.pid}`;
  fs.mkdirSync(temporary, { recursive: true });
  // With this variable the package also unpacks the shared libraries it carries.
  const env = { ...process.env, TMPDIR: temporary, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const program = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  const code = await run(process.execPath, ['--input-type=module', '-e', program], { env });
  if (code !== 0) throw new Error('Chromium could not be unpacked from its npm package.');
  fs.rmSync(home, { recursive: true, force: true });
  fs.renameSync(temporary, home);
}

function installedBrowser(): string {
  const places = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ];
  const found = places.find(file => fs.existsSync(file));
  if (found) return found;
  throw new Error('No Chromium found. Install one with:\n  brew install --cask chromium');
}

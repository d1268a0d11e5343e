import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

export interface OwnBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A headless Chromium from npm, unpacked into a folder of its own that goes away with it. */
export async function openBrowser(): Promise<OwnBrowser> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watchkeeper-browser-'));
  const before = process.env['TMPDIR'];
  // The package unpacks to os.tmpdir(), asked when it is loaded and when it unpacks.
  process.env['TMPDIR'] = folder;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    const browser = await chromium.launch({
      executablePath: await packed.executablePath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--use-gl=angle',
        '--use-angle=swiftshader',
      ],
      env: { ...process.env, TMPDIR: folder, HOME: folder },
    });
    return {
      browser,
      close: async () => {
        await browser.close();
        fs.rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

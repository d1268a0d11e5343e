import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { toPageHtml } from '../../src/ui/pages/pageShell.ts';
import { type ThemeName, themes } from './themes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const origin = 'http://page.test';

export interface StageOptions {
  readonly page: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` answers, as after a reload. */
  readonly state?: unknown;
}

/** A page as VS Code would show it: its real shell, script and styles, and an api that records what it says. */
export class PageStage {
  readonly page: Page;
  /** Content that the page's policy refused. */
  readonly violations: string[] = [];
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', error => this.errors.push(error.stack ?? String(error)));
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) this.violations.push(message.text());
      else if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  post(message: unknown): Promise<void> {
    return this.page.evaluate(data => Reflect.get(globalThis, 'postMessage')(data, '*'), message);
  }

  /** Everything the page has sent since the start. */
  sent(): Promise<readonly { readonly type: string; readonly [name: string]: unknown }[]> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'sentMessages'));
  }

  state(): Promise<unknown> {
    return this.page.evaluate(() => Reflect.get(globalThis, 'savedState'));
  }
}

export async function openStage(browser: Browser, options: StageOptions): Promise<PageStage> {
  const files = await pageFiles(options);
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1060, height: options.height ?? 600 },
  });
  await page.route('**/*', route => {
    const file = files.get(new URL(route.request().url()).pathname);
    if (!file) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: file.type, body: file.body });
  });
  const { variables, bodyClass, kind } = themes[options.theme ?? 'dark'];
  const setup = JSON.stringify({ variables, bodyClass, kind, state: options.state });
  const fakeHost = await bundle('test/webview/fakeHost.page.ts');
  await page.addInitScript({ content: `globalThis.hostSetup = ${setup};\n${fakeHost}` });
  const stage = new PageStage(page);
  await page.goto(`${origin}/`);
  return stage;
}

interface PageFile {
  readonly type: string;
  readonly body: string;
}

async function pageFiles({ page, data }: StageOptions): Promise<ReadonlyMap<string, PageFile>> {
  const html = toPageHtml({
    cspSource: origin,
    nonce: 'stage',
    language: 'en',
    title: page,
    scriptUri: `${origin}/page.js`,
    styleUris: [`${origin}/page.css`, `${origin}/own.css`],
    ...(data ? { data } : {}),
  });
  const css = (name: string) => fs.readFileSync(path.join(root, 'media', `${name}.css`), 'utf8');
  return new Map([
    ['/', { type: 'text/html', body: html }],
    ['/page.js', { type: 'text/javascript', body: await bundle(`webview/${page}/main.ts`) }],
    ['/page.css', { type: 'text/css', body: css('page') }],
    ['/own.css', { type: 'text/css', body: css(page) }],
  ]);
}

const bundles = new Map<string, Promise<string>>();

function bundle(file: string): Promise<string> {
  const known = bundles.get(file);
  if (known) return known;
  const made = build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  }).then(result => result.outputFiles[0]?.text ?? '');
  bundles.set(file, made);
  return made;
}

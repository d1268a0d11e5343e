// Drives the real workbench, with the packaged extension installed, by mouse and keyboard.
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Frame, type Locator, type Page } from 'playwright-core';
import { BROWSER_FLAGS, ensureChromium } from '../../tools/lib/chromium.ts';
import { type CockpitServer, serveCockpit } from '../../tools/lib/cockpitServer.ts';
import { packageExtension } from '../../tools/lib/packageExtension.ts';
import { root } from '../../tools/lib/process.ts';
import { Run } from '../../tools/lib/run.ts';
import { ensureVsCode } from '../../tools/lib/vscode.ts';

export const themes = {
  dark: 'Dark 2026',
  light: 'Light 2026',
  'high-contrast': 'Default High Contrast',
} as const;
export type ThemeName = keyof typeof themes;

export interface CockpitTestOptions {
  /** Folder or .code-workspace to open; a fresh folder when left out. */
  readonly workspace?: string;
  readonly theme?: ThemeName;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Start with Workspace Trust on: the folder is not trusted then. */
  readonly hasWorkspaceTrust?: boolean;
  /** Variables of the server, and so of the extension host and terminals. */
  readonly env?: Readonly<Record<string, string>>;
  /** Packaged extensions to install beside ours. */
  readonly others?: readonly string[];
}

interface Place {
  readonly workspace: string;
  readonly theme: ThemeName;
}

/** Menus ignore a click that follows their opening too closely. */
const MENU_SETTLE_MS = 300;

export class Cockpit {
  readonly page: Page;
  readonly folder: string;
  readonly #run: Run;
  readonly #server: CockpitServer;
  #theme: ThemeName;

  private constructor(run: Run, server: CockpitServer, page: Page, { workspace, theme }: Place) {
    this.#run = run;
    this.#server = server;
    this.#theme = theme;
    this.page = page;
    this.folder = workspace;
  }

  /** Packages (once per run), installs and opens; `close` ends every process and deletes the profile. */
  static async open(options: CockpitTestOptions = {}): Promise<Cockpit> {
    const run = new Run();
    try {
      const vsix =
        process.env['WATCHKEEPER_VSIX'] ?? (await packageExtension(path.join(run.folder, 'ext.vsix')));
      const workspace = options.workspace ?? path.join(run.folder, 'workspace');
      if (options.workspace === undefined) fs.mkdirSync(workspace);
      const theme = options.theme ?? 'dark';
      // Shells read nothing of this machine's user at their start.
      const home = path.join(run.folder, 'home');
      fs.mkdirSync(home);
      const server = await serveCockpit({
        vscode: await ensureVsCode(),
        vsix,
        home: run.folder,
        workspace,
        settings: { 'workbench.colorTheme': themes[theme], ...options.settings },
        hasWorkspaceTrust: options.hasWorkspaceTrust ?? false,
        env: { ...run.env, TMPDIR: run.folder, XDG_RUNTIME_DIR: run.folder, HOME: home, ...options.env },
        others: options.others ?? [],
      });
      return new Cockpit(run, server, await openPage(run, server.url), { workspace, theme });
    } catch (error) {
      await run.end();
      throw error;
    }
  }

  /** Another window on the same folder and profile, with an extension host of its own. */
  async openAnother(): Promise<Page> {
    const page = await this.page.context().newPage();
    await openWorkbench(page, this.#server.url);
    return page;
  }

  /** The same, to be driven as the first one is. */
  async openWindow(): Promise<Cockpit> {
    const place = { workspace: this.folder, theme: this.#theme };
    return new Cockpit(this.#run, this.#server, await this.openAnother(), place);
  }

  /** As a person closes a window: its extension host hears of it and ends. */
  async closeWindow(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.close();
  }

  /** Waits until the browser's storage holds the text: a window that is reloaded does not wait for its last writes. */
  async stored(text: string): Promise<void> {
    while (!(await this.page.evaluate<string>(storedText)).includes(text))
      await this.page.waitForTimeout(200);
  }

  /** By VS Code's own command, which lets everything be written down before. */
  async reload(): Promise<void> {
    await this.page.evaluate(() => Reflect.set(globalThis, 'isBeforeReload', true));
    await this.palette('Developer: Reload Window');
    await this.page.waitForFunction(() => Reflect.get(globalThis, 'isBeforeReload') === undefined);
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 120_000 });
    // The side bar comes back as it was, a moment later: a click on its icon before that would close it again.
    await this.page.locator('.pane-header').first().waitFor();
  }

  /** Where the extension keeps what is not part of the folder. */
  get storagePath(): string {
    return path.join(this.#run.folder, 'user', 'User', 'globalStorage', 'watchkeeper.watchkeeper');
  }

  async close(): Promise<void> {
    await this.page.context().browser()?.close();
    await this.#run.end();
  }

  /** Opens a view container of the activity bar and waits for its first pane. */
  async openContainer(name: string | RegExp = /^Watchkeeper/): Promise<void> {
    const tab = this.page.getByRole('tab', { name }).first();
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.pane-header').first().waitFor();
  }

  /** A row of a tree view by its label; `tree` is the view's name. */
  row(tree: string, name: string | RegExp): Locator {
    return this.page.getByRole('tree', { name: tree }).getByRole('treeitem', { name });
  }

  /** Presses an inline action of a tree row. */
  async inlineAction(row: Locator, title: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: title }).click();
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(target: Locator, entry: string | RegExp): Promise<void> {
    await target.click({ button: 'right' });
    const item = this.page.getByRole('menuitem', { name: entry }).first();
    await item.waitFor();
    await this.page.waitForTimeout(MENU_SETTLE_MS);
    await item.click();
  }

  /** Runs a command from the palette by its full title, e.g. "Watchkeeper: Declare Incident…". */
  async palette(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.openPalette();
      // A page or a list that opens at this moment closes the palette again.
      const isThere = await this.quickInput()
        .fill(`>${title}`, { timeout: 5000 })
        .then(() => this.selected(title).waitFor({ timeout: 10_000 }))
        .then(
          () => true,
          () => false,
        );
      if (isThere || attempt === 4) break;
    }
    await this.take(title);
  }

  /** A page that is just being loaded swallows keys: then F1 is pressed again, as a person would. */
  async openPalette(): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[placeholder*="command"]');
    for (let attempt = 1; attempt <= 5; attempt++) {
      await this.page.keyboard.press('F1');
      const isOpen = await input.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (isOpen) return;
    }
    throw new Error('F1 did not open the palette');
  }

  /** Enter on the selected row of the open list, once it is the wanted one: lists fill up while one looks. */
  async take(text: string | RegExp): Promise<void> {
    await this.selected(text).waitFor();
    await this.page.keyboard.press('Enter');
  }

  selected(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: text });
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type=text]');
  }

  /** Takes a row of the open quick pick; its accessible name is "label, description, detail". */
  async pick(name: string | RegExp): Promise<void> {
    const option = this.page.locator('.quick-input-widget').getByRole('option', { name }).first();
    await option.waitFor();
    await option.click();
  }

  /** Types into the open input box and confirms. */
  async answer(text: string): Promise<void> {
    await this.quickInput().waitFor();
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The modal dialog, whose text can be read before a button is pressed. */
  modal(): Locator {
    return this.page.getByRole('dialog').last();
  }

  async pressInModal(button: string): Promise<void> {
    await this.modal().getByRole('button', { name: button, exact: true }).click();
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Status bar item by the last part of its id. */
  statusItem(id: string): Locator {
    return this.page.locator(`[id="watchkeeper.watchkeeper.${id}"]`);
  }

  /** The webview page that holds `text`; there may be several, and their frames come and go while they load. */
  webview(text: string | RegExp): Promise<Frame> {
    return this.seen(text, frame => frame.getByText(text).first());
  }

  /** The webview page that holds `text` and shows what is looked for, once there is one. */
  async seen(text: string | RegExp, find: (frame: Frame) => Locator, limitMs = 60_000): Promise<Frame> {
    const endMs = performance.now() + limitMs;
    while (performance.now() < endMs) {
      for (const frame of this.page.frames()) if (await shows(frame, text, find)) return frame;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no page with ${text} that shows what is looked for within ${limitMs} ms`);
  }

  /** Changes the theme while everything stays open. */
  async setTheme(theme: ThemeName): Promise<void> {
    if (theme === this.#theme) return;
    // By the workspace's settings, so that lists and dialogs that are open stay so.
    const file = path.join(this.folder, '.vscode', 'settings.json');
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ 'workbench.colorTheme': themes[theme] }));
    const kind = { dark: 'vs-dark', light: 'vs', 'high-contrast': 'hc-black' }[theme];
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
    await this.painted();
    this.#theme = theme;
  }

  /** Pages in frames hear of a new theme a moment after the workbench. */
  async painted(): Promise<void> {
    for (const frame of this.page.frames()) {
      // A frame that is out of sight paints nothing, and one that goes never answers.
      const isPainted = frame.evaluate(
        'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
      await Promise.race([isPainted.catch(() => undefined), this.page.waitForTimeout(1000)]);
    }
  }

  /** Drags the right edge of the side bar. */
  async widenSideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('the side bar is not open');
    await this.page.mouse.move(box.x + box.width, 500);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, 500, { steps: 4 });
    await this.page.mouse.up();
    await this.page.mouse.move(700, 500);
  }

  /** Writes test-results/ui/<theme>/<name>.png. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(root, 'test-results', 'ui', this.#theme, `${name}.png`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  /** The same moment in dark, light and high contrast. */
  async screenshotInAllThemes(name: string): Promise<void> {
    for (const theme of ['dark', 'light', 'high-contrast'] as const) {
      await this.setTheme(theme);
      await this.screenshot(name);
    }
    await this.setTheme('dark');
  }

  /** Port of the VS Code server, e.g. to tell its requests from others. */
  get port(): number {
    return this.#server.port;
  }
}

/** A frame that goes while it is asked shows nothing. */
async function shows(frame: Frame, text: string | RegExp, find: (frame: Frame) => Locator): Promise<boolean> {
  if (!/^(active|pending)-frame$/.test(frame.name())) return false;
  try {
    return (await frame.getByText(text).count()) > 0 && (await find(frame).isVisible());
  } catch {
    return false;
  }
}

async function openPage(run: Run, url: string): Promise<Page> {
  const found = await ensureChromium();
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    env: environment({ ...process.env, ...run.env, ...found.env, TMPDIR: run.folder }),
    args: [...BROWSER_FLAGS],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await openWorkbench(page, url);
  return page;
}

async function openWorkbench(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 120_000 });
}

function environment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** Runs in the page: all that VS Code's databases hold, as one text. */
const storedText = `(async () => {
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      found.push(...await done(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return found.filter(value => typeof value === 'string').join();
})()`;

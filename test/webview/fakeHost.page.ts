// Runs in the browser before the page's own script: what VS Code would have put there.

interface HostSetup {
  readonly variables: Readonly<Record<string, string>>;
  readonly bodyClass: string;
  readonly kind: string;
  readonly state: unknown;
}

interface FakeWorld {
  hostSetup: HostSetup;
  sentMessages: unknown[];
  savedState: unknown;
  acquireVsCodeApi: () => unknown;
}

const world = globalThis as unknown as FakeWorld;
const { variables, bodyClass, kind, state } = world.hostSetup;
world.sentMessages = [];
world.savedState = state;
world.acquireVsCodeApi = () => ({
  // As between the frames of VS Code: what JSON cannot say does not arrive.
  postMessage: (message: unknown) => {
    // Read by the benchmark: when the page was up.
    if (world.sentMessages.length === 0) performance.mark('ready');
    world.sentMessages.push(JSON.parse(JSON.stringify(message)));
  },
  getState: () => world.savedState,
  setState: (saved: unknown) => {
    world.savedState = JSON.parse(JSON.stringify(saved));
  },
});

document.addEventListener('DOMContentLoaded', () => {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(variables)) style.setProperty(`--vscode-${name}`, value);
  style.setProperty('--vscode-font-family', '"Segoe UI", "Open Sans", sans-serif');
  style.setProperty('--vscode-font-size', '13px');
  style.setProperty('--vscode-editor-font-family', 'monospace');
  document.body.className = bodyClass;
  document.body.dataset['vscodeThemeKind'] = kind;
});

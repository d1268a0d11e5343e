import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;

/** Names of a TypeScript interface's members, read from its source: `vscode` cannot be imported here. */
function membersOf(file: string, name: string): string[] {
  const body = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(read(file))?.[1] ?? '';
  return [...body.matchAll(/^ {2}readonly '?([\w.]+)'?:/gm)].map(match => match[1] ?? '');
}

test('commands in code and in the manifest are the same', () => {
  const declared = contributes.commands.map(({ command }) => command).sort();
  const handled = membersOf('src/ui/commands.ts', 'CommandArguments').map(name => `watchkeeper.${name}`);
  assert.deepEqual(declared, handled.sort());
});

test('menus and keys name only commands that exist', () => {
  const known = new Set(contributes.commands.map(({ command }) => command));
  const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
    ({ command }) => command,
  );
  assert.deepEqual(
    used.filter(command => !known.has(command)),
    [],
  );
});

test('settings in code and in the manifest are the same, defaults included', () => {
  const source = read('src/host/settings.ts');
  const body = /defaultSettings: Settings = (\{[\s\S]*?\n\});/.exec(source)?.[1] ?? '{}';
  const defaults = new Function(`return (${body});`)() as Readonly<Record<string, unknown>>;
  const declared = Object.fromEntries(
    Object.entries(contributes.configuration.properties).map(([key, value]) => [
      key.replace('watchkeeper.', ''),
      value.default,
    ]),
  );
  assert.deepEqual(declared, defaults);
  assert.deepEqual(Object.keys(declared).sort(), membersOf('src/host/settings.ts', 'Settings').sort());
});

test('every %key% of the manifest has a text, and every text is used', () => {
  const texts = Object.keys(JSON.parse(read('package.nls.json')) as Record<string, string>);
  const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(match => match[1] ?? '');
  assert.deepEqual([...new Set(used)].sort(), texts.sort());
});

test('types are pinned to the oldest VS Code that is promised', () => {
  const floor = /\d+\.\d+/.exec(manifest.engines.vscode)?.[0];
  assert.equal(manifest.devDependencies['@types/vscode']?.startsWith(`${floor}.`), true);
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '..');

/** What each room may import. `npm:x` names one package; `node` is any node: module. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  domain: ['base', 'npm:markdown-it', 'npm:unbash', 'npm:yaml', 'npm:re2js'],
  ports: ['base', 'domain'],
  app: ['base', 'domain', 'ports'],
  adapters: [
    'base',
    'domain',
    'ports',
    'node',
    'npm:dockerode',
    'npm:ioredis',
    'npm:node-fetch',
    'npm:@kubernetes/client-node',
    'npm:pg',
  ],
  host: ['base', 'domain', 'ports', 'vscode', 'node'],
  shared: ['base', 'domain'],
  ui: ['base', 'domain', 'ports', 'app', 'shared', 'host/settings', 'vscode'],
  webview: [
    'base',
    'domain',
    'shared',
    'npm:@vscode/webview-ui-toolkit',
    'npm:d3-scale',
    'npm:d3-time-format',
  ],
  extension: ['base', 'domain', 'ports', 'app', 'adapters', 'host', 'shared', 'ui', 'vscode', 'node'],
};

interface SourceFile {
  readonly file: string;
  readonly layer: string;
  readonly text: string;
}

interface ImportFact {
  readonly specifier: string;
  readonly target: string;
}

function sourceFiles(): SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(file);
      else if (entry.name.endsWith('.ts'))
        found.push({ file, layer: layerOf(file), text: fs.readFileSync(path.join(root, file), 'utf8') });
    }
  };
  walk('src');
  if (fs.existsSync(path.join(root, 'webview'))) walk('webview');
  return found;
}

function layerOf(file: string): string {
  if (file.startsWith('webview/')) return 'webview';
  const [, second = ''] = file.split('/');
  return second.replace(/\.ts$/, '');
}

function importsOf({ file, text }: SourceFile): ImportFact[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map(match => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return { specifier, target: toTarget(file, specifier) };
  });
}

function toTarget(file: string, specifier: string): string {
  if (specifier === 'vscode') return 'vscode';
  if (specifier.startsWith('node:')) return 'node';
  if (specifier.startsWith('.'))
    return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  const parts = specifier.split('/');
  return `npm:${specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]}`;
}

function brokenImports(source: SourceFile): string[] {
  const permitted = allowed[source.layer];
  if (permitted === undefined) return [`${source.file}: no such room in the import table`];
  return importsOf(source).flatMap(({ specifier, target }) => {
    const isLocal = target.startsWith('src/') || target.startsWith('webview/');
    const layer = isLocal ? layerOf(target) : target;
    if (layer === source.layer || permitted.includes(layer)) return [];
    if (isLocal && permitted.some(rule => rule.includes('/') && target.startsWith(`src/${rule}`))) return [];
    return [
      `${source.file} imports ${specifier}: ${source.layer} may import only ${permitted.join(', ') || 'nothing'}`,
    ];
  });
}

function cycles(sources: readonly SourceFile[]): string[] {
  const graph = new Map(sources.map(source => [source.file, importsOf(source).map(fact => fact.target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push([...trail.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

function timeReaders(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(
      ({ layer, file }) =>
        ['base', 'domain', 'app', 'shared'].includes(layer) && file !== 'src/base/clock.ts',
    )
    .filter(({ text }) =>
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\bconsole\./.test(
        text,
      ),
    )
    .map(({ file }) => `${file} reads time, randomness or the console`);
}

function stylistic(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ file, text }) => [
    ...(/^export default\b/m.test(text) ? [`${file}: default export`] : []),
    ...(/^export \*/m.test(text) ? [`${file}: barrel`] : []),
  ]);
}

function longFunctions(sources: readonly SourceFile[]): string[] {
  const start =
    /^(\s*)(?:export )?(?:async )?(?:function\*? (\w+)|(?:(?:private|protected|public|override|static|async|get|set) )*(\w+)(?:<[^>]*>)?\([^;]*(?:\{|\()$)/;
  return sources.flatMap(({ file, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const match = start.exec(line);
      if (!match || /^\s*(if|for|while|switch|return|catch)\b/.test(line)) return [];
      const end = lines.findIndex((other, at) => at > index && other === `${match[1]}}`);
      const length = end < 0 ? 0 : end - index + 1;
      return length > 50 ? [`${file}:${index + 1} ${match[2] ?? match[3]} has ${length} lines (max 50)`] : [];
    });
  });
}

const sources = sourceFiles();

test('every import is one that its room may make', () => {
  assert.deepEqual(sources.flatMap(brokenImports), []);
});

test('no file reaches itself through its imports, types included', () => {
  assert.deepEqual(cycles(sources), []);
});

test('only the clock reads time below the host', () => {
  assert.deepEqual(timeReaders(sources), []);
});

test('no default exports and no barrels', () => {
  assert.deepEqual(stylistic(sources), []);
});

test('files and functions keep their budgets', () => {
  const lengths = sources
    .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
    .sort((a, b) => a.lines - b.lines);
  const at = (share: number) =>
    lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))]?.lines ?? 0;
  assert.deepEqual(
    lengths
      .filter(({ lines }) => lines > 301)
      .map(({ file, lines }) => `${file} has ${lines} lines (max 300)`),
    [],
  );
  assert.ok(at(0.5) <= 90, `median file length is ${at(0.5)} (max 90)`);
  assert.ok(at(0.95) <= 220, `95th percentile of file length is ${at(0.95)} (max 220)`);
  assert.deepEqual(longFunctions(sources), []);
});

test('the test itself catches planted violations', () => {
  const planted = (file: string, text: string): SourceFile => ({ file, layer: layerOf(file), text });
  assert.equal(brokenImports(planted('src/domain/x.ts', "import * as vscode from 'vscode';")).length, 1);
  assert.equal(brokenImports(planted('src/app/x.ts', "import fs from 'node:fs';")).length, 1);
  assert.equal(brokenImports(planted('src/ui/x.ts', "const d = await import('dockerode');")).length, 1);
  assert.equal(
    brokenImports(planted('src/adapters/x.ts', "import type { A } from '../app/a.ts';")).length,
    1,
  );
  assert.equal(brokenImports(planted('src/ui/x.ts', "import { a } from '../host/settings.ts';")).length, 0);
  assert.equal(
    cycles([
      planted('src/app/a.ts', "import type { B } from './b.ts';"),
      planted('src/app/b.ts', "import type { A } from './a.ts';"),
    ]).length,
    1,
  );
  assert.equal(timeReaders([planted('src/domain/x.ts', 'const t = Date.now();')]).length, 1);
  assert.equal(stylistic([planted('src/ui/x.ts', 'export default 1;')]).length, 1);
  assert.equal(
    longFunctions([planted('src/ui/x.ts', `function big() {\n${'  a();\n'.repeat(60)}}`)]).length,
    1,
  );
});

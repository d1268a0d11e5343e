import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCompose } from '../../../src/domain/config/compose.ts';
import { parseConfig } from '../../../src/domain/config/parse.ts';
import { expandVariables } from '../../../src/domain/config/variables.ts';
import { childOf, parseYaml } from '../../../src/domain/config/yamlTree.ts';

const maxMs = 2_000;
const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');
const compose = (text: string) =>
  readCompose([{ file: 'compose.yaml', text }], { lookUp: () => undefined, folderName: 'x' });
const expand = (text: string) => expandVariables(text, () => undefined, true);
const config = (text: string) => parseConfig(text, 'watchkeeper.yaml');

/** CPU time in ms, so that a busy machine is not mistaken for a hang. */
function cpuMs(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

test('files made to take long or to overflow are read in time, and none makes a reader throw', t => {
  const letters = [...'bcdefghij'];
  const rows: readonly (readonly [string, () => unknown])[] = [
    ['open braces', () => expand('${'.repeat(20_000))],
    ['open defaults', () => expand('${A:-'.repeat(20_000))],
    ['nested defaults', () => expand(`${'${A:-'.repeat(20_000)}${'}'.repeat(20_000)}`)],
    ['names', () => expand('$A '.repeat(50_000))],
    ['open lists', () => compose(`a: ${'['.repeat(100_000)}`)],
    ['nested lists', () => compose(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
    ['nested maps', () => compose(times(3_000, i => `${' '.repeat(i)}a:\n`))],
    [
      'alias bomb',
      () =>
        compose(
          `a: &a [x]\n${letters.map((k, i) => `${k}: &${k} [${times(9, () => `*${'abcdefghi'[i]},`)}]\n`).join('')}`,
        ),
    ],
    ['many aliases', () => compose(`a: &a x\nl:\n${'  - *a\n'.repeat(20_000)}`)],
    [
      'chain of extends',
      () => compose(`services:\n${times(4_000, i => `  s${i}:\n    extends: {service: s${i + 1}}\n`)}`),
    ],
    ['many services', () => compose(`services:\n${times(10_000, i => `  s${i}:\n    image: x\n`)}`)],
    ['many mistakes', () => compose(`a: [\n${'} ]\n: : :\n'.repeat(10_000)}`)],
    [
      'ring of dependencies',
      () => config(`services:\n${times(5_000, i => `  s${i}:\n    dependsOn: [s${(i + 1) % 5_000}]\n`)}`),
    ],
    ['unknown keys', () => config(`services:\n${times(5_000, i => `  s${i}:\n    foo${i}: 1\n`)}`)],
  ];
  for (const [name, run] of rows) {
    const tookMs = cpuMs(run);
    t.diagnostic(`${name}: ${tookMs.toFixed(0)} ms`);
    assert.ok(tookMs < maxMs, `${name} took ${tookMs.toFixed(0)} ms`);
  }
});

test('an alias means the last anchor before it', () => {
  const { root } = parseYaml('a: &x 1\nb: *x\nc: &x 2\nd: *x\ne: {<<: &y {f: 3}, g: *x}\n', 'x.yaml');
  const text = (key: string) => {
    const tree = childOf(root, key);
    return tree?.kind === 'scalar' ? tree.text : undefined;
  };
  assert.deepEqual(['a', 'b', 'c', 'd'].map(text), ['1', '1', '2', '2']);
});

test('a key written twice is one problem at the second place', () => {
  const { root, problems } = parseYaml('a: 1\nb:\n  c: 1\n  c: 2\n', 'x.yaml');
  assert.equal(root, undefined);
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message]),
    [[4, 'Map keys must be unique']],
  );
});

test('of countless mistakes in one file the first two hundred are told', () => {
  assert.equal(parseYaml(`a: [\n${'} ]\n: : :\n'.repeat(5_000)}`, 'x.yaml').problems.length, 200);
});

test('a circle of dependencies is told once, with its way', () => {
  const { problems } = config(
    'services:\n  a: {dependsOn: [b]}\n  b: {dependsOn: [c]}\n  c: {dependsOn: [a]}\n',
  );
  assert.deepEqual(
    problems.filter(({ code }) => code === 'cycle').map(({ message }) => message),
    ['These services depend on each other in a circle: a → b → c → a.'],
  );
});

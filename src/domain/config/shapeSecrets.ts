import { isCredentialName, literalCredential, secretRef } from './credentials.ts';
import type { Reading, Shape } from './shape.ts';
import { either, mapOf, type NamedValue } from './shapeCollections.ts';
import { text } from './shapeScalars.ts';
import type { Tree } from './yamlTree.ts';

/** A value that is either plain, or kept as a secret and known here by name only. */
export type PlainOrSecret =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'secret'; readonly name: string; readonly prefix: string };

const plainOrSecret: Shape<PlainOrSecret> = (() => {
  const plain: Shape<PlainOrSecret> = mapShape(text(), value => ({ kind: 'plain', text: value }));
  const secret: Shape<PlainOrSecret> = mapShape(secretRef, value => ({
    kind: 'secret',
    name: value.secret,
    prefix: value.prefix ?? '',
  }));
  return either(secret, plain, tree => tree.kind === 'map');
})();

/** Names with values, where a name that speaks of a credential needs a secret. */
export const namedTexts: Shape<readonly NamedValue<PlainOrSecret>[]> = {
  ...mapOf(plainOrSecret),
  read: (tree, reading) => {
    if (tree.kind === 'map') for (const { key, value } of tree.entries) checkEntry(key, value, reading);
    return mapOf(plainOrSecret).read(tree, reading);
  },
};

function checkEntry(name: string, tree: Tree, reading: Reading): void {
  if (tree.kind !== 'scalar' || tree.text === '') return;
  // A variable is a reference, not a credential: its value stands outside the file.
  if (/^\$\{[A-Za-z_]\w*\}$/.test(tree.text)) return;
  if (!isCredentialName(name) && literalCredential(tree.text) === undefined) return;
  reading.report(
    tree.at,
    'credential',
    `The value of ${name} looks like a credential: write ${name}: { secret: NAME } instead.`,
  );
}

/** The same places in the file, another value made of them. */
export function mapShape<A, B>(shape: Shape<A>, convert: (value: A) => B): Shape<B> {
  return {
    wanted: shape.wanted,
    schema: shape.schema,
    read: (tree, reading) => {
      const value = shape.read(tree, reading);
      return value === undefined ? undefined : convert(value);
    },
  };
}

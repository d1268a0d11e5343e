// What is bundled is given away: its licenses want to be given away with it.
import fs from 'node:fs';
import path from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * Names every package that bundles are made of, with its license text.
 * `inputs` are files as esbuild's metafile names them, relative to `root`.
 */
export function thirdPartyNotices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap(input => packageFolder(input) ?? []));
  const parts = [...folders].sort().map(folder => notice(path.join(root, folder)));
  return `Watchkeeper contains the following packages.\n\n${[...new Set(parts)].join('\n')}`;
}

/** `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/lib/x.js`. */
function packageFolder(input: string): string | undefined {
  return /^(?:[^:]*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

function notice(folder: string): string {
  const manifest: Manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, author } = manifest;
  const license = manifest.license ?? 'see below';
  const files = fs.readdirSync(folder).filter(file => LICENSE_FILE.test(file));
  const texts = files.sort().map(file => fs.readFileSync(path.join(folder, file), 'utf8').trim());
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  const rule = '='.repeat(80);
  return [
    rule,
    `${name} ${version} (${license})`,
    rule,
    texts.join('\n\n') || `By ${holder}. The package has no license file.`,
    '',
  ].join('\n');
}

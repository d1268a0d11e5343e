import type { ComposeText } from './compose.ts';

export interface ComposeGroup {
  /** Folder of the files, relative to the workspace; empty for its root. */
  readonly folder: string;
  readonly texts: readonly ComposeText[];
}

/** In the order in which compose itself looks for them. */
const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/**
 * Which files compose would read together: in each folder the main file and its override. With `wanted`, those files
 * alone in that order. Folders below the first are only looked at when the workspace's root has no compose file.
 */
export function groupComposeFiles(
  texts: readonly ComposeText[],
  wanted: readonly string[] | undefined,
): readonly ComposeGroup[] {
  if (wanted !== undefined) {
    const chosen = wanted.flatMap(name => texts.find(text => text.file === name.replace(/^\.\//, '')) ?? []);
    return chosen.length === 0 ? [] : [{ folder: folderOf(chosen[0]?.file ?? ''), texts: chosen }];
  }
  const folders = [...new Set(texts.map(text => folderOf(text.file)))].sort();
  const groups = folders.flatMap(folder => {
    const inFolder = (name: string) =>
      texts.find(text => text.file === (folder === '' ? name : `${folder}/${name}`));
    const main = mainNames.find(name => inFolder(name) !== undefined);
    if (main === undefined) return [];
    const override = main.replace(/\.(ya?ml)$/, '.override.$1');
    return [{ folder, texts: [main, override].flatMap(name => inFolder(name) ?? []) }];
  });
  return groups[0]?.folder === '' ? groups.slice(0, 1) : groups;
}

function folderOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}

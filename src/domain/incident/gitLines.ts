/** What `git log` and `git for-each-ref` said, one change in each line. */
export interface GitChange {
  readonly what: 'commit' | 'tag';
  readonly ref: string;
  readonly text: string;
  readonly atMs: number;
}

/** Fields are parted by U+001F, which no subject, name or reference holds. */
export const gitCommitFormat = '%H%x1f%cI%x1f%an%x1f%s';
export const gitTagFormat = '%(objectname)%1f%(creatordate:iso-strict)%1f%(refname:short)%1f%(subject)';

const maxText = 200;

export function parseCommits(output: string): readonly GitChange[] {
  return fieldsOf(output).flatMap(([hash = '', time = '', author = '', subject = '']) =>
    toChange('commit', hash, time, `${hash.slice(0, 8)} ${subject} (${author})`),
  );
}

export function parseTags(output: string, sinceMs: number): readonly GitChange[] {
  return fieldsOf(output)
    .flatMap(([hash = '', time = '', name = '', subject = '']) =>
      toChange('tag', `${name}@${hash}`, time, subject === '' ? name : `${name}: ${subject}`),
    )
    .filter(({ atMs }) => atMs >= sinceMs);
}

function fieldsOf(output: string): readonly (readonly string[])[] {
  return output
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.split('\u001f'));
}

function toChange(what: GitChange['what'], ref: string, time: string, text: string): readonly GitChange[] {
  const atMs = Date.parse(time);
  return Number.isNaN(atMs) ? [] : [{ what, ref, text: text.slice(0, maxText), atMs }];
}

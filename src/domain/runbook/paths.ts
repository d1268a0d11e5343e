/** Where runbooks are looked for when nothing is configured (VS Code globs). */
export const DEFAULT_RUNBOOK_GLOBS: readonly string[] = [
  '**/{runbook,runbooks,playbook,playbooks}/**/*.md',
  '**/docs/incident*/**/*.md',
  '**/docs/incident*.md',
  '**/*[Rr][Uu][Nn][Bb][Oo][Oo][Kk]*.md',
];

/** Folders in which nobody keeps runbooks of their own. */
export const EXCLUDED_FOLDERS: readonly string[] = [
  'node_modules',
  '.git',
  'vendor',
  'third_party',
  '.venv',
  'dist',
];

const FOLDER = /(?:^|\/)(?:runbooks?|playbooks?)\/(?:.*\/)?[^/]+\.md$/i;
const INCIDENT = /(?:^|\/)docs\/incident[^/]*(?:\/.*)?\.md$/i;
const NAME = /(?:^|\/)[^/]*runbook[^/]*\.md$/i;

/** The same rule as the globs, for a path that changed. */
export function isRunbookPath(path: string): boolean {
  if (path.split('/').some(part => EXCLUDED_FOLDERS.includes(part))) return false;
  return FOLDER.test(path) || INCIDENT.test(path) || NAME.test(path);
}

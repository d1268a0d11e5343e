import * as vscode from 'vscode';
import type { RunbookIndex } from '../app/runbookIndex.ts';
import { RunbookChecks } from '../app/runbooks/runbookChecks.ts';
import { ToolLookup } from '../host/toolLookup.ts';
import { ProblemFixes } from '../ui/problemFixes.ts';
import { ProblemList } from '../ui/problems.ts';
import type { Tools } from './tools.ts';

/** What is wrong with the runbooks, in the Problems panel before anybody needs them. */
export function openRunbookChecks(tools: Tools, index: RunbookIndex): RunbookChecks {
  const { store, files, clock } = tools;
  const lookup = new ToolLookup(process.env);
  const problems = store.add(new ProblemList('runbooks', file => files.uri(file)));
  const checks = store.add(
    new RunbookChecks({
      index,
      clock,
      lint: (runbook, text, facts) => tools.parsers().lintRunbook(runbook, text, facts),
      exists: async path => isThere(files.uri(path)),
      tools: () => lookup.tools(),
    }),
  );
  store.add(checks.onDidCheck(({ file, problems: found }) => problems.set(file, found)));
  const checkedText = (uri: vscode.Uri) => {
    const file = index.runbooks().find(known => files.uri(known.file)?.toString() === uri.toString())?.file;
    return file === undefined ? undefined : index.textOf(file);
  };
  store.add(
    vscode.languages.registerCodeActionsProvider(
      { language: 'markdown', scheme: 'file' },
      new ProblemFixes(problems, checkedText),
      { providedCodeActionKinds: ProblemFixes.kinds },
    ),
  );
  // A broken link may have been mended from its other end.
  store.add(vscode.workspace.onDidCreateFiles(() => checks.recheckAll()));
  store.add(vscode.workspace.onDidDeleteFiles(() => checks.recheckAll()));
  store.add(vscode.workspace.onDidRenameFiles(() => checks.recheckAll()));
  return checks;
}

async function isThere(uri: vscode.Uri | undefined): Promise<boolean> {
  if (!uri) return true;
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

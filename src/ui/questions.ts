import * as vscode from 'vscode';

export interface PickQuestion<T extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly T[];
  readonly matchesEverything?: boolean;
  /** Stays when another window is looked at in the meantime. */
  readonly ignoresFocusOut?: boolean;
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt?: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isSecret?: boolean;
  /** Why the text cannot be taken; undefined when it can. */
  readonly validate?: (text: string) => string | undefined;
}

let answered: vscode.QuickInput | undefined;

/**
 * Questions that follow each other, in one box. An answered one stays until the next takes its place: were it hidden
 * in between, a page behind it would take the keyboard back after the next one has opened. `endQuestions` hides it.
 */
export function askPick<T extends vscode.QuickPickItem>(question: PickQuestion<T>): Promise<T | undefined> {
  const box = vscode.window.createQuickPick<T>();
  box.title = question.title;
  box.placeholder = question.placeholder;
  box.items = question.items;
  box.matchOnDescription = question.matchesEverything ?? false;
  box.matchOnDetail = question.matchesEverything ?? false;
  box.ignoreFocusOut = question.ignoresFocusOut ?? false;
  return ask(box, () => box.selectedItems[0]);
}

export function askText(question: TextQuestion): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? '';
  box.password = question.isSecret ?? false;
  box.ignoreFocusOut = true;
  const problem = () => question.validate?.(box.value);
  // An empty box is not wrong yet; pressing Enter on it is.
  box.onDidChangeValue(() => {
    box.validationMessage = problem();
  });
  return ask(box, () => {
    box.validationMessage = problem();
    return box.validationMessage === undefined ? box.value : undefined;
  });
}

/** To be called when no further question follows an answer. */
export function endQuestions(): void {
  answered?.dispose();
  answered = undefined;
}

type Box = vscode.QuickInput & { readonly onDidAccept: vscode.Event<void> };

function ask<T>(box: Box, take: () => T | undefined): Promise<T | undefined> {
  const before = answered;
  answered = undefined;
  return new Promise(resolve => {
    box.onDidAccept(() => {
      const answer = take();
      if (answer === undefined) return;
      answered = box;
      resolve(answer);
    });
    box.onDidHide(() => {
      if (answered !== box) box.dispose();
      resolve(undefined);
    });
    box.show();
    before?.dispose();
  });
}

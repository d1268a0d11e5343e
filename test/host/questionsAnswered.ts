import * as vscode from 'vscode';

/** Stands in for the person: an answer is a text for an input box, or the place of an item in a pick. */
export interface Answers {
  readonly asked: string[];
  answer(value: string | number): void;
  restore(): void;
}

/** Takes the place of VS Code's boxes; a question without an answer is dismissed, as by Escape. */
export function answerQuestions(): Answers {
  const asked: string[] = [];
  const waiting: (string | number)[] = [];
  const { createInputBox, createQuickPick } = vscode.window;
  Object.assign(vscode.window, {
    createInputBox: () => fakeBox(asked, waiting),
    createQuickPick: () => fakeBox(asked, waiting),
  });
  return {
    asked,
    answer: value => void waiting.push(value),
    restore: () => void Object.assign(vscode.window, { createInputBox, createQuickPick }),
  };
}

function fakeBox(asked: string[], waiting: (string | number)[]): object {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  const box = {
    title: '',
    value: '',
    items: [] as readonly unknown[],
    selectedItems: [] as readonly unknown[],
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidChangeValue: new vscode.EventEmitter<string>().event,
    show: () => {
      asked.push(box.title);
      const answer = waiting.shift();
      if (typeof answer === 'string') box.value = answer;
      if (typeof answer === 'number') box.selectedItems = box.items.slice(answer, answer + 1);
      setTimeout(() => (answer === undefined ? hidden : accepted).fire(), 0);
    },
    hide: () => hidden.fire(),
    dispose: () => {},
  };
  return box;
}

import { createButton, createTextArea, type ValueElement } from '../components.ts';
import { element, setText } from '../dom.ts';

export interface ComposerActions {
  onSend(text: string): void;
  onDraft(text: string): void;
}

/** What a note will become; the same prefixes as in a review's raw notes. */
export function kindOfNote(text: string): 'note' | 'action item' | 'hypothesis' | 'question' {
  if (/^\s*todo\s*:/i.test(text)) return 'action item';
  if (/^\s*h\s*:/i.test(text)) return 'hypothesis';
  return /^\s*\?/.test(text) ? 'question' : 'note';
}

const longHint = 'Add a note    TODO: action item   H: hypothesis   ? question';

/** The line at the bottom: Enter adds the note, Shift+Enter breaks the line. */
export class Composer {
  readonly node: HTMLElement;
  private readonly field: ValueElement;
  private readonly kind = element('span', { class: 'dim note-kind', 'aria-live': 'polite' });
  private readonly actions: ComposerActions;

  constructor(draft: string, actions: ComposerActions) {
    this.actions = actions;
    this.field = createTextArea({
      label: 'Note',
      // The field shows one line: a longer hint would be cut in the middle.
      placeholder: window.innerWidth < 700 ? 'Add a note   TODO:   H:   ?' : longHint,
      rows: 1,
      value: draft,
      onInput: text => {
        actions.onDraft(text);
        this.updateKind();
      },
    });
    this.field.classList.add('note-field');
    this.field.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    const button = createButton({ text: 'Add', label: 'Add the note (Enter)', onClick: () => this.send() });
    this.node = element('div', { class: 'composer' }, this.field, this.kind, button);
    this.updateKind();
  }

  focus(): void {
    this.field.focus();
  }

  /** A note that could not be stored comes back to the line, unless another was begun meanwhile. */
  giveBack(text: string): void {
    if (this.field.value !== '') return;
    this.field.value = text;
    this.actions.onDraft(text);
    this.updateKind();
  }

  private send(): void {
    const text = this.field.value.trim();
    if (text === '') return;
    this.actions.onSend(text);
    this.field.value = '';
    this.actions.onDraft('');
    this.updateKind();
  }

  private updateKind(): void {
    const kind = kindOfNote(this.field.value);
    setText(this.kind, this.field.value === '' || kind === 'note' ? '' : `becomes: ${kind}`);
  }
}

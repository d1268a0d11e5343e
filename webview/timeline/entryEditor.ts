import type { TimelineRow, TimelineToHost } from '../../src/shared/timelineProtocol.ts';
import { createButton, createTextArea, createTextField } from '../components.ts';
import { element, setText } from '../dom.ts';
import type { Zone } from '../zone.ts';
import { isEmptyCorrection, toCorrection } from './correction.ts';
import type { EditDraft } from './pageState.ts';

export interface EditorActions {
  onDraft(draft: EditDraft): void;
  onSave(intent: TimelineToHost): void;
  onCancel(): void;
}

/** The form inside an opened entry. Ctrl+Enter saves, Escape leaves. */
export function createEditor(
  row: TimelineRow,
  draft: EditDraft,
  zone: Zone,
  actions: EditorActions,
): HTMLElement {
  let current = draft;
  const change = (part: Partial<EditDraft>) => {
    current = { ...current, ...part };
    actions.onDraft(current);
  };
  const problem = element('p', { class: 'problem', role: 'alert' });
  const save = () => {
    const correction = toCorrection(row, current, zone);
    if (typeof correction === 'string') setText(problem, correction);
    else if (isEmptyCorrection(correction)) actions.onCancel();
    else actions.onSave(correction);
  };
  const form = element(
    'div',
    { class: 'editor', role: 'form', 'aria-label': 'Correct the entry' },
    ...createFields(draft, change),
    problem,
    element(
      'div',
      { class: 'buttons' },
      createButton({ text: 'Save', appearance: 'primary', label: 'Save (Ctrl+Enter)', onClick: save }),
      createButton({ text: 'Cancel', label: 'Cancel (Escape)', onClick: actions.onCancel }),
    ),
  );
  form.addEventListener('keydown', pressed => {
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) save();
    else if (pressed.key === 'Escape') actions.onCancel();
    else return;
    pressed.preventDefault();
    pressed.stopPropagation();
  });
  return form;
}

function createFields(draft: EditDraft, change: (part: Partial<EditDraft>) => void): readonly HTMLElement[] {
  const time = createTextField({
    label: 'Time',
    value: draft.time,
    onInput: value => change({ time: value }),
  });
  const event = createTextArea({
    label: 'Event',
    value: draft.event,
    onInput: value => change({ event: value }),
  });
  const action = createTextArea({
    label: 'Action taken',
    value: draft.action,
    onInput: value => change({ action: value }),
  });
  return [labelled('Time', time), labelled('Event', event), labelled('Action taken', action)];
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('span', { class: 'dim', 'aria-hidden': 'true' }, text),
    control,
  );
}

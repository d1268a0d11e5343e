import type { EntryDetail, TimelineRow } from '../../src/shared/timelineProtocol.ts';
import { element, replaceChildren } from '../dom.ts';
import type { Zone } from '../zone.ts';
import type { PageActions } from './actions.ts';
import { toDraft } from './correction.ts';
import { createDetail } from './entryDetail.ts';
import { createEditor } from './entryEditor.ts';
import type { EntryList } from './entryList.ts';
import type { EditDraft } from './pageState.ts';

/** The one opened entry: its details, or the form that corrects it. */
export class DetailHolder {
  private readonly node = element('div', { class: 'detail', role: 'region', 'aria-label': 'Details' });
  private readonly actions: PageActions;
  private readonly list: EntryList;
  private readonly saveDraft: (draft: EditDraft | undefined) => void;
  private row: TimelineRow | undefined;
  private detail: EntryDetail | undefined;
  private zone: Zone | undefined;
  private isEditing = false;

  constructor(actions: PageActions, list: EntryList, saveDraft: (draft: EditDraft | undefined) => void) {
    this.actions = actions;
    this.list = list;
    this.saveDraft = saveDraft;
  }

  open(row: TimelineRow | undefined, zone: Zone): void {
    if (this.isEditing) this.saveDraft(undefined);
    this.row = row;
    this.zone = zone;
    this.detail = undefined;
    this.isEditing = false;
    this.build();
    this.list.showDetail(row?.id, row && this.node);
  }

  fill(detail: EntryDetail): void {
    this.detail = detail;
    if (!this.isEditing) this.build();
    this.list.showWhole();
  }

  /** The row changed: shown at once, unless a person is typing into the form. */
  refresh(row: TimelineRow | undefined): void {
    if (row === this.row || !row) return;
    this.row = row;
    if (!this.isEditing) this.build();
  }

  edit(entryId: string, draft?: EditDraft): void {
    const row = this.row;
    const zone = this.zone;
    if (row?.id !== entryId || !zone) return;
    this.isEditing = true;
    const editor = createEditor(row, draft ?? toDraft(row, zone), zone, {
      onDraft: changed => this.saveDraft(changed),
      onSave: intent => {
        this.actions.send(intent);
        this.actions.stopEdit();
      },
      onCancel: () => this.actions.stopEdit(),
    });
    replaceChildren(this.node, editor);
    editor.querySelector<HTMLElement>('vscode-text-area')?.focus();
    this.list.showWhole();
  }

  stopEdit(): void {
    if (!this.isEditing) return;
    this.isEditing = false;
    this.saveDraft(undefined);
    this.build();
  }

  private build(): void {
    const row = this.row;
    const zone = this.zone;
    if (!row || !zone) replaceChildren(this.node);
    else replaceChildren(this.node, createDetail({ row, detail: this.detail, zone, actions: this.actions }));
  }
}

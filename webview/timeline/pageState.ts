import { type Category, categories, emptyFilter, type RowFilter } from './rowFilter.ts';

export interface EditDraft {
  readonly entryId: string;
  readonly time: string;
  readonly event: string;
  readonly action: string;
}

/** What survives the tab being hidden and the window being reloaded. */
export interface PageState {
  /** Read by the host to find the incident again. */
  readonly incidentId: string;
  readonly note: string;
  readonly edit: EditDraft | undefined;
  readonly filter: RowFilter;
  /** False until a person chose: then the page chooses what fits the incident. */
  readonly hasChosen: boolean;
  readonly openId: string | undefined;
}

export function toSavedState(state: PageState): unknown {
  const { chosen, search, serviceId } = state.filter;
  return { ...state, filter: { chosen: [...chosen], search, serviceId } };
}

/** Whatever was saved, perhaps by an older version: fields that are not what they should be are left out. */
export function parseState(saved: unknown, incidentId: string): PageState {
  const fields = isRecord(saved) && saved['incidentId'] === incidentId ? saved : {};
  const filter = isRecord(fields['filter']) ? fields['filter'] : {};
  const chosen = Array.isArray(filter['chosen']) ? filter['chosen'] : [];
  return {
    incidentId,
    note: text(fields['note']) ?? '',
    edit: parseEdit(fields['edit']),
    filter: {
      ...emptyFilter,
      chosen: new Set(categories.filter((category: Category) => chosen.includes(category))),
      search: text(filter['search']) ?? '',
      serviceId: text(filter['serviceId']),
    },
    hasChosen: fields['hasChosen'] === true,
    openId: text(fields['openId']),
  };
}

function parseEdit(value: unknown): EditDraft | undefined {
  if (!isRecord(value)) return undefined;
  const entryId = text(value['entryId']);
  const time = text(value['time']);
  const event = text(value['event']);
  const action = text(value['action']);
  if (entryId === undefined || time === undefined || event === undefined || action === undefined)
    return undefined;
  return { entryId, time, event, action };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

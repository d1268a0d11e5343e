/**
 * The one file that knows the UI toolkit. Pages get small functions and plain element types from here, so that the
 * toolkit (archived by its makers) can be replaced by changing this file alone.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type Attributes, element, setAttributes } from './dom.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

export interface ValueElement extends HTMLElement {
  value: string;
}

export interface ButtonOptions {
  readonly text: string;
  readonly appearance?: 'primary' | 'secondary' | 'icon';
  /** Said by screen readers and shown on hover when the text is not enough. */
  readonly label?: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

export function createButton(options: ButtonOptions): HTMLElement {
  const node = make('vscode-button', {
    appearance: options.appearance ?? 'secondary',
    disabled: options.isDisabled ?? false,
    'aria-label': options.label,
    title: options.label,
  });
  node.textContent = options.text;
  node.addEventListener('click', options.onClick);
  return node;
}

export interface TextOptions {
  readonly label: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly onInput?: (value: string) => void;
}

export function createTextField(options: TextOptions): ValueElement {
  return withInput(make('vscode-text-field', textAttributes(options)) as ValueElement, options);
}

export function createTextArea(options: TextOptions): ValueElement {
  const attributes = { ...textAttributes(options), rows: options.rows ?? 2, resize: 'none' };
  return withInput(make('vscode-text-area', attributes) as ValueElement, options);
}

export interface DropdownOptions {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly isDisabled?: boolean;
  readonly onChange: (value: string) => void;
}

export function createDropdown(options: DropdownOptions): ValueElement {
  const node = make('vscode-dropdown', {
    'aria-label': options.label,
    title: options.label,
    disabled: options.isDisabled ?? false,
  }) as ValueElement;
  for (const { value, text } of options.options) {
    const option = make('vscode-option', { value, selected: value === options.value });
    option.textContent = text;
    node.appendChild(option);
  }
  node.addEventListener('change', () => options.onChange(node.value));
  return node;
}

function make(tag: string, attributes: Attributes): HTMLElement {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  return node;
}

function textAttributes(options: TextOptions): Attributes {
  return { placeholder: options.placeholder ?? options.label };
}

function withInput(node: ValueElement, options: TextOptions): ValueElement {
  // The toolkit names the control inside by the element's content only, never by `aria-label`.
  node.append(element('span', { class: 'visually-hidden' }, options.label));
  node.value = options.value ?? '';
  const { onInput } = options;
  if (onInput) node.addEventListener('input', () => onInput(node.value));
  return node;
}

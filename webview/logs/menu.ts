import { element } from '../dom.ts';

/** A button that opens a small panel below it: what is used now and then, out of the way of what is used always. */
export class Menu {
  readonly node: HTMLElement;
  readonly button: HTMLButtonElement;
  private readonly panel: HTMLElement;

  constructor(text: string, label: string, children: readonly HTMLElement[]) {
    this.panel = element('div', { class: 'menu-panel', role: 'group', 'aria-label': label, hidden: true });
    this.panel.append(...children);
    this.button = element(
      'button',
      { type: 'button', class: 'chip', title: label, 'aria-label': label, 'aria-expanded': 'false' },
      text,
    );
    this.node = element('span', { class: 'menu' }, this.button, this.panel);
    this.button.addEventListener('click', () => this.toggle(this.panel.hidden !== false));
    this.node.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || this.panel.hidden) return;
      event.stopPropagation();
      this.toggle(false);
      this.button.focus();
    });
    document.addEventListener('pointerdown', event => {
      if (event.target instanceof Node && !this.node.contains(event.target)) this.toggle(false);
    });
  }

  setText(text: string): void {
    if (this.button.textContent !== text) this.button.textContent = text;
  }

  private toggle(isOpen: boolean): void {
    this.panel.hidden = !isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
  }
}

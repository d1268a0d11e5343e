/** Text is set as text and never parsed: there is no way to give markup, inline styles or inline handlers here. */
export type Child = Node | string | undefined;

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  append(node, children);
  return node;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(node, attributes);
  append(node, children);
  return node;
}

/** `undefined` and `false` remove; `true` sets an empty attribute. Untouched when already so, which saves layout. */
export function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style' || name.startsWith('on')) throw new Error(`Not allowed as an attribute: ${name}`);
    const text = value === true ? '' : value === false || value === undefined ? undefined : String(value);
    if (text === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function append(node: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== undefined)
      node.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

export function replaceChildren(node: Element, ...children: readonly Child[]): void {
  node.replaceChildren(...children.filter(child => child !== undefined));
}

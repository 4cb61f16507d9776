/** The little of the DOM that is asked here. linkedom's own types name the browser's, which this project does not load. */
export interface DomNode {
  readonly nodeType: number;
  readonly parentNode: DomElement | null;
  readonly parentElement: DomElement | null;
  readonly nextSibling: DomNode | null;
  readonly firstChild: DomNode | null;
  readonly lastChild: DomNode | null;
  textContent: string | null;
  remove(): void;
  cloneNode(deep: boolean): DomNode;
}

export interface DomElement extends DomNode {
  readonly localName: string;
  readonly id: string;
  readonly className: unknown;
  readonly firstElementChild: DomElement | null;
  readonly nextElementSibling: DomElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  closest(selector: string): DomElement | null;
  append(...nodes: DomNode[]): void;
  contains(other: DomNode): boolean;
  cloneNode(deep: boolean): DomElement;
}

export interface DomDocument {
  readonly documentElement: DomElement | null;
  readonly body: DomElement | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  createElement(name: string): DomElement;
  cloneNode(deep: boolean): DomDocument;
}

export const ELEMENT = 1;
export const TEXT = 3;

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === ELEMENT;
}

/** Children that are elements. linkedom's `children` builds a list at each step of a loop; this does not. */
export function childElements(element: DomElement): DomElement[] {
  const children: DomElement[] = [];
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) children.push(child);
  return children;
}

/** Visible characters with white space levelled. */
export function flatText(node: DomNode | null | undefined): string {
  return (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** An attribute's value, or undefined when it is absent or blank. */
export function attribute(element: DomElement | null | undefined, name: string): string | undefined {
  const value = element?.getAttribute(name)?.trim();
  return value === '' || value == null ? undefined : value;
}

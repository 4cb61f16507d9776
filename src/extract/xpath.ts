import { PermanentError } from '../lib/errors.ts';
import type { TreeElement, TreeNode } from './page-tree.ts';
import { type Axis, type Expression, type Path, parseXPath, type Step } from './xpath-parse.ts';

/** An attribute's value; the element that it stands on counts as its parent. */
export interface AttributeNode {
  attribute: string;
  value: string;
  parent: TreeElement;
}

/** What an XPath finds: elements, texts and attributes, in the page's order. */
export type XPathNode = TreeNode | AttributeNode;
type Root = NonNullable<TreeNode['parent']>;
type AnyNode = XPathNode | Root;
type Value = AnyNode[] | string | number | boolean;

/** How much more may be looked at. */
interface Work {
  left: number;
}

interface Place {
  node: AnyNode;
  /** From 1, among `size`. */
  position: number;
  size: number;
  work: Work;
}

/** Nodes looked at by one search; an ordinary page has some 5,000. */
const MAX_WORK = 3_000_000;
/** Of a text that is compared. */
const MAX_TEXT = 100_000;

function isAttribute(node: AnyNode): node is AttributeNode {
  return 'attribute' in node;
}

function isElement(node: AnyNode): node is TreeElement {
  return 'attribs' in node;
}

function childrenOf(node: AnyNode): TreeNode[] {
  return 'children' in node ? node.children : [];
}

function* below(node: AnyNode): Generator<AnyNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* below(child);
  }
}

function* above(node: AnyNode): Generator<AnyNode> {
  for (let at = node.parent; at; at = at.parent) yield at;
}

function siblings(node: AnyNode, direction: 'next' | 'prev'): AnyNode[] {
  if (isAttribute(node)) return [];
  const found: AnyNode[] = [];
  for (let at = node[direction]; at; at = at[direction]) found.push(at);
  return found;
}

function attributesOf(node: AnyNode): AnyNode[] {
  if (!isElement(node)) return [];
  return Object.entries(node.attribs).map(([attribute, value]) => ({ attribute, value, parent: node }));
}

const WALKS: Record<Axis, (node: AnyNode) => Iterable<AnyNode>> = {
  child: childrenOf,
  descendant: below,
  'descendant-or-self': function* (node) {
    yield node;
    yield* below(node);
  },
  self: (node) => [node],
  parent: (node) => (node.parent ? [node.parent] : []),
  ancestor: above,
  'following-sibling': (node) => siblings(node, 'next'),
  'preceding-sibling': (node) => siblings(node, 'prev'),
  attribute: attributesOf,
};

function isText(node: AnyNode): boolean {
  return !isAttribute(node) && node.type === 'text';
}

function passes(node: AnyNode, { axis, test }: Step): boolean {
  if (test === 'node()') return true;
  if (test === 'text()') return isText(node);
  if (axis === 'attribute') return isAttribute(node) && (test === '*' || node.attribute === test);
  return isElement(node) && (test === '*' || node.name === test);
}

function spend(work: Work): void {
  work.left -= 1;
  if (work.left < 0)
    throw new PermanentError(
      'slow-selector',
      'The XPath looks at too many places of the page: make it more exact.',
    );
}

function textWithin(node: AnyNode, work: Work): string {
  if (isAttribute(node)) return node.value;
  if ('data' in node && isText(node)) return node.data;
  let text = '';
  for (const inner of below(node)) {
    spend(work);
    if ('data' in inner && isText(inner)) text += inner.data;
    if (text.length > MAX_TEXT) break;
  }
  return text;
}

/** The text of an attribute, of a text, or of all texts within; at most some 100,000 characters. */
export function stringOf(node: XPathNode): string {
  return textWithin(node, { left: MAX_WORK });
}

function asText(value: Value, work: Work): string {
  if (!Array.isArray(value)) return String(value);
  const [first] = value;
  return first === undefined ? '' : textWithin(first, work);
}

function asTruth(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function compareTwo(operator: string, left: string | number, right: string | number): boolean {
  const order = COMPARE[operator];
  if (order) return order(Number(left), Number(right));
  const isSame =
    typeof left === 'number' || typeof right === 'number' ? Number(left) === Number(right) : left === right;
  return (operator === '=') === isSame;
}

/** Of several nodes one that fits is enough. */
function candidates(value: Value, work: Work): (string | number)[] {
  if (Array.isArray(value)) return value.map((node) => textWithin(node, work));
  return [typeof value === 'boolean' ? String(value) : value];
}

function compare(operator: string, left: Value, right: Value, work: Work): boolean {
  const others = candidates(right, work);
  return candidates(left, work).some((one) => others.some((other) => compareTwo(operator, one, other)));
}

function normalized(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const CALLS: Record<string, (inputs: Value[], place: Place) => Value> = {
  contains: ([text = '', part = ''], { work }) => asText(text, work).includes(asText(part, work)),
  'starts-with': ([text = '', part = ''], { work }) => asText(text, work).startsWith(asText(part, work)),
  'normalize-space': ([text], { node, work }) =>
    normalized(text === undefined ? textWithin(node, work) : asText(text, work)),
  not: ([value = false]) => !asTruth(value),
  position: (_, { position }) => position,
  last: (_, { size }) => size,
  count: ([nodes = '']) => (Array.isArray(nodes) ? nodes.length : 0),
};

function evaluate(expression: Expression, place: Place): Value {
  switch (expression.kind) {
    case 'path':
      return follow(expression, place.node, place.work);
    case 'text':
    case 'number':
      return expression.value;
    case 'call':
      return (
        CALLS[expression.name]?.(
          expression.inputs.map((input) => evaluate(input, place)),
          place,
        ) ?? ''
      );
    case 'both':
      return asTruth(evaluate(expression.left, place)) && asTruth(evaluate(expression.right, place));
    case 'either':
      return asTruth(evaluate(expression.left, place)) || asTruth(evaluate(expression.right, place));
    case 'compare':
      return compare(
        expression.operator,
        evaluate(expression.left, place),
        evaluate(expression.right, place),
        place.work,
      );
  }
}

/** A number alone is a position. */
function holds(predicate: Expression, place: Place): boolean {
  const value = evaluate(predicate, place);
  return typeof value === 'number' ? value === place.position : asTruth(value);
}

function stepFrom(node: AnyNode, step: Step, work: Work): AnyNode[] {
  let found: AnyNode[] = [];
  for (const candidate of WALKS[step.axis](node)) {
    spend(work);
    if (passes(candidate, step)) found.push(candidate);
  }
  for (const predicate of step.predicates) {
    const size = found.length;
    found = found.filter((at, index) => holds(predicate, { node: at, position: index + 1, size, work }));
  }
  return found;
}

function rootOf(node: AnyNode): AnyNode {
  return [...above(node)].at(-1) ?? node;
}

function follow(path: Path, from: AnyNode, work: Work): AnyNode[] {
  let nodes: AnyNode[] = [path.from === 'root' ? rootOf(from) : from];
  for (const step of path.steps) {
    nodes = [...new Set(nodes.flatMap((node) => stepFrom(node, step, work)))];
  }
  return nodes;
}

/**
 * What an XPath finds from a node.
 * @throws InputError when the path cannot be read, PermanentError `slow-selector` when it takes too long
 */
export function findByXPath(source: string, from: TreeNode | Root): XPathNode[] {
  const work = { left: MAX_WORK };
  const found = parseXPath(source).flatMap((path) => follow(path, from, work));
  return [...new Set(found)].filter((node): node is XPathNode => isAttribute(node) || node.type !== 'root');
}

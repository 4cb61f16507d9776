import type { TreeElement, TreeNode } from './page-tree.ts';
import { pick } from './selectors-pick.ts';
import { isElement } from './thread/tree-text.ts';

const ENOUGH = 0.6;
const MAX_WAYS = 30;
const PLAIN_NAME = /^[a-z_][\w-]*$/i;
const STATE = /^(?:odd|even|first|last|active|current|new|old|is-.*|has-.*|js-.*)$/i;

export function classesOf({ attribs }: TreeElement): string[] {
  return (attribs.class ?? '')
    .split(/\s+/)
    .filter((name) => PLAIN_NAME.test(name) && !STATE.test(name) && !/\d{2}/.test(name));
}

/** What may stand for an element, the most telling first. */
function namesOf(element: TreeElement): string[] {
  const { itemprop = '' } = element.attribs;
  const classes = classesOf(element);
  return [
    ...(PLAIN_NAME.test(itemprop) ? [`[itemprop="${itemprop}"]`] : []),
    ...classes.map((name) => `.${name}`),
    ...classes.map((name) => `${element.name}.${name}`),
    element.name,
  ];
}

/** Beneath its parent where its own name is not enough. */
function waysTo(element: TreeElement): string[] {
  const own = namesOf(element);
  const parent: TreeNode | null = element.parent as TreeNode | null;
  const above = isElement(parent) ? namesOf(parent) : [];
  return [...own, ...above.flatMap((name) => own.map((one) => `${name} > ${one}`))].slice(0, MAX_WAYS);
}

/** The first of the best by a score from 0 to 1; undefined when none is good enough. */
export function best(
  selectors: readonly string[],
  scoreOf: (selector: string) => number,
): string | undefined {
  let found: { selector: string; score: number } | undefined;
  for (const selector of new Set(selectors)) {
    const score = scoreOf(selector);
    if (score >= ENOUGH && score > (found?.score ?? 0)) found = { selector, score };
    if (found?.score === 1) break;
  }
  return found?.selector;
}

export function elementsAt(selector: string, scope: TreeNode): TreeElement[] {
  return pick(selector, scope).flatMap(({ element }) => (element ? [element] : []));
}

/** The shortest selector that finds these elements of a page and few others. */
export function selectorForAll(wanted: readonly TreeElement[], root: TreeElement): string | undefined {
  const all = new Set(wanted);
  const [first, , third] = wanted;
  const ways = [first, third].flatMap((element) => (element ? waysTo(element) : []));
  return best(ways, (way) => {
    const found = elementsAt(way, root);
    const shared = found.filter((element) => all.has(element)).length;
    return shared / (found.length + all.size - shared);
  });
}

/** A block, and the element that is wanted in it. */
export type Wanted = readonly (readonly [scope: TreeElement, element: TreeElement | undefined])[];

/** The shortest selector that finds the wanted element in most blocks before any other. */
export function selectorWithin(wanted: Wanted): string | undefined {
  const known = wanted.flatMap(([, element]) => (element ? [element] : []));
  if (known.length < wanted.length * ENOUGH) return undefined;
  return best(known.slice(0, 2).flatMap(waysTo), (way) => {
    const right = known.filter((element, at) => {
      const scope = wanted.filter(([, one]) => one !== undefined)[at]?.[0];
      return scope !== undefined && elementsAt(way, scope)[0] === element;
    });
    return right.length / known.length;
  });
}

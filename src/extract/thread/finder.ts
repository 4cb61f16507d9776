import type { TreeElement, TreeNode } from '../page-tree.ts';
import type { PageTree } from './model.ts';
import { elementsIn, lineOf } from './tree-text.ts';

/**
 * What selectors find in each post. A selector is run once over the page and its hits are handed to the posts they
 * stand in, so that the time does not grow with posts times selectors.
 */
export interface Finder {
  /** In the page's order; the post itself counts. */
  find(post: TreeElement, selector: string): readonly TreeElement[];
}

const NONE: readonly TreeElement[] = [];

function ownerOf(element: TreeElement, posts: ReadonlySet<TreeNode>): TreeNode | undefined {
  for (let at: TreeNode | null = element; at; at = at.parent) if (posts.has(at)) return at;
  return undefined;
}

export function finderOf({ $ }: PageTree, posts: readonly TreeElement[]): Finder {
  const all = new Set<TreeNode>(posts);
  const known = new Map<string, Map<TreeNode, TreeElement[]>>();
  const search = (selector: string) => {
    const byPost = new Map<TreeNode, TreeElement[]>();
    for (const element of $<TreeElement, string>(selector).toArray()) {
      const owner = ownerOf(element, all);
      const hits = owner && byPost.get(owner);
      if (hits) hits.push(element);
      else if (owner) byPost.set(owner, [element]);
    }
    known.set(selector, byPost);
    return byPost;
  };
  return { find: (post, selector) => (known.get(selector) ?? search(selector)).get(post) ?? NONE };
}

/** `selector`, `selector@attribute` or `@attribute` (of the post itself). */
export type Place = string;

function splitPlace(place: Place): [selector: string, attribute: string | undefined] {
  const at = /@([\w:-]+)$/.exec(place);
  return at ? [place.slice(0, at.index), at[1]] : [place, undefined];
}

/** The elements that a place names in a post. */
export function elementsAt(finder: Finder, post: TreeElement, place: Place): readonly TreeElement[] {
  const [selector] = splitPlace(place);
  return selector === '' ? [post] : finder.find(post, selector);
}

function iconsIn(element: TreeElement): Set<TreeNode> {
  return new Set(
    elementsIn(element).filter(({ name, attribs }) => name === 'i' && /icon/.test(attribs.class ?? '')),
  );
}

/** Its text on one line, or its attribute; '' where there is none. */
export function valueAt(element: TreeElement, place: Place): string {
  const [, attribute] = splitPlace(place);
  return attribute === undefined
    ? lineOf(element, iconsIn(element))
    : (element.attribs[attribute] ?? '').trim();
}

/** First place that says something. */
export function firstAt(
  finder: Finder,
  post: TreeElement,
  places: readonly Place[],
): { element: TreeElement; value: string } | undefined {
  for (const place of places) {
    for (const element of elementsAt(finder, post, place)) {
      const value = valueAt(element, place);
      if (value !== '') return { element, value };
    }
  }
  return undefined;
}

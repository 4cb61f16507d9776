import type { TreeElement, TreeNode } from '../../page-tree.ts';
import type { PageTree, ThreadPost } from '../model.ts';
import { descendants, outermost } from '../tree-text.ts';
import { postOf, type Scope } from './microdata.ts';

function hasClass(element: TreeElement, pattern: RegExp): boolean {
  return pattern.test(element.attribs.class ?? '');
}

function scopeOf(element: TreeElement, inner: Set<TreeNode>): Scope {
  const within = [...descendants(element, inner)];
  const all = (pattern: RegExp) => within.filter((at) => hasClass(at, pattern));
  return {
    element,
    inner,
    text: all(/(?:^|\s)(?:e-content|entry-content|p-content|comment-content)(?:\s|$)/),
    author: all(/(?:^|\s)(?:p-author|fn|vcard)(?:\s|$)/),
    date: all(/(?:^|\s)(?:dt-published|published|comment-metadata)(?:\s|$)/),
    url: all(/(?:^|\s)u-url(?:\s|$)/),
    likes: [],
  };
}

/** Entries marked by microformats (h-entry, hentry): answers in threads, posts of a feed. */
export function readMicroformats(page: PageTree): ThreadPost[] {
  const elements = page.$<TreeElement, string>('.h-entry, .hentry, .h-cite, .p-comment').toArray();
  return outermost(elements)
    .map((element) => postOf(scopeOf(element, new Set()), page))
    .filter((post) => post !== undefined);
}

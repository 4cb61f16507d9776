import type { TreeElement, TreeNode } from '../../page-tree.ts';
import { cleanAddress } from '../address.ts';
import { isQuote } from '../generic/outline.ts';
import type { PageTree, ThreadPost } from '../model.ts';
import { readStamp } from '../stamp.ts';
import { descendants, lineOf, linksOf, NO_NODES, textOf } from '../tree-text.ts';

/** Where the fields of one posting stand: found by microdata or by microformats' classes. */
export interface Scope {
  element: TreeElement;
  inner: Set<TreeNode>;
  text: TreeElement[];
  author: TreeElement[];
  date: TreeElement[];
  url: TreeElement[];
  likes: TreeElement[];
}

const POSTING =
  /schema\.org\/(?:DiscussionForumPosting|Comment|UserComments|Question|Answer|SocialMediaPosting)\b/i;
const FIELDS: Record<string, 'text' | 'author' | 'date' | 'url' | 'likes'> = {
  text: 'text',
  articleBody: 'text',
  commentText: 'text',
  reviewBody: 'text',
  author: 'author',
  creator: 'author',
  datePublished: 'date',
  dateCreated: 'date',
  commentTime: 'date',
  url: 'url',
  replyToUrl: 'url',
  upvoteCount: 'likes',
};

function propsOf(element: TreeElement): string[] {
  return (element.attribs.itemprop ?? '').split(/\s+/).filter((name) => name !== '');
}

function scopeOf(element: TreeElement, inner: Set<TreeNode>): Scope {
  const scope: Scope = { element, inner, text: [], author: [], date: [], url: [], likes: [] };
  const visit = (node: TreeNode) => {
    for (const child of 'children' in node ? node.children : []) {
      if (!('attribs' in child) || inner.has(child)) continue;
      for (const name of propsOf(child)) {
        const field = FIELDS[name];
        if (field) scope[field].push(child);
      }
      // What another thing says of itself (a person's address, a counter) is no field of the posting.
      if (child.attribs.itemscope === undefined) visit(child);
    }
  };
  visit(element);
  return scope;
}

/** Outer things enclose inner ones: a posting its comments. */
function innerOf(elements: readonly TreeElement[]): Map<TreeElement, Set<TreeNode>> {
  const found = new Map(elements.map((element): [TreeElement, Set<TreeNode>] => [element, new Set()]));
  for (const element of elements) {
    for (let at = element.parent; at; at = at.parent) {
      const within = 'attribs' in at ? found.get(at) : undefined;
      if (!within) continue;
      within.add(element);
      break;
    }
  }
  return found;
}

function nameIn(element: TreeElement): { name: string; href?: string } {
  const inside = [element, ...descendants(element)];
  const named = inside.find((at) => propsOf(at).includes('name')) ?? element;
  const link = inside.find(({ attribs }) => attribs.href !== undefined);
  const address = inside.find((at) => propsOf(at).includes('url'))?.attribs;
  const href = address?.href ?? address?.content ?? link?.attribs.href;
  const name = named.attribs.content ?? lineOf(named);
  return { name: name.trim(), ...(href === undefined ? {} : { href }) };
}

const ID = /(?:^|[_-])(\d{1,12})$|^(\d{1,12})$/;

function idOf(scope: Scope, permalink: string | undefined): string | undefined {
  const { attribs } = scope.element;
  const own = [
    attribs.id,
    attribs['data-answerid'],
    attribs['data-questionid'],
    attribs['data-pid'],
    attribs['data-comment-id'],
  ];
  for (const value of own) {
    const found = ID.exec(value ?? '');
    if (found) return found[1] ?? found[2];
  }
  return permalink === undefined
    ? undefined
    : /(?:#|\/a\/|\/q\/|comment-|post-|=)(\d{1,12})(?:$|[/?#])/.exec(permalink)?.[1];
}

export function postOf(scope: Scope, page: PageTree): ThreadPost | undefined {
  const [body] = scope.text;
  if (!body) return undefined;
  // Questions and answers quote documents, not each other.
  const isAnswer = /\/(?:Question|Answer)\b/i.test(scope.element.attribs.itemtype ?? '');
  const quotes = new Set<TreeNode>(isAnswer ? [] : [...descendants(body)].filter(isQuote));
  const author = scope.author.map(nameIn).find(({ name }) => name !== '' && name.length < 80);
  const profileUrl = cleanAddress(author?.href, page.url);
  const dates = scope.date.map((element) => readStamp(element, page.dates));
  const date = dates.find((found) => found !== undefined);
  const href = scope.url[0]?.attribs.href ?? scope.url[0]?.attribs.content;
  const permalink = cleanAddress(href, page.url);
  const id = idOf(scope, permalink);
  const likes = scope.likes[0]?.attribs.content ?? lineOf(scope.likes[0]);
  return {
    ...(id === undefined ? {} : { id }),
    ...(permalink === undefined ? {} : { permalink }),
    ...(author ? { author: { name: author.name, ...(profileUrl === undefined ? {} : { profileUrl }) } } : {}),
    ...(date ? { publishedAt: date } : {}),
    text: textOf(body, quotes),
    fullText: textOf(body),
    ...(/^\d+$/.test(likes) ? { likes: Number(likes) } : {}),
    links: linksOf(body, page.url, NO_NODES),
  };
}

/** Postings and comments that a page marks by schema.org's microdata. */
export function readMicrodata(page: PageTree): ThreadPost[] {
  const elements = page
    .$<TreeElement, string>('[itemscope][itemtype]')
    .toArray()
    .filter(({ attribs }) => POSTING.test(attribs.itemtype ?? ''));
  const inner = innerOf(elements);
  // Among questions and answers, comments are remarks on these and no posts of their own.
  const main = elements.filter(({ attribs }) => /\/(?:Question|Answer)\b/i.test(attribs.itemtype ?? ''));
  return (main.length > 0 ? main : elements)
    .map((element) => postOf(scopeOf(element, inner.get(element) ?? new Set()), page))
    .filter((post) => post !== undefined);
}

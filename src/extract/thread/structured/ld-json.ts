import { readDate } from '../../dates.ts';
import { htmlToText } from '../../html-text.ts';
import { cleanAddress } from '../address.ts';
import type { PageTree, ThreadPost } from '../model.ts';

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Node[] {
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

function stringOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? stringOf(value[0]) : '';
}

const POST_TYPES =
  /^(?:DiscussionForumPosting|Comment|UserComments|Question|Answer|SocialMediaPosting|Conversation)$/;

function hasType(node: Node, pattern: RegExp): boolean {
  const types = Array.isArray(node['@type']) ? node['@type'] : [node['@type']];
  return types.some((type) => typeof type === 'string' && pattern.test(type.replace(/^.*[/#]/, '')));
}

function isPost(node: Node): boolean {
  return hasType(node, POST_TYPES);
}

/** Among questions and answers, comments are remarks on these and no posts of their own. */
function withoutRemarks(nodes: readonly Node[]): readonly Node[] {
  const main = nodes.filter((node) => hasType(node, /^(?:Question|Answer)$/));
  return main.length > 0 ? main : nodes;
}

const MAX_NODES = 20_000;

/** Every posting within, in the order in which they are written: the question, its answers, their comments. */
function postings(value: unknown, found: Node[] = [], depth = 0): Node[] {
  if (depth > 40 || found.length > MAX_NODES) return found;
  if (Array.isArray(value)) {
    for (const each of value) postings(each, found, depth + 1);
  } else if (isNode(value)) {
    if (isPost(value)) found.push(value);
    for (const [name, each] of Object.entries(value)) if (name !== 'author') postings(each, found, depth + 1);
  }
  return found;
}

function plainText(text: string): string {
  return /<\w+[^>]*>|&\w+;/.test(text)
    ? htmlToText(text)
    : text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n\s*/g, '\n');
}

function likesOf(node: Node): number | undefined {
  const counters = listOf(node.interactionStatistic);
  const like = counters.find((counter) =>
    /LikeAction|VoteAction/.test(JSON.stringify(counter.interactionType ?? '')),
  );
  const said = stringOf(node.upvoteCount ?? like?.userInteractionCount);
  return /^\d+$/.test(said) ? Number(said) : undefined;
}

function asPost(node: Node, page: PageTree): ThreadPost | undefined {
  const text = plainText(stringOf(node.text) || stringOf(node.articleBody) || stringOf(node.commentText));
  const [author] = listOf(node.author ?? node.creator);
  const name = stringOf(author?.name) || stringOf(node.author);
  const stamp = stringOf(node.datePublished) || stringOf(node.dateCreated) || stringOf(node.commentTime);
  const date = stamp === '' ? undefined : readDate(stamp, page.dates);
  const modified = stringOf(node.dateModified);
  const editedAt = modified === '' || modified === stamp ? undefined : readDate(modified, page.dates);
  const permalink = cleanAddress(stringOf(node.url) || stringOf(node['@id']), page.url);
  const profileUrl = cleanAddress(stringOf(author?.url) || undefined, page.url);
  const likes = likesOf(node);
  if (text === '' && name === '') return undefined;
  return {
    ...(permalink === undefined ? {} : { permalink }),
    ...(name === '' ? {} : { author: { name, ...(profileUrl === undefined ? {} : { profileUrl }) } }),
    ...(date === undefined ? {} : { publishedAt: date }),
    ...(editedAt === undefined ? {} : { editedAt }),
    text,
    fullText: text,
    ...(likes === undefined ? {} : { likes }),
    links: [],
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/)|(?:-->|\/\*\]\]>\*\/)\s*$/g, ''));
  } catch {
    return undefined;
  }
}

/** Postings and comments in a page's JSON-LD. */
export function readLdJson(page: PageTree): ThreadPost[] {
  const scripts = page.$('script[type="application/ld+json"]').toArray();
  const values = scripts.map((script) => parse(page.$(script).text()));
  return withoutRemarks(values.flatMap((value) => postings(value)))
    .map((node) => asPost(node, page))
    .filter((post) => post !== undefined);
}

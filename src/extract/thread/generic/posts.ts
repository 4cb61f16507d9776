import type { TreeElement, TreeNode } from '../../page-tree.ts';
import { cleanAddress } from '../address.ts';
import { isPlaceholder } from '../deleted.ts';
import type { PageTree, ThreadPost } from '../model.ts';
import { postIdIn, quotedName } from '../quote.ts';
import { descendants, lineOf, linksOf, textOf } from '../tree-text.ts';
import { nameBeside } from './beside.ts';
import { repeatedLines, withoutLines, withoutNotes } from './chrome.ts';
import type { AuthorFact, DateFact } from './facts.ts';
import { authorKeys, type Block, bodyKeys, dateKeys, elementAt, factAt } from './fields.ts';
import { permalinkOf, readIds } from './identity.ts';
import { isQuote, type Outline } from './outline.ts';

const FURNITURE =
  /(?:^|[\s_-])(?:sig|signature|edited|edit-?note|last-?edit(?:ed)?|buttons?|controls?|toolbar|menu|share|reactions?|votes?|attachments?-caption|tooltip|sr-only|visually-hidden|hidden-text)(?:$|[\s_-])|signature|lastedit|postedit/i;

/** The parts of a block, as far as they are known. */
export interface BlockParts {
  block: Block;
  author: AuthorFact | undefined;
  date: DateFact | undefined;
  body: TreeElement | undefined;
}

function partsOf(body: TreeElement, block: Block): { quotes: TreeElement[]; furniture: TreeNode[] } {
  const quotes: TreeElement[] = [];
  const furniture: TreeNode[] = [...block.inner];
  for (const element of descendants(body, block.inner)) {
    if (isQuote(element)) quotes.push(element);
    else if (FURNITURE.test(element.attribs.class ?? '')) furniture.push(element);
  }
  return { quotes, furniture };
}

function quoteOf(quotes: readonly TreeElement[]): ThreadPost['quoteOf'] {
  const [quote] = quotes;
  if (!quote) return undefined;
  const captions = [...descendants(quote)].filter(({ name }) =>
    /^(?:cite|strong|h\d|p|div|header|footer)$/.test(name),
  );
  const caption =
    captions.map((element) => lineOf(element)).find((line) => line !== '' && line.length < 90) ?? '';
  const isCaption = /(?:wrote|said|писал|пишет|сказал|quote|цитата|from|от|:)/i.test(caption);
  const author = isCaption ? quotedName(caption) : '';
  const link = [...descendants(quote)].find(
    ({ attribs }) => attribs.href !== undefined && postIdIn(attribs.href),
  );
  const id = link && postIdIn(link.attribs.href ?? '');
  if (author === '' && id === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(author === '' ? {} : { author }) };
}

interface Words {
  text: string;
  fullText: string;
  links: string[];
  quoteOf: ThreadPost['quoteOf'];
}

/** Without a body of its own a post is all of its block but the name and the date. */
function wordsOf({ block, author, date, body }: BlockParts, url: string): Words {
  const root = body ?? block.element;
  const { quotes, furniture } = partsOf(root, block);
  if (author) furniture.push(author.element);
  if (date) furniture.push(date.element);
  const leaveOut = new Set<TreeNode>([...furniture, ...quotes]);
  return {
    text: textOf(root, leaveOut),
    fullText: textOf(root, new Set(furniture)),
    links: linksOf(root, url, new Set(furniture)),
    quoteOf: quoteOf(quotes),
  };
}

/** Who, when and what in each block: what stands in the same place in most of them. */
export function readBlocks(blocks: readonly Block[], outline: Outline): BlockParts[] {
  const names = authorKeys(blocks);
  const dates = dateKeys(blocks);
  const known = (block: Block) =>
    [factAt(block.authors, names)?.element, factAt(block.dates, dates)?.element].filter(
      (found) => found !== undefined,
    );
  const bodies = bodyKeys(blocks, outline, known);
  return blocks.map((block) => ({
    block,
    author: factAt(block.authors, names),
    date: factAt(block.dates, dates),
    body: elementAt(block, bodies.slice(0, 3), outline, known(block)),
  }));
}

/** The blocks of a family as posts. */
export function postsOf(blocks: readonly Block[], outline: Outline, page: PageTree): ThreadPost[] {
  const reads = readBlocks(blocks, outline);
  const words = reads.map((each) => wordsOf(each, page.url));
  const chrome = repeatedLines(words.map(({ fullText }) => fullText));
  const ids = readIds(blocks);
  const isBodyKnown = reads.filter(({ body }) => body).length >= reads.length * 0.7;
  const posts = reads.map(({ block, author, date, body }, at) => {
    const { text = '', fullText = '', links = [], quoteOf: quoted } = words[at] ?? {};
    const id = ids[at]?.id;
    const permalink = permalinkOf(block, ids[at], page.url);
    const profileUrl = cleanAddress(author?.href, page.url);
    const name = author?.text ?? (date && nameBeside(date.element));
    return {
      ...(id === undefined ? {} : { id }),
      ...(permalink === undefined ? {} : { permalink }),
      ...(name === undefined
        ? {}
        : { author: { name, ...(profileUrl === undefined ? {} : { profileUrl }) } }),
      ...(date ? { publishedAt: date.date } : {}),
      ...(body || !isBodyKnown ? wordsWithout(text, fullText, chrome) : TAKEN_AWAY),
      ...(quoted ? { quoteOf: quoted } : {}),
      links,
    };
  });
  return posts.filter((post) => !isAdvertisement(post));
}

const ADVERTISEMENT = /^(?:advertisements?|advertising|sponsored|promoted|реклама|на правах рекламы)[.:]?$/i;

/** Stands among the posts in a block of their kind. A person may write that one word too, but signs it. */
function isAdvertisement({ author, text }: ThreadPost): boolean {
  return author === undefined && ADVERTISEMENT.test(text.trim());
}

/** Where the others have their words, this one has none: what is left is its author's profile. */
const TAKEN_AWAY = { text: '', fullText: '', deleted: true as const };

function wordsWithout(
  text: string,
  fullText: string,
  chrome: ReadonlySet<string>,
): Pick<ThreadPost, 'text' | 'fullText' | 'deleted'> {
  const own = withoutNotes(withoutLines(text, chrome));
  return isPlaceholder(own)
    ? { text: '', fullText: '', deleted: true }
    : { text: own, fullText: withoutNotes(withoutLines(fullText, chrome)) };
}

import type { DateContext } from '../dates.ts';
import { readDate } from '../dates.ts';
import { absoluteUrl } from '../html-text.ts';
import type { ThreadPost } from '../thread/model.ts';
import { COMMENT_SHAPES, type CommentShape, DELETED } from './comment-shapes.ts';
import { readWrittenDate } from './day-text.ts';
import { attribute, type DomDocument, type DomElement, flatText } from './dom.ts';
import { asList, asText, isJsonObject, type JsonObject, typesOf } from './json-ld.ts';
import { findLinks } from './page-head.ts';
import { plainText } from './plain-text.ts';
import { dateHabits } from './publication-date.ts';

const MAX_COMMENTS = 1000;

export interface CommentPage {
  url: string;
  dates: DateContext;
}

interface Part {
  element: DomElement;
  /** The comment within which this one stands, as an answer to it. */
  parent: DomElement | undefined;
}

/** An item that wraps another item's whole is one comment, not two; items below an item are its answers. */
function partsOf(document: DomDocument, shape: CommentShape): Part[] {
  const items = [...document.querySelectorAll(shape.item)].slice(0, MAX_COMMENTS);
  const all = new Set(items);
  const outerOf = (element: DomElement): DomElement | undefined => {
    for (let at = element.parentElement; at; at = at.parentElement) if (all.has(at)) return at;
    return undefined;
  };
  return items.map((element) => ({ element, parent: outerOf(element) }));
}

/** The first match, of the surest selector, that is this comment's and not an answer's. */
function ownMatch(
  element: DomElement,
  selectors: string,
  items: ReadonlySet<DomElement>,
): DomElement | undefined {
  for (const selector of selectors.split(', ')) {
    for (const found of element.querySelectorAll(selector)) {
      if (!inOther(found, element, items)) return found;
    }
  }
  return undefined;
}

function idOf(element: DomElement): string | undefined {
  const named =
    attribute(element, 'data-comment-id') ?? attribute(element, 'data-id') ?? attribute(element, 'id');
  const inner = named ?? attribute(element.querySelector('[id^=comment], [id^=c], a[name]'), 'id');
  return inner?.replace(/^(?:li-|div-)?(?:comment|post|ljcmt|cmt|dsq-comment|c|t)[-_]?(?=\d)/i, '');
}

function isOwnAnchor(href: string): boolean {
  return (
    /#(?:comment|c|cmt|t|post)?[-_]?\w*\d|[?&](?:thread|comment(?:id)?|replyto)=\d/i.test(href) &&
    !/reply|share/i.test(href.split('#')[0] ?? '')
  );
}

function permalinkOf(element: DomElement, items: ReadonlySet<DomElement>, url: string): string | undefined {
  for (const link of element.querySelectorAll('a[href]')) {
    const href = attribute(link, 'href') ?? '';
    if (isOwnAnchor(href) && !inOther(link, element, items)) return absoluteUrl(href, url);
  }
  const id = attribute(element, 'id');
  return id === undefined ? undefined : absoluteUrl(`#${id}`, url);
}

function inOther(found: DomElement, element: DomElement, items: ReadonlySet<DomElement>): boolean {
  for (let at: DomElement | null = found; at && at !== element; at = at.parentElement)
    if (items.has(at)) return true;
  return false;
}

function textWithin(element: DomElement, drop: (inner: DomElement) => boolean): string {
  const copy = element.cloneNode(true);
  for (const inner of [...copy.querySelectorAll('*')]) if (drop(inner)) inner.remove();
  return plainText(copy);
}

const CONTROLS =
  '.reply, .comment-reply-link, .edit-link, .comment-actions, .comment__actions, .comment-footer, .children, .replies, .comment-meta, .comment-metadata, .commentmetadata, .comment-author, .says, .vote, .rating, form, button';

/** The comment's words: the part that the shape names, or the whole without answers, names and buttons. */
function textsOf(
  part: Part,
  shape: CommentShape,
  items: ReadonlySet<DomElement>,
): { text: string; fullText: string } {
  const found = ownMatch(part.element, shape.text, items) ?? part.element;
  const copy = found.cloneNode(true);
  for (const inner of [...copy.querySelectorAll(`${CONTROLS}, ${shape.item}`)]) inner.remove();
  const fullText = plainText(copy);
  return { fullText, text: textWithin(copy, (inner) => inner.localName === 'blockquote') };
}

/** The moment first: what reads publication dates of articles is content with the day. */
function readMoment(value: string | undefined, dates: DateContext): Date | undefined {
  if (value === undefined) return undefined;
  return readDate(value, dates) ?? readWrittenDate(value, dateHabits(dates.now, dates.zone, undefined))?.at;
}

function dateOf(element: DomElement | undefined, dates: DateContext): Date | undefined {
  if (!element) return undefined;
  const values = [
    attribute(element, 'datetime'),
    attribute(element, 'content'),
    attribute(element, 'title'),
    flatText(element),
  ];
  for (const value of values) {
    const read = readMoment(value, dates);
    if (read) return read;
  }
  return undefined;
}

/** Elements that hold a line of small print. */
const SMALL_PRINT = 'span, small, font, td, dd, li, p, div, a, em, i';
const LONGEST_STAMP = 50;
/** How far into a comment its date is looked for. */
const MAX_LOOKS = 30;

/** Where no class says which line is the date: the first short one that is one, with a time of day. */
function unnamedDate(
  element: DomElement,
  items: ReadonlySet<DomElement>,
  dates: DateContext,
): Date | undefined {
  let looks = 0;
  for (const found of element.querySelectorAll(SMALL_PRINT)) {
    if (looks >= MAX_LOOKS) return undefined;
    if (inOther(found, element, items)) continue;
    looks += 1;
    const text = flatText(found);
    const date =
      text.length <= LONGEST_STAMP && /\d:\d\d|\d\s*(?:h|ч|m|мин)/.test(text)
        ? readDate(text, dates)
        : undefined;
    if (date) return date;
  }
  return undefined;
}

function authorOf(element: DomElement | undefined, url: string): ThreadPost['author'] {
  const name = (attribute(element, 'content') ?? flatText(element))
    .replace(/\s*(?:says|said|wrote|пишет|говорит|написал[аи]?)\W*$/i, '')
    .slice(0, 100);
  if (!element || name === '') return undefined;
  const link =
    element.localName === 'a' ? element : (element.querySelector('a[href]') ?? element.closest('a[href]'));
  const profileUrl = absoluteUrl(attribute(link, 'href') ?? '', url);
  return { name, ...(profileUrl === undefined ? {} : { profileUrl }) };
}

function readPart(
  part: Part,
  shape: CommentShape,
  items: ReadonlySet<DomElement>,
  page: CommentPage,
): ThreadPost | undefined {
  const { element, parent } = part;
  const { text, fullText } = textsOf(part, shape, items);
  const isDeleted = DELETED.test(text) || (text === '' && /deleted|removed/i.test(String(element.className)));
  if (fullText === '' && !isDeleted) return undefined;
  const author = authorOf(ownMatch(element, shape.author, items), page.url);
  const publishedAt =
    dateOf(ownMatch(element, shape.date, items), page.dates) ?? unnamedDate(element, items, page.dates);
  const id = idOf(element);
  const permalink = permalinkOf(element, items, page.url);
  const answered = parent && answeredBy(parent, shape, items);
  return {
    ...(id === undefined ? {} : { id }),
    ...(permalink === undefined ? {} : { permalink }),
    ...(author ? { author } : {}),
    ...(publishedAt ? { publishedAt } : {}),
    text: isDeleted ? '' : text,
    fullText: isDeleted ? '' : fullText,
    ...(answered ? { quoteOf: answered } : {}),
    ...(isDeleted ? { deleted: true as const } : {}),
    links: findLinks(ownMatch(element, shape.text, items) ?? element, page.url),
  };
}

function answeredBy(
  parent: DomElement,
  shape: CommentShape,
  items: ReadonlySet<DomElement>,
): ThreadPost['quoteOf'] {
  const id = idOf(parent);
  const author = authorOf(ownMatch(parent, shape.author, items), '')?.name;
  if (id === undefined && author === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(author === undefined ? {} : { author }) };
}

/** Answers within answers: each level reads those below it again. */
const MAX_NESTED_CHARS = 5_000_000;

function isTangled(parts: readonly Part[]): boolean {
  let chars = 0;
  return parts.some(({ element }) => {
    chars += (element.textContent ?? '').length;
    return chars > MAX_NESTED_CHARS;
  });
}

function readShape(document: DomDocument, shape: CommentShape, page: CommentPage): ThreadPost[] {
  const parts = partsOf(document, shape);
  if (isTangled(parts)) return [];
  const items = new Set(parts.map(({ element }) => element));
  const posts = parts.flatMap((part) => readPart(part, shape, items, page) ?? []).slice(0, MAX_COMMENTS);
  return posts.filter(({ author, publishedAt, deleted }) => author ?? publishedAt ?? deleted);
}

/** Comments that the page's own data carry. */
function fromJsonLd(nodes: readonly JsonObject[], page: CommentPage): ThreadPost[] {
  const comments = nodes.filter((node) => typesOf(node).includes('Comment')).slice(0, MAX_COMMENTS);
  return comments.flatMap((node) => {
    const text = asText(node.text) ?? asText(node.description);
    const name = asList(node.author).flatMap((one) => asText(isJsonObject(one) ? one.name : one) ?? [])[0];
    if (text === undefined || name === undefined) return [];
    const date = readWrittenDate(
      asText(node.datePublished) ?? asText(node.dateCreated) ?? '',
      dateHabits(page.dates.now, page.dates.zone, undefined),
    );
    const permalink = absoluteUrl(asText(node.url) ?? '', page.url);
    return [
      {
        author: { name },
        text,
        fullText: text,
        links: [],
        ...(date ? { publishedAt: date.at } : {}),
        ...(permalink === undefined ? {} : { permalink }),
      },
    ];
  });
}

/** How much is known of the comments that a shape finds: text, author and date of each. */
function worth(posts: readonly ThreadPost[]): number {
  return posts.reduce(
    (sum, { author, publishedAt, text }) => sum + (author ? 1 : 0) + (publishedAt ? 1 : 0) + (text ? 1 : 0),
    0,
  );
}

/** The readers' comments on a page, in its order; an answer names what it answers in `quoteOf`. */
export function readComments(
  document: DomDocument,
  jsonLd: readonly JsonObject[],
  url: string,
  dates: DateContext,
): ThreadPost[] {
  const page = { url, dates };
  let best: ThreadPost[] = [];
  for (const shape of COMMENT_SHAPES) {
    const found = readShape(document, shape, page);
    if (worth(found) > worth(best) * 1.1) best = found;
    // All is known of each: no other shape can say more.
    if (best.length > 1 && worth(best) === best.length * 3) return best;
  }
  const told = fromJsonLd(jsonLd, page);
  return worth(told) > worth(best) * 1.1 ? told : best;
}

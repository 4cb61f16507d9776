import type { TreeElement } from '../page-tree.ts';
import { elementsAt, type Finder, valueAt } from './finder.ts';
import type { PostMarkup } from './markup.ts';
import { descendants, lineOf } from './tree-text.ts';

const LEAD =
  /^(?:quote(?: from| of)?|цитата(?: от|:)?|originally posted by|сообщение от|posted by|in reply to|reply to|ответ на)(?=[\s:])\s*:?\s*/i;
const VERB =
  /\s+(?:wrote|said|says|писал\(?а?\)?|написал\(?а?\)?|пишет|сказал\(?а?\)?|schrieb|a écrit)\s*:?.*$/i;
const STAMP = /\s*\((?=[^()]*\d)[^()]*\)\s*:?\s*$/;
const ON = /\s+(?:от|on)\s+(?=[^а-яa-z]*\d|сегодня|вчера|today|yesterday|[а-яa-z]+ \d).*$/i;

/** A quotation's caption without "wrote:" and without the date. */
export function quotedName(caption: string): string {
  const name = caption
    .replace(/^\s*\((?=[^()]*\d)[^()]*\)\s*/, '')
    .replace(LEAD, '')
    .replace(VERB, '')
    .replace(STAMP, '')
    .replace(ON, '')
    .replace(/[\s:↑]+$/, '')
    .replace(/^(?:on .*\d(?: [ap]m)?|.*\bago|.*назад),\s+/i, '');
  return name.length > 60 || LEAD.test(`${name} `) ? '' : name;
}

const POST_ID =
  /(?:[?&;](?:p|pid|post|msg|postid|comment)=|#p(?:id|ost)?-?_?|#msg|\.msg|\/posts?\/|post-|#findcomment-|#comment-|\/goto\/post\?id=)(\d+)/i;

/** The post that a link leads to. */
export function postIdIn(href: string): string | undefined {
  return POST_ID.exec(href)?.[1];
}

function linkedId(quote: TreeElement): string | undefined {
  for (const element of descendants(quote)) {
    const { href, 'data-post-id': id } = element.attribs;
    const found = id ?? (element.name === 'a' && href !== undefined ? postIdIn(href) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

const CAPTION = /(?:wrote|said|писал\(?а?\)?|пишет|сказал\(?а?\)?)\s*:/i;

/** Old themes write the caption as the quotation's own first line. */
function captionLine(quote: TreeElement): string {
  const line = lineOf(quote).slice(0, 120);
  return CAPTION.test(line) ? line : '';
}

function within(finder: Finder, post: TreeElement, quote: TreeElement, places: readonly string[]): string {
  for (const place of places) {
    for (const element of place.startsWith('@') ? [quote] : elementsAt(finder, post, place)) {
      const value = valueAt(element, place);
      if (value !== '') return value;
    }
  }
  return '';
}

/** Whom and what a post quotes first. */
export function readQuote(
  finder: Finder,
  post: TreeElement,
  quotes: readonly TreeElement[],
  markup: PostMarkup,
): { id?: string; author?: string } | undefined {
  const [quote] = quotes;
  if (quote === undefined) return undefined;
  const author = quotedName(within(finder, post, quote, markup.quoteAuthor ?? []) || captionLine(quote));
  const given = within(finder, post, quote, markup.quoteId ?? []);
  // An address may name the thread before the post; an attribute has the bare id.
  const id = postIdIn(given) ?? /\d+/.exec(given)?.[0] ?? linkedId(quote);
  if (author === '' && id === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(author === '' ? {} : { author }) };
}

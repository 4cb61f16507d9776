import type { FeedEnclosure, FeedPerson, RawEnclosure, RawHtml, RawLink, RawPerson } from './feed-raw.ts';
import { decodeEntities } from './html-entities.ts';
import { absoluteUrl, htmlToText } from './html-text.ts';

const MAX_LINE_CHARS = 1000;
const MAX_LISTED = 100;
/** Element names that titles are decorated with. What looks like another element is text: `List<String>`. */
const KNOWN_TAG =
  /<\/?(?:a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|dd|del|details|dfn|dir|div|dl|dt|em|embed|fieldset|figure|font|footer|form|frame|frameset|h[1-6]|header|head|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|map|marquee|math|menu|mark|meta|nav|nobr|noscript|object|ol|option|p|param|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)\b/i;

export function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** HTML as one line of text; words in angle brackets that are no HTML stay. */
export function oneLine(html: string | undefined): string {
  if (html === undefined) return '';
  const short = html.length > 20_000 ? html.slice(0, 20_000) : html;
  const text = short.includes('<') && !KNOWN_TAG.test(short) ? decodeEntities(short) : htmlToText(short);
  return text.replace(/\s+/g, ' ').trim();
}

/** Where the relative addresses of a piece start: its own base, which may itself be relative. */
export function baseFrom(base: string | undefined, outer: string): string {
  return absoluteUrl(base ?? '', outer) ?? outer;
}

export function resolveLink(link: RawLink | undefined, outer: string): string | undefined {
  return link?.href === undefined ? undefined : absoluteUrl(link.href.trim(), baseFrom(link.base, outer));
}

export function firstLink(links: readonly RawLink[], outer: string): string | undefined {
  return links.map((link) => resolveLink(link, outer)).find(isPresent);
}

function cleanPerson(raw: RawPerson, outer: string): FeedPerson | undefined {
  const name = oneLine(raw.name).slice(0, 200);
  const email =
    raw.email
      ?.trim()
      .replace(/^mailto:/i, '')
      .slice(0, 200) ?? '';
  const url = resolveLink(raw.url, outer);
  if (name === '' && email === '' && url === undefined) return undefined;
  return {
    ...(name === '' ? {} : { name }),
    ...(email === '' ? {} : { email }),
    ...(url === undefined ? {} : { url }),
  };
}

/** People who are named at all, each once. */
export function cleanPeople(people: readonly RawPerson[], outer: string): FeedPerson[] {
  const found = new Map<string, FeedPerson>();
  for (const raw of people.slice(0, MAX_LISTED)) {
    const person = cleanPerson(raw, outer);
    if (person !== undefined) found.set(person.name ?? person.email ?? person.url ?? '', person);
  }
  return [...found.values()];
}

export function cleanCategories(categories: readonly (string | undefined)[]): string[] {
  const names = categories.slice(0, MAX_LISTED).map((name) => oneLine(name).slice(0, MAX_LINE_CHARS));
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Files that hang on an entry, each address once. */
export function cleanEnclosures(enclosures: readonly RawEnclosure[], outer: string): FeedEnclosure[] {
  const found = new Map<string, FeedEnclosure>();
  for (const { url: link, type, length } of enclosures.slice(0, MAX_LISTED)) {
    const url = resolveLink(link, outer);
    if (url === undefined || found.has(url)) continue;
    const bytes = Number(length);
    found.set(url, {
      url,
      ...(type === undefined ? {} : { type }),
      ...(length !== undefined && Number.isFinite(bytes) && bytes >= 0 ? { length: bytes } : {}),
    });
  }
  return [...found.values()];
}

/** A BCP 47 code, or undefined when it does not look like one. */
export function languageCode(code: string | undefined): string | undefined {
  const trimmed = code?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(trimmed) ? trimmed : undefined;
}

/** The first that has something to say, in words or in pictures. */
export function firstSaying(pieces: readonly RawHtml[]): { piece: RawHtml; text: string } | undefined {
  let picture: RawHtml | undefined;
  for (const piece of pieces) {
    const text = htmlToText(piece.html);
    if (text !== '') return { piece, text };
    if (picture === undefined && piece.html.trim() !== '') picture = piece;
  }
  return picture === undefined ? undefined : { piece: picture, text: '' };
}

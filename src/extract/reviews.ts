import type { CheerioAPI } from 'cheerio/slim';
import { type DateContext, readDate } from './dates.ts';
import { htmlToText } from './html-text.ts';
import { loadTree, THREAD_LIMITS, type TreeElement } from './page-tree.ts';
import { cleanAddress } from './thread/address.ts';
import { readStamp } from './thread/stamp.ts';
import { descendants, lineOf, outermost, textOf } from './thread/tree-text.ts';

/** A review as schema.org has it. */
export interface Review {
  /** `@id` or anchor, when the page gives one. */
  id?: string;
  /** Absolute. */
  url?: string;
  title?: string;
  text: string;
  author?: string;
  profileUrl?: string;
  publishedAt?: Date;
  rating?: Rating;
  /** What is reviewed. */
  about?: string;
}

export interface Rating {
  value: number;
  /** 5 unless the page says otherwise. */
  best: number;
}

/** `★ 2/5`: how a rating stands in a text. */
export function ratingLine({ value, best }: Rating): string {
  return `★ ${value}/${best}`;
}

type Node = Record<string, unknown>;
const REVIEW = /^(?:https?:\/\/schema\.org\/|schema:)?(?:\w+)?Review$/;
const MAX_REVIEWS = 2000;
const MAX_DEPTH = 30;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (isNode(first)) return wordOf(first.name ?? first['@value'] ?? first['@id']);
  const text = typeof first === 'number' || typeof first === 'string' ? htmlToText(String(first)) : '';
  return text === '' ? undefined : text;
}

/** Drops what is not known. */
function known<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function ratingOf(value: string | undefined, best: string | undefined): Rating | undefined {
  const number = (text: string | undefined): number => Number.parseFloat((text ?? '').replace(',', '.'));
  const said = number(value);
  if (!Number.isFinite(said) || said < 0) return undefined;
  const top = number(best);
  return { value: said, best: Number.isFinite(top) && top >= said ? top : Math.max(5, Math.ceil(said)) };
}

function reviewOf(node: Node, url: string, dates: DateContext): Review[] {
  const text = wordOf(node.reviewBody ?? node.description ?? node.text);
  if (text === undefined) return [];
  const rating = isNode(node.reviewRating) ? node.reviewRating : {};
  const author: unknown = Array.isArray(node.author) ? node.author[0] : node.author;
  const published = wordOf(node.datePublished ?? node.dateCreated);
  const review = known({
    id: typeof node['@id'] === 'string' ? node['@id'] : undefined,
    url: cleanAddress(wordOf(node.url), url),
    title: wordOf(node.name ?? node.headline),
    author: wordOf(author),
    profileUrl: isNode(author) ? cleanAddress(wordOf(author.url), url) : undefined,
    publishedAt: published === undefined ? undefined : readDate(published, dates),
    rating: ratingOf(wordOf(rating.ratingValue), wordOf(rating.bestRating)),
    about: wordOf(node.itemReviewed),
  });
  return [{ ...review, text }];
}

function collect(value: unknown, found: Node[], about: unknown, depth: number): void {
  if (depth > MAX_DEPTH || found.length >= MAX_REVIEWS) return;
  if (Array.isArray(value)) for (const each of value) collect(each, found, about, depth + 1);
  if (!isNode(value)) return;
  const types = Array.isArray(value['@type']) ? value['@type'] : [value['@type']];
  const isReview = types.some((type) => typeof type === 'string' && REVIEW.test(type));
  if (isReview) found.push({ itemReviewed: about, ...value });
  for (const [name, inner] of Object.entries(value))
    if (name !== 'author') collect(inner, found, isReview ? about : (value.name ?? about), depth + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/\p{Cc}+/gu, ' '));
  } catch {
    // A script that is no JSON says nothing.
    return undefined;
  }
}

function readJsonLd($: CheerioAPI, url: string, dates: DateContext): Review[] {
  const found: Node[] = [];
  for (const script of $('script[type*="ld+json"]').toArray())
    collect(parseJson($(script).text()), found, undefined, 0);
  return found.flatMap((node) => reviewOf(node, url, dates));
}

/** The first element that holds a property of the review itself, not of what stands within it. */
function propIn(review: TreeElement, ...names: readonly string[]): TreeElement | undefined {
  const all = [...descendants(review)];
  return names
    .map((name) => all.find(({ attribs }) => attribs.itemprop?.split(/\s+/).includes(name)))
    .find((element) => element !== undefined);
}

function propWord(review: TreeElement | undefined, ...names: readonly string[]): string | undefined {
  const element = review && propIn(review, ...names);
  const word = element?.attribs.content ?? lineOf(element);
  return word.trim() || undefined;
}

function microReview(element: TreeElement, url: string, dates: DateContext): Review[] {
  const text = textOf(propIn(element, 'reviewBody', 'description'));
  if (text === '') return [];
  const date = propIn(element, 'datePublished', 'dateCreated');
  const author = propIn(element, 'author');
  const rating = propIn(element, 'reviewRating');
  const link = propIn(element, 'url');
  const review = known({
    id: element.attribs.id,
    url: cleanAddress(link?.attribs.href ?? link?.attribs.content, url),
    title: propWord(element, 'headline') ?? titleIn(element),
    author: propWord(author, 'name') ?? (author && (author.attribs.content ?? lineOf(author))),
    publishedAt: date && readStamp(date, dates),
    rating: ratingOf(propWord(rating, 'ratingValue'), propWord(rating, 'bestRating')),
    about: propWord(propIn(element, 'itemReviewed'), 'name'),
  });
  return [{ ...review, text }];
}

/** `name` of the review: not the author's, nor that of what is reviewed. */
function titleIn(review: TreeElement): string | undefined {
  const own = [...review.children].filter((child): child is TreeElement => 'attribs' in child);
  for (const child of own) {
    if (child.attribs.itemprop === 'name') return child.attribs.content ?? lineOf(child);
    if (child.attribs.itemscope !== undefined) continue;
    const inner = titleIn(child);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function readMicrodata($: CheerioAPI, url: string, dates: DateContext): Review[] {
  const reviews = $<TreeElement, string>('[itemtype$="schema.org/Review"]').toArray();
  return outermost(reviews)
    .slice(0, MAX_REVIEWS)
    .flatMap((element) => microReview(element, url, dates));
}

/**
 * The schema.org reviews of a page: JSON-LD or microdata, whichever says more.
 * @throws PermanentError `broken-page` when it is sized or nested like no page is
 */
export function readReviews(html: string, url: string, dates: DateContext): Review[] {
  const $ = loadTree(html, { limits: THREAD_LIMITS });
  const spoken = readJsonLd($, url, dates);
  const marked = readMicrodata($, url, dates);
  return marked.length > spoken.length ? marked : spoken;
}

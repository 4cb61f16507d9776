import { errorMessage } from '../lib/errors.ts';
import type { DateContext } from './dates.ts';
import { type Review, readReviews } from './reviews.ts';
import { fieldsIn, itemOf, itemsIn, readSelectedList, readSelectedPage } from './selectors.ts';
import { wordsOf } from './selectors-pick.ts';
import type { SelectorField, SelectorSettings } from './selectors-settings.ts';

/** How one field does over all items of a page. */
export interface FieldReport {
  field: SelectorField;
  /** Items in which the field says something that can be used: for a date, one that can be read. */
  filled: number;
  /** The first thing found, cut to 200 characters. */
  example?: string;
  /** In words, with what to do. */
  problem?: string;
}

/** What a page would bring under the given settings: nothing is thrown, everything is said. */
export interface SelectorPreview {
  /** The first twenty. */
  items: Review[];
  /** Items found on the page, those without words included. */
  found: number;
  /** `on: page`: the first hundred addresses that would be read. */
  links: string[];
  next?: string;
  fields: FieldReport[];
  /** What is wrong with the whole, in words. */
  problems: string[];
}

const SHOWN = 20;
const EXAMPLE_CHARS = 200;
const USED: Record<SelectorField, keyof Review> = {
  title: 'title',
  text: 'text',
  author: 'author',
  profile: 'profileUrl',
  date: 'publishedAt',
  id: 'id',
  rating: 'rating',
  permalink: 'url',
};

function problemOf(field: SelectorField, total: number, matched: number, filled: number): string | undefined {
  if (total === 0) return undefined;
  if (matched === 0) return 'the selector finds nothing in any item';
  if (filled === 0 && field === 'date') return 'what it finds cannot be read as a date';
  if (filled === 0) return 'what it finds is empty';
  if (field === 'text' && filled < total) return `${total - filled} of ${total} items have no text`;
  return undefined;
}

interface Sample {
  found: ReturnType<typeof fieldsIn>;
  item: Review | undefined;
}

function reportOf(field: SelectorField, samples: readonly Sample[]): FieldReport {
  const words = samples.map(({ found }) => found[field]?.map(wordsOf).find((text) => text !== ''));
  const matched = samples.filter(({ found }) => (found[field]?.length ?? 0) > 0).length;
  const filled = samples.filter(
    ({ item }) => item?.[USED[field]] !== undefined && item[USED[field]] !== '',
  ).length;
  const example = words.find((text) => text !== undefined)?.slice(0, EXAMPLE_CHARS);
  const problem = problemOf(field, samples.length, matched, filled);
  return {
    field,
    filled,
    ...(example === undefined ? {} : { example }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function previewReviews(html: string, url: string, dates: DateContext): SelectorPreview {
  const items = readReviews(html, url, dates);
  const problem = 'the page names no schema.org reviews: say where an item stands in list.item';
  return {
    items: items.slice(0, SHOWN),
    found: items.length,
    links: [],
    fields: [],
    problems: items.length === 0 ? [problem] : [],
  };
}

function previewPage(
  html: string,
  url: string,
  settings: SelectorSettings,
  dates: DateContext,
): SelectorPreview {
  const { links, next } = readSelectedList(html, url, settings, dates);
  const item = links.length > 0 ? undefined : readSelectedPage(html, url, settings, dates);
  return {
    items: item ? [item] : [],
    found: item ? 1 : links.length,
    links: links.slice(0, 100),
    ...(next === undefined ? {} : { next }),
    fields: [],
    problems:
      item || links.length > 0 ? [] : ['neither links to items nor an item of its own are on the page'],
  };
}

function previewList(
  html: string,
  url: string,
  settings: SelectorSettings,
  dates: DateContext,
): SelectorPreview {
  const samples = itemsIn(html, settings).map((element): Sample => {
    const found = fieldsIn(element, settings);
    return { found, item: itemOf(found, url, dates) };
  });
  const { next } = readSelectedList(html, url, settings, dates);
  const items = samples.flatMap(({ item }) => (item ? [item] : []));
  return {
    items: items.slice(0, SHOWN),
    found: samples.length,
    links: [],
    ...(next === undefined ? {} : { next }),
    fields: (Object.keys(settings.fields) as SelectorField[]).map((field) => reportOf(field, samples)),
    problems: samples.length === 0 ? ['list.item finds nothing on the page'] : [],
  };
}

/** What these settings would read from this page, for showing while they are being written. Pure; never throws. */
export function previewSelectors(
  html: string,
  url: string,
  settings: SelectorSettings,
  dates: DateContext,
): SelectorPreview {
  try {
    if (settings.on === 'page') return previewPage(html, url, settings, dates);
    if (settings.list.item === undefined) return previewReviews(html, url, dates);
    return previewList(html, url, settings, dates);
  } catch (error) {
    return { items: [], found: 0, links: [], fields: [], problems: [errorMessage(error)] };
  }
}

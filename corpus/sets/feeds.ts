import { type Feed, type FeedHints, parseFeed } from '../../src/extract/feed.ts';
import { decodeText } from '../../src/fetch/charset.ts';
import { type CorpusRow, type CorpusSet, readCases } from '../set.ts';
import { level } from './level.ts';
import { unsafePart } from './unsafe.ts';

interface Check {
  path: string;
  mode: string;
  equals?: unknown;
  urls?: string[];
}

interface FeedCase {
  id: string;
  group: string;
  url: string;
  contentType: string | null;
  headers?: Record<string, string>;
  body?: string;
  bodyB64?: string;
  checks: Check[];
}

interface Reading {
  feed: Feed;
  encoding: string;
}

type Values = readonly (string | number | undefined)[];

function people(authors: Feed['authors'], path: string): Values {
  const [first = '', second] = path.split('.');
  const person = authors[second === undefined ? 0 : Number(first)];
  // Miniflux has one line for all authors.
  if (first === 'name') return [person?.name, authors.map(({ name, email }) => name ?? email).join(', ')];
  return [person?.[(second ?? first) as 'name' | 'email' | 'url']];
}

function entryValues(item: Feed['items'][number], path: string): Values {
  const [field = '', at = '', part = ''] = path.split('.');
  switch (field) {
    case 'title':
      return [item.title, item.titleHtml];
    case 'link':
      return [item.url];
    case 'body':
      return [item.html, item.text, item.summary];
    case 'date':
      return [item.publishedAt?.toISOString(), item.updatedAt?.toISOString()];
    case 'author':
      return people(item.authors, at);
    case 'authors':
      return people(item.authors, `${at}.${part}`);
    case 'categories':
      return at === '#len' ? [item.categories.length] : [item.categories[Number(at)]];
    case 'enclosures':
      return at === '#len'
        ? [item.enclosures.length]
        : [item.enclosures[Number(at)]?.[part as 'url' | 'type' | 'length']];
    case 'comments':
      return [item.commentsUrl];
    default:
      return [item[field as 'id' | 'image' | 'language']];
  }
}

function feedValues(feed: Feed, path: string): Values {
  const [field = '', at = ''] = path.split('.');
  switch (field) {
    case 'title':
      return [feed.title, feed.titleHtml];
    case 'description':
      return [feed.description, feed.descriptionHtml];
    case 'rights':
      return [feed.rights, feed.rightsHtml];
    case 'date':
      return [feed.updatedAt?.toISOString()];
    case 'author':
      return people(feed.authors, at);
    case 'categories':
      return at === '#len' ? [feed.categories.length] : [feed.categories[Number(at)]];
    default:
      return [feed[field as 'link' | 'id' | 'language' | 'image']];
  }
}

function valuesAt({ feed, encoding }: Reading, path: string): Values {
  if (path === 'encoding') return [encoding];
  const [head = '', ...rest] = path.split('.');
  if (head === 'feed') return feedValues(feed, rest.join('.'));
  const [at = '', ...inner] = rest;
  if (at === '#len') return [feed.items.length];
  const item = feed.items[Number(at)];
  return item === undefined ? [] : entryValues(item, inner.join('.'));
}

const CHARSET_ALIASES: Record<string, string> = {
  ascii: 'us-ascii',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  latin1: 'iso-8859-1',
};

function charset(label: string): string {
  const name = label.toLowerCase();
  return CHARSET_ALIASES[name] ?? name;
}

function sameUrl(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return one.trim() === other.trim();
  return new URL(one).href === new URL(other).href;
}

const COMPARE: Record<string, (value: string, check: Check) => boolean> = {
  text: (value, { equals }) => level(value) === level(String(equals)),
  url: (value, { equals }) => sameUrl(value, String(equals)),
  date: (value, { equals }) =>
    Math.floor(Date.parse(value) / 1000) === Math.floor(Date.parse(String(equals)) / 1000),
  exact: (value, { equals }) => value === String(equals),
  'exact-ci': (value, { equals }) => value.toLowerCase() === String(equals).toLowerCase(),
  charset: (value, { equals }) => charset(value) === charset(String(equals)),
  'at-least': (value, { equals }) => Number(value) >= Number(equals),
  'html-urls': (value, { urls = [] }) => urls.every((url) => value.includes(url)),
  'safe-html': (value, { equals }) =>
    unsafePart(value, false) === undefined && level(value) === level(String(equals)),
};

function holds(reading: Reading, check: Check): boolean {
  if (check.mode === 'no-throw') return true;
  const values = valuesAt(reading, check.path).map((value) => (value === undefined ? '' : String(value)));
  if (check.mode === 'safe-html' && values.some((value) => unsafePart(value, false) !== undefined))
    return false;
  return values.some((value) => COMPARE[check.mode]?.(value, check) ?? false);
}

async function read(one: FeedCase): Promise<Reading> {
  const bytes = one.bodyB64 === undefined ? Buffer.from(one.body ?? '') : Buffer.from(one.bodyB64, 'base64');
  const type = one.contentType ?? '';
  const { text, charset: encoding } = decodeText(bytes, type);
  const headers = one.headers ?? {};
  const hints: FeedHints = { location: headers['content-location'], language: headers['content-language'] };
  return { feed: await parseFeed(text, type.split(';')[0] ?? '', one.url, new Date(), hints), encoding };
}

class Tally {
  passed = 0;
  all = 0;

  add(isPassed: boolean): void {
    this.all += 1;
    if (isPassed) this.passed += 1;
  }

  row(measure: string, must: number, aim?: number): CorpusRow {
    const detail = `${this.passed} of ${this.all}`;
    return { measure, value: this.passed / this.all, must, ...(aim === undefined ? {} : { aim }), detail };
  }
}

/** Documents of the test suites of feedparser, gofeed, Miniflux and the W3C's validator. */
export const feeds: CorpusSet = {
  name: 'feeds',
  async run(folder, explain) {
    const [all, fields, survived, safe] = [new Tally(), new Tally(), new Tally(), new Tally()];
    for (const one of readCases<FeedCase>(folder, 'cases/feeds.jsonl.gz')) {
      const reading = await read(one).catch((error: Error) => error);
      const failed =
        reading instanceof Error ? one.checks : one.checks.filter((check) => !holds(reading, check));
      all.add(failed.length === 0);
      survived.add(!(reading instanceof Error));
      if (/^(?:gofeed|miniflux)/.test(one.group)) fields.add(failed.length === 0);
      if (one.checks.some(({ mode }) => mode === 'safe-html')) safe.add(failed.length === 0);
      for (const check of failed) {
        const got = reading instanceof Error ? reading.message : valuesAt(reading, check.path);
        explain(
          `${one.id} ${check.path} ${check.mode} wants ${JSON.stringify(check.urls ?? check.equals)} got ${JSON.stringify(got)}`,
        );
      }
    }
    return [
      all.row('feeds: documents read as expected', 0.95, 0.975),
      fields.row('feeds: documents of the gofeed and miniflux groups', 0.88, 0.95),
      survived.row('feeds: survived', 1),
      safe.row('feeds: unsafe markup removed, text kept', 1),
    ];
  },
};

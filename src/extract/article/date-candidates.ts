import { readDate } from '../dates.ts';
import { type DateHabits, readWrittenDate, type WrittenDate } from './day-text.ts';
import { attribute, type DomDocument, type DomElement, type DomNode, flatText, TEXT } from './dom.ts';
import { articleNodes, asText, type JsonObject } from './json-ld.ts';

/** Where a date stands on a page: what it is worth as the day of first publication is in the table of votes. */
export type DateSource =
  | 'json-ld'
  | 'meta'
  | 'microdata'
  | 'h-entry'
  | 'address'
  | 'time-marked'
  | 'time'
  | 'byline'
  | 'text'
  | 'weak-meta'
  | 'modified'
  | 'beside'
  | 'script';

export interface DateCandidate extends WrittenDate {
  source: DateSource;
}

/** Relative to the moment at which the page was read. */
const RELATIVE = /^.{0,30}(?:\bago\b|назад|вчера|сегодня|yesterday).{0,20}$/i;

type Put = (source: DateSource, text: string | undefined) => void;

const META =
  /^(?:article:published(?:_time|_date)?|article\.published|article_date_original|article\.created|og:(?:article:)?published_time|og:pubdate|og:publish_date|pubdate|publishdate|publish[-_. ]?date|publish[-_.]time|published[-_]?(?:date|time|at)?|publication[-_]?date|date[-_]?published|datepublished|date_published|original-publish-date|originalpublicationdate|sailthru\.date|parsely-pub-date|cxenseparse:recs:publishtime|vr:published_time|rnews:datepublished|dc\.date\.issued|dcterms\.issued|dcterms\.created|dc\.date\.created|dc\.created|dc\.issued|citation_publication_date|citation_online_date|bt:pubdate|shareaholic:article_published_time|ptime|pdate|news:published|displaydate|release_date|article:post_date|date\.release|prism\.publicationdate|created|datecreated|date_created|creation_date|video:release_date|analyticsattributes\.articledate|dcsext\.articlefirstpublished|mediator_published_time|cse_published|iso-8601-publish-date|gentime|timestamp|last-published|lr_date|artpubdate)$/;
const WEAK_META =
  /^(?:date|dc\.date|dcterms\.date|dc\.terms\.date|dc\.date\.x-metadatalastmodified|eprints\.date|item:date|page-date|og:date|article\.date|content_date|time|pagedate|search\.date)$/;
const MODIFIED_META =
  /^(?:article:modified(?:_time)?|article:modified_date|og:updated_time|og:modified_time|og:article:modified_time|lastmod|last-modified|last_modified|modified|datemodified|date_modified|dcterms\.modified|dc\.date\.modified|dc\.modified|revised|updated|revision_date|utime|article:updated_time|parsely-updated|moddate)$/;

function fromMeta(document: DomDocument, put: Put): void {
  for (const meta of document.querySelectorAll('meta')) {
    const name = (
      attribute(meta, 'property') ??
      attribute(meta, 'name') ??
      attribute(meta, 'http-equiv') ??
      ''
    ).toLowerCase();
    const content = attribute(meta, 'content');
    if (META.test(name)) put('meta', content);
    else if (WEAK_META.test(name)) put('weak-meta', content);
    else if (MODIFIED_META.test(name)) put('modified', content);
  }
}

function fromJsonLd(nodes: readonly JsonObject[], put: Put): void {
  for (const node of articleNodes(nodes)) {
    put('json-ld', asText(node.datePublished) ?? asText(node.dateCreated) ?? asText(node.uploadDate));
    put('modified', asText(node.dateModified));
  }
}

function machineValue(element: DomElement): string | undefined {
  return (
    attribute(element, 'content') ??
    attribute(element, 'datetime') ??
    attribute(element, 'data-datetime') ??
    attribute(element, 'title') ??
    (flatText(element) || undefined)
  );
}

/** Elements whose dates are those of other articles or of comments. */
const ELSEWHERE =
  'aside, footer, nav, [class*=comment], [id*=comment], [class*=related], [class*=sidebar], [id*=sidebar], [class*=widget], [class*=recommend], [class*=teaser], [class*=latest], [class*=popular]';

/** A block with more than this part of the page's text is the article, whatever its name: blogs of one widget. */
const MAX_SHARE = 0.5;

/** A date beside the article may be its own, if the page has no other; one among comments or other articles never is. */
const OTHERS =
  'footer, nav, [class*=comment], [id*=comment], [class*=related], [class*=recommend], [class*=teaser], [class*=latest], [class*=popular], [class*=recent]';

function isOfOthers(element: DomElement): boolean {
  return element.closest(OTHERS) !== null;
}

/** Asked of the same blocks again and again. */
const verdicts = new WeakMap<DomElement, boolean>();

function isBeside(block: DomElement): boolean {
  if (block.localName === 'body' || block.localName === 'html') return false;
  if (block.querySelector('h1, .hentry, .hfeed') !== null) return false;
  const whole = block.closest('body')?.textContent?.length ?? 0;
  return (block.textContent?.length ?? 0) < whole * MAX_SHARE;
}

function isElsewhere(element: DomElement): boolean {
  const near = element.closest(ELSEWHERE);
  if (near === null) return false;
  const verdict = verdicts.get(near) ?? isBeside(near);
  verdicts.set(near, verdict);
  return verdict;
}

const MAX_ELEMENTS = 200;

/** The first that a selector finds: hostile pages have thousands, and no page has its date in the last. */
function some(document: DomDocument, selector: string): DomElement[] {
  return [...document.querySelectorAll(selector)].slice(0, MAX_ELEMENTS);
}

const MODIFIED_NAME = /updat|modif|revis|edited|aktualis|обнов|измен/i;
const SAYS_PUBLISHED = /publi|posted|erstellt|опубл|veröff/i;
const PUBLISHED_NAME = /publi|creat|entry-date|post-?date|posted|pubdate|article-?date|издан|опубл/i;

function nameOf(element: DomElement): string {
  return `${String(element.className)} ${element.id} ${element.getAttribute('itemprop') ?? ''}`;
}

function fromMarkup(document: DomDocument, put: Put): void {
  for (const element of some(
    document,
    '[itemprop~=datePublished], [itemprop~=dateCreated], [property="datePublished"], [property="schema:datePublished"]',
  ))
    if (!isElsewhere(element)) put('microdata', machineValue(element));
  for (const element of some(document, '[itemprop~=dateModified]')) put('modified', machineValue(element));
  for (const element of some(document, '.dt-published, .published, abbr.published, time[pubdate]'))
    if (!isElsewhere(element)) put('h-entry', machineValue(element));
}

function fromTimes(document: DomDocument, put: Put): void {
  for (const time of some(document, 'time')) {
    if (isElsewhere(time)) {
      if (!isOfOthers(time)) put('beside', machineValue(time));
      continue;
    }
    const names = `${nameOf(time)} ${time.parentElement ? nameOf(time.parentElement) : ''}`;
    const lead = flatText(time.parentElement).slice(0, 60);
    const value = attribute(time, 'datetime') ?? flatText(time);
    if (MODIFIED_NAME.test(names) && !PUBLISHED_NAME.test(names)) put('modified', value);
    else if (MODIFIED_NAME.test(lead) && !PUBLISHED_NAME.test(lead)) put('modified', value);
    else put(PUBLISHED_NAME.test(names) ? 'time-marked' : 'time', value);
  }
}

const DATE_NAMED =
  '[class*=date], [class*=Date], [id*=date], [class*=time], [class*=Time], [class*=publi], [class*=posted], [class*=byline], [class*=meta], [class*=Meta], [class*=datum], [class*=fecha], [class*=info], [class*=author], [class*=created], [class*=stamp], [class*=details], [class*=dateline], [class*=submitted]';
const MAX_BYLINE = 250;
const MAX_BYLINES = 60;

function fromBylines(document: DomDocument, put: Put): void {
  let seen = 0;
  for (const element of some(document, DATE_NAMED)) {
    if (seen >= MAX_BYLINES) return;
    const text = flatText(element);
    if (text === '' || text.length > MAX_BYLINE || element.localName === 'meta' || isElsewhere(element))
      continue;
    seen += 1;
    const isModified = MODIFIED_NAME.test(text.slice(0, 40)) && !SAYS_PUBLISHED.test(text);
    put(isModified ? 'modified' : 'byline', text);
  }
}

const ADDRESS =
  /\/((?:19|20)\d{2})[-/_.]?(\d{2})[-/_.]?(\d{2})(?=\D|$)|\D((?:19|20)\d{2})[-_](\d{2})[-_](\d{2})(?=\D|$)/;

function fromAddress(url: string, put: Put): void {
  const found = ADDRESS.exec(url.slice(8));
  if (!found) return;
  const [year, month, day] = [found[1] ?? found[4], found[2] ?? found[5], found[3] ?? found[6]];
  put('address', `${year}-${month}-${day}`);
}

/** Dates in running text near the title, without a name that says so. */
function fromText(document: DomDocument, put: Put): void {
  const title = document.querySelector('h1') ?? document.querySelector('h2');
  let block: DomElement | null = title;
  for (let up = 0; block && up < 4; up += 1) {
    const text = flatText(block);
    const at = Math.max(0, text.indexOf(flatText(title)));
    put('text', text.slice(at, at + flatText(title).length + 200));
    block = block.parentElement;
  }
}

const SMALL_BLOCKS = 'p, span, div, h2, h3, h4, li, td, em, i, b, strong, small, font, center';
const MAX_SMALL = 80;
/** «27.1.2022 – The news is …»: a date that opens a paragraph is that of the text. */
const MAX_BLOCKS = 3000;

function ownLine(node: DomNode | null): string {
  return node?.nodeType === TEXT ? (node.textContent ?? '').replace(/\s+/g, ' ').trim() : '';
}

/** Short texts that are hardly more than a date, anywhere in the article, and words that say "published". */
function fromSmallBlocks(document: DomDocument, put: Put): void {
  let seen = 0;
  for (const element of document.querySelectorAll(SMALL_BLOCKS)) {
    seen += 1;
    if (seen > MAX_BLOCKS) return;
    const text = ownLine(element.firstChild) || ownLine(element.lastChild);
    const isOpening =
      /^\D{0,24}\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|^(?:\p{L}{2,10}, )?\d{1,2}\.? \p{L}{3,12} \d{4}\b/u.test(
        text,
      );
    if (!isOpening && text.length > MAX_SMALL) continue;
    if (!/\d{4}|\d\.\d{1,2}\.\d\d/.test(text) || /©|copyright/i.test(text)) continue;
    const isModified = MODIFIED_NAME.test(text) && !SAYS_PUBLISHED.test(text);
    const source = isModified ? 'modified' : 'text';
    if (!isElsewhere(element)) put(source, text.slice(0, 120));
    else if (!isOfOthers(element)) put('beside', text.slice(0, 120));
  }
}

const SCRIPTED =
  /["']?(?:date_?published|published_?(?:at|date|time|on)|publish(?:ed)?_?date(?:time)?|publication_?date|pub_?date|first_?published(?:_?at|_?date)?|datePublishedArticle|article_?date|post_?date|date_?created|created_?at)["']?\s*[:=,]\s*["']([^"'<>]{8,40})["']/gi;
const MAX_SCRIPTED = 5;

/** Dates in the data that the page's scripts work with. */
function fromScripts(document: DomDocument, put: Put): void {
  let seen = 0;
  for (const script of document.querySelectorAll('script:not([src])')) {
    for (const [, value] of (script.textContent ?? '').slice(0, 500_000).matchAll(SCRIPTED)) {
      if (seen >= MAX_SCRIPTED) return;
      seen += 1;
      put('script', value);
    }
  }
}

function fromDescription(document: DomDocument, put: Put): void {
  put('text', attribute(document.querySelector('meta[name="description"]'), 'content')?.slice(0, 100));
}

/** When the page's data and what it shows agree, reading all its small print (half the time) cannot change the vote. */
function isSettled(candidates: readonly DateCandidate[]): boolean {
  const told = candidates.find(({ source }) => source === 'json-ld' || source === 'meta');
  const shown = candidates.find(
    ({ source }) => source === 'address' || source === 'time' || source === 'time-marked',
  );
  return told !== undefined && told.day === shown?.day;
}

/** Every date of the page that may be the day of its publication, and where it stands. */
export function dateCandidates(
  document: DomDocument,
  jsonLd: readonly JsonObject[],
  url: string,
  habits: DateHabits,
): DateCandidate[] {
  const candidates: DateCandidate[] = [];
  const put: Put = (source, text) => {
    if (text === undefined || !/\d/.test(text)) return;
    const written = readWrittenDate(text, habits);
    if (written) candidates.push({ ...written, source });
    else if (source === 'byline' && RELATIVE.test(text)) putRelative(text, source, candidates, habits);
  };
  fromJsonLd(jsonLd, put);
  fromMeta(document, put);
  fromMarkup(document, put);
  fromAddress(url, put);
  fromTimes(document, put);
  if (isSettled(candidates)) return candidates;
  fromBylines(document, put);
  fromText(document, put);
  fromSmallBlocks(document, put);
  fromScripts(document, put);
  fromDescription(document, put);
  return candidates;
}

/** «вчера в 12:30», "2 hours ago". */
function putRelative(
  text: string,
  source: DateSource,
  candidates: DateCandidate[],
  habits: DateHabits,
): void {
  const at = readDate(text, habits);
  if (at)
    candidates.push({
      source,
      at,
      hasTime: true,
      day: new Date(at.getTime() + habits.zone * 60_000).toISOString().slice(0, 10),
    });
}

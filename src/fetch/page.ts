import { errorCode, PermanentError, RetryLaterError } from '../lib/errors.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import type {
  Clock,
  Http,
  HttpRequest,
  HttpResponse,
  NoScreenshot,
  Page,
  PageOriginal,
  Validators,
} from '../model/ports.ts';
import type { BrowserUse } from '../model/source.ts';
import type { PageBrowser } from './browser.ts';
import { decodeText } from './charset.ts';
import type { CookieJar } from './cookies.ts';
import { isEmptyShell } from './empty-shell.ts';
import type { Politeness } from './politeness.ts';
import { followRedirects } from './redirects.ts';
import type { Robots } from './robots.ts';
import { parseWebAddress } from './target.ts';

export interface PageFetcherOptions {
  http: Http;
  robots: Robots;
  politeness: Politeness;
  clock: Clock;
  /** Redirects followed, each asked of robots.txt and given its turn; default 5. */
  maxRedirects?: number;
  /** For pages that are empty until their programs have run; without one they are taken as they come. */
  browser?: PageBrowser | undefined;
}

/** On whose behalf a page is fetched. */
export interface Visitor {
  signal: AbortSignal;
  /** Default `auto`: when the page is an empty shell. */
  browser?: BrowserUse;
  cookies?: CookieJar | undefined;
  /** The answer is wanted as it came, with a picture of how it looks. */
  isForEvidence?: boolean;
}

/** As `CrawlContext.fetch`, on behalf of a visitor. */
export type FetchPage = (
  url: string,
  validators: Validators | undefined,
  visitor: Visitor,
) => Promise<Page | null>;

const ACCEPT =
  'text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

function requestHeaders(validators: Validators | undefined): Record<string, string> {
  const headers: Record<string, string> = { accept: ACCEPT, 'accept-language': 'ru, en;q=0.8' };
  if (validators?.etag) headers['if-none-match'] = validators.etag;
  if (validators?.lastModified) headers['if-modified-since'] = validators.lastModified;
  return headers;
}

/** Servers refuse questions with long headers, their own validators included. */
const MAX_VALIDATOR = 1000;

function usable(value: string | undefined): string | undefined {
  return value !== undefined && value.length <= MAX_VALIDATOR ? value : undefined;
}

/** Where the server gives nothing to ask by, the time of its answer is as good (RFC 9110, 13.1.3). */
function validatorsOf(headers: Record<string, string>): Validators {
  const etag = usable(headers.etag);
  const lastModified = usable(headers['last-modified']) ?? (etag ? undefined : usable(headers.date));
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** The server's own clock, by which its dates are to be read. */
function serverTime(headers: Record<string, string>, now: Date): Date {
  const told = new Date(headers.date ?? '');
  return Number.isNaN(told.getTime()) ? now : told;
}

const RETRY_STATUSES = new Set([408, 425, 429]);

const ADVICE: Record<number, string> = {
  401: 'it wants a login, which is not supported',
  403: 'the server refuses us: ask its owner, or choose a public address',
  404: 'there is nothing at this address: check it',
  410: 'the page is gone for good: remove the source',
};

/** @throws RetryLaterError for 408, 425, 429 and 5xx; PermanentError for what else is not 2xx */
function checkStatus(response: HttpResponse, delayMs: number | undefined): void {
  const { status } = response;
  if (status >= 200 && status < 300) return;
  const { host } = new URL(response.url);
  if (status >= 500 || RETRY_STATUSES.has(status)) {
    throw new RetryLaterError(
      `http-${status}`,
      `${host} answered with status ${status}: it is tried again later.`,
      { delayMs },
    );
  }
  throw new PermanentError(
    `http-${status}`,
    `${host} answered with status ${status}: ${ADVICE[status] ?? 'check the address'}.`,
  );
}

const FRESHEST_MS = 24 * 3_600_000;

/** RFC 9111: `max-age` less the time that the answer has spent in caches. Private and shared caches are one to us. */
function freshness(headers: Record<string, string>): number | undefined {
  const control = headers['cache-control'] ?? '';
  const seconds = /(?:^|[\s,])max-age="?(\d{1,9})/i.exec(control)?.[1];
  if (seconds === undefined || /no-(?:cache|store)/i.test(control)) return undefined;
  const age = Number(headers.age ?? 0) || 0;
  return Math.min(FRESHEST_MS, Math.max(0, Number(seconds) - age) * 1000);
}

function asPage(response: HttpResponse): Page {
  const header = response.headers['content-type'] ?? '';
  const { text, charset } = decodeText(response.body, header);
  const freshMs = freshness(response.headers);
  return {
    url: response.url,
    ...(response.movedTo === undefined ? {} : { movedTo: response.movedTo }),
    contentType: (header.split(';')[0] ?? '').trim().toLowerCase(),
    text,
    charset,
    validators: validatorsOf(response.headers),
    ...(freshMs === undefined ? {} : { freshMs }),
  };
}

function isHtml({ contentType }: Page): boolean {
  return contentType === '' || contentType === 'text/html' || contentType === 'application/xhtml+xml';
}

function needsBrowser(page: Page, use: BrowserUse): boolean {
  return isHtml(page) && use !== 'never' && (use === 'always' || isEmptyShell(page.text));
}

/** Why no picture can be taken; null: one can. */
function pictureless(page: Page, use: BrowserUse, hasBrowser: boolean): NoScreenshot['why'] | null {
  if (!hasBrowser) return 'off';
  if (use === 'never') return 'never';
  return isHtml(page) ? null : 'not-html';
}

/** The place of the page that the address names. */
function placeOf(url: string): string {
  const name = URL.canParse(url) ? new URL(url).hash.slice(1) : '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Most requests leave as they are: to copy one costs more than all that is decided about it. */
function asSent(request: HttpRequest, url: string, cookie: string | undefined): HttpRequest {
  if (url === request.url && cookie === undefined) return request;
  return { ...request, url, headers: { ...request.headers, ...(cookie ? { cookie } : {}) } };
}

export function createPageFetcher(options: PageFetcherOptions): FetchPage {
  const { http, robots, politeness, clock, maxRedirects = 5, browser } = options;

  /** One hop: redirects are ours to follow, because the next host has its own rules and its own queue. */
  async function politeHop(request: HttpRequest, cookies: CookieJar | undefined): Promise<HttpResponse> {
    const { signal } = request;
    parseWebAddress(request.url);
    const minDelayMs = await robots.check(request.url, signal);
    const url = robots.cleaned(request.url);
    const response = await politeness.run(url, () => http.send(asSent(request, url, cookies?.header(url))), {
      minDelayMs,
      signal,
    });
    if (response.setCookies) cookies?.store(response.url, response.setCookies);
    return response;
  }

  /**
   * The page as a reader sees it. Its validators speak of the shell: they are kept only when everything shown came with it,
   * because data that it asks for can change while the shell stays as it is.
   */
  async function render(page: Page, visitor: Visitor, shower: PageBrowser): Promise<Page> {
    const { signal, cookies } = visitor;
    const shown = await shower.render({ url: page.url, html: page.text, cookies, signal });
    const validators = shown.isSelfContained ? page.validators : {};
    return { ...page, url: shown.url, text: shown.html, charset: 'utf-8', validators };
  }

  /** A page that cannot be shown is taken without a picture, and says why. */
  async function picture(page: Page, place: string, visitor: Visitor) {
    const { signal, cookies } = visitor;
    const why = pictureless(page, visitor.browser ?? 'auto', browser !== undefined);
    if (why !== null || !browser) return { why: why ?? 'off' };
    try {
      return await browser.render({ url: page.url, html: page.text, cookies, signal, pictureOf: place });
    } catch (error) {
      signal.throwIfAborted();
      return { why: errorCode(error) };
    }
  }

  async function asEvidence(
    page: Page,
    response: HttpResponse,
    url: string,
    visitor: Visitor,
  ): Promise<Page> {
    const shown = await picture(page, placeOf(url), visitor);
    const original = {
      status: response.status,
      contentType: response.headers['content-type'] ?? '',
      bytes: response.body,
    };
    if ('why' in shown) return { ...page, original: { ...original, screenshot: shown } };
    const screenshot = shown.picture ?? { why: 'picture-failed' };
    if (!needsBrowser(page, visitor.browser ?? 'auto'))
      return { ...page, original: { ...original, screenshot } };
    const whole: PageOriginal = { ...original, screenshot, rendered: shown.html };
    return { ...page, url: shown.url, text: shown.html, charset: 'utf-8', validators: {}, original: whole };
  }

  return async (url, validators, visitor) => {
    const { signal, cookies } = visitor;
    const request = { url, headers: requestHeaders(validators), maxRedirects: 0, signal };
    const response = await followRedirects(request, maxRedirects, (hop) => politeHop(hop, cookies));
    if (response.status === 304 && (validators?.etag || validators?.lastModified)) return null;
    const delayMs = retryAfterMs(response.headers['retry-after'], serverTime(response.headers, clock.now()));
    if (delayMs !== undefined && response.status >= 400) politeness.pause(response.url, delayMs);
    checkStatus(response, delayMs);
    const page = asPage(response);
    if (visitor.isForEvidence) return asEvidence(page, response, url, visitor);
    return browser && needsBrowser(page, visitor.browser ?? 'auto') ? render(page, visitor, browser) : page;
  };
}

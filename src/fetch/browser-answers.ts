import type { BrowserContext, Request, Route } from 'playwright';
import { RefusedError } from '../lib/errors.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import type { Clock, Http, HttpRequest, HttpResponse } from '../model/ports.ts';
import { createJudge } from './browser-requests.ts';
import type { CookieJar } from './cookies.ts';
import type { Politeness } from './politeness.ts';
import { followRedirects } from './redirects.ts';
import type { Robots } from './robots.ts';

/** How a page's requests leave: the same guard, rules and queues as for any other fetch. */
export interface WayOut {
  http: Http;
  robots: Robots;
  politeness: Politeness;
  clock: Pick<Clock, 'now'>;
}

export interface PageLoad {
  url: string;
  html: string;
  cookies: CookieJar | undefined;
  signal: AbortSignal;
  /** Requests beyond the document. */
  maxRequests: number;
  /** Of all answers together, decoded. */
  maxBytes: number;
  /** Pictures, styles and fonts are wanted, too. */
  isForPicture?: boolean;
}

export interface Answering {
  /** Requests under way. */
  open(): number;
  /** Did the page ask for data or another document? Then its first answer alone does not say what it shows. */
  askedForMore(): boolean;
}

const MAX_PART_BYTES = 5 * 2 ** 20;
/** What a page needs to know of an answer. Its cookies are kept by us; its packing is undone. */
const PASSED_ON = /^(?:content-type|access-control-[a-z-]+|cross-origin-resource-policy)$/;
const SENT_ON = /^(?:accept|content-type|x-requested-with|x-csrf-token|authorization|origin|referer)$/;

function some(headers: Record<string, string>, pattern: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => pattern.test(name)));
}

function asSent(request: Request, cookie: string | undefined, signal: AbortSignal): HttpRequest {
  const body = request.postData();
  return {
    url: request.url().replace(/#.*$/s, ''),
    method: request.method() === 'POST' ? 'POST' : 'GET',
    headers: { ...some(request.headers(), SENT_ON), ...(cookie ? { cookie } : {}) },
    ...(body === null ? {} : { body }),
    maxBytes: MAX_PART_BYTES,
    signal,
  };
}

/** Answers every request of a page ourselves; the browser opens no connection. */
export async function answerRequests(
  context: BrowserContext,
  load: PageLoad,
  { http, robots, politeness, clock }: WayOut,
): Promise<Answering> {
  const judge = createJudge(load.url, load.html, { isForPicture: load.isForPicture === true });
  let isFirst = true;
  let open = 0;
  let asked = 0;
  let bytes = 0;
  let more = false;

  /** Parts of one page need not wait for one another, unless the site has asked for a pause between requests. */
  async function hop(request: HttpRequest, isDocument: boolean): Promise<HttpResponse> {
    const crawlDelayMs = await robots.check(request.url, load.signal);
    const send = () => http.send({ ...request, maxRedirects: 0 });
    politeness.refusePaused(request.url);
    const waits = isDocument || crawlDelayMs > 0;
    const response = waits
      ? await politeness.run(request.url, send, { minDelayMs: crawlDelayMs, signal: load.signal })
      : await send();
    load.cookies?.store(response.url, response.setCookies ?? []);
    const delayMs = retryAfterMs(response.headers['retry-after'], clock.now());
    if (delayMs !== undefined && response.status >= 400) politeness.pause(response.url, delayMs);
    return response;
  }

  async function answer(route: Route, request: Request): Promise<void> {
    const isMainFrame = request.frame().parentFrame() === null;
    const type = request.resourceType();
    if (isFirst && isMainFrame && type === 'document') {
      isFirst = false;
      return route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: load.html });
    }
    const body = request.postData();
    const verdict = judge({ url: request.url(), method: request.method(), type, isMainFrame, body });
    asked += verdict === 'refuse' ? 0 : 1;
    if (verdict === 'refuse' || asked > load.maxRequests || bytes > load.maxBytes) return route.abort();
    more ||= type === 'xhr' || type === 'fetch' || type === 'document';
    const cookie = await cookieHeader(context, request.url());
    const response = await followRedirects(asSent(request, cookie, load.signal), 5, (next) =>
      hop(next, verdict === 'document'),
    );
    bytes += response.body.length;
    return route.fulfill({
      status: response.status,
      headers: some(response.headers, PASSED_ON),
      body: Buffer.from(response.body),
    });
  }

  await context.routeWebSocket(/.*/, (socket) => void socket.close());
  await context.route('**/*', async (route, request) => {
    open += 1;
    try {
      await answer(route, request);
    } catch (error) {
      const reason = error instanceof RefusedError ? 'accessdenied' : 'failed';
      await route.abort(reason).catch(() => undefined);
    } finally {
      open -= 1;
    }
  });
  return { open: () => open, askedForMore: () => more };
}

/** Of what we brought and what the page's programs have set. */
async function cookieHeader(context: BrowserContext, url: string): Promise<string | undefined> {
  const cookies = await context.cookies(url);
  return cookies.length === 0 ? undefined : cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

import PQueue from 'p-queue';
import type { Browser, BrowserContext, Page } from 'playwright';
import { PermanentError, RetryLaterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { NoScreenshot, Screenshot } from '../model/ports.ts';
import { type Answering, answerRequests, type WayOut } from './browser-answers.ts';
import { createBrowserLife } from './browser-life.ts';
import { PICTURE_VIEW, takePicture } from './browser-picture.ts';
import type { CookieJar } from './cookies.ts';
import { isUnfilled } from './empty-shell.ts';

export interface BrowserOptions extends WayOut {
  userAgent: string;
  log?: Log;
  /** Otherwise PLAYWRIGHT_CHROMIUM_PATH, /usr/bin/chromium, the PATH, Playwright's own. */
  executablePath?: string;
  /** Pages at a time; default 2. */
  maxPages?: number;
  /** For one page, everything included; default 20 000. */
  timeoutMs?: number;
  /** Of the rendered page and of everything that it asks for; default 10 MiB. */
  maxBytes?: number;
  /** Of the browser's processes together; default 700 MB. */
  maxMemory?: number;
  /** Default 60 000. */
  idleMs?: number;
  /** After so many pages the browser is started anew; default 200. */
  pagesPerLife?: number;
  maxRequests?: number;
}

export interface RenderRequest {
  /** The address that answered with `html`. */
  url: string;
  html: string;
  cookies?: CookieJar | undefined;
  signal: AbortSignal;
  /** Take a picture as well; the place of the page that it must show, '' for its top. */
  pictureOf?: string | undefined;
}

export interface RenderedPage {
  url: string;
  html: string;
  /** Everything shown came with the page and its programs: while those stay the same, so does the page. */
  isSelfContained: boolean;
  /** Only when it was asked for. */
  picture?: Screenshot | NoScreenshot;
}

export interface PageBrowser {
  /**
   * @throws PermanentError `no-browser`, `render-failed` (it hung, crashed or became too large); RetryLaterError `browser-stopped`
   */
  render(request: RenderRequest): Promise<RenderedPage>;
  close(): Promise<void>;
}

/** Looks are made of many small parts. */
const MOST_REQUESTS_OF_PICTURE = 150;
const POLL_MS = 100;
/** Text that has not grown for so long, with nothing under way, is all there is. */
const QUIET_MS = 500;
/** A page that still says that it is loading is given longer. */
const EMPTY_MS = 6000;

const LENGTH_OF_TEXT = 'document.body ? document.body.innerText.length : 0';
/** Cut in the page: a string of a gigabyte would come over whole. */
const contentUpTo = (limit: number) =>
  `(() => { const html = document.documentElement.outerHTML; return html.length > ${limit} ? null : '<!DOCTYPE html>' + html; })()`;

async function openContext(browser: Browser, userAgent: string, cookies: CookieJar | undefined) {
  const context = await browser.newContext({
    userAgent,
    locale: 'ru-RU',
    acceptDownloads: false,
    serviceWorkers: 'block',
    permissions: [],
    viewport: PICTURE_VIEW,
  });
  const brought = (cookies?.all() ?? []).map(({ hostOnly, expires, domain, ...cookie }) => ({
    ...cookie,
    domain: hostOnly ? domain : `.${domain}`,
    expires: Number.isFinite(expires) ? expires / 1000 : -1,
  }));
  if (brought.length > 0) await context.addCookies(brought);
  return context;
}

/** Until nothing is under way and the text has stopped to grow, or the time is up. */
async function settle(page: Page, shell: string, answering: Answering, until: number): Promise<void> {
  const started = performance.now();
  let length = -1;
  let since = started;
  while (performance.now() < until) {
    const now = (await page.evaluate(LENGTH_OF_TEXT)) as number;
    if (now !== length || answering.open() > 0) since = performance.now();
    length = now;
    const isQuiet = performance.now() - since >= QUIET_MS;
    const isLate = performance.now() - started >= EMPTY_MS;
    if (isQuiet && (isLate || !isUnfilled(shell, await page.content()))) return;
    await page.waitForTimeout(POLL_MS);
  }
}

function failed(url: string, reason: string, cause?: unknown): PermanentError {
  const message = `${new URL(url).host} could not be shown in a browser (${reason}): set browser: never for this source if the page can be read without.`;
  return new PermanentError('render-failed', message, cause);
}

async function show(
  context: BrowserContext,
  request: RenderRequest,
  answering: Answering,
  limits: { timeoutMs: number; maxBytes: number },
): Promise<RenderedPage> {
  const until = performance.now() + limits.timeoutMs * 0.8;
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  context.on('page', (other) => void (other === page ? undefined : other.close().catch(() => undefined)));
  await page.goto(request.url, { waitUntil: 'domcontentloaded', timeout: limits.timeoutMs });
  await settle(page, request.html, answering, until);
  const html = (await page.evaluate(contentUpTo(limits.maxBytes))) as string | null;
  if (html === null) throw failed(request.url, 'it becomes too large');
  const shown = { url: page.url(), html, isSelfContained: !answering.askedForMore() };
  if (request.pictureOf === undefined) return shown;
  const browser = `Chromium ${context.browser()?.version() ?? ''}`.trim();
  const picture = await takePicture(page, request.pictureOf, browser).catch(() => ({
    why: 'picture-failed',
  }));
  return { ...shown, picture };
}

/** Rejects when the time is up or the caller stops: a page whose program never ends answers nothing any more. */
function timeIsUp(request: RenderRequest, ms: number): { promise: Promise<never>; release(): void } {
  let release = () => {};
  const promise = new Promise<never>((_, reject) => {
    const stop = () => reject(request.signal.reason);
    const timer = setTimeout(() => reject(failed(request.url, `it took longer than ${ms / 1000} s`)), ms);
    request.signal.addEventListener('abort', stop, { once: true });
    release = () => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', stop);
    };
  });
  return { promise, release };
}

/** Shows pages in one Chromium that is started when first needed and ended when idle; each page is alone in its context. */
export function createBrowser(options: BrowserOptions): PageBrowser {
  const { userAgent, maxPages = 2, timeoutMs = 20_000, maxBytes = 10 * 2 ** 20, maxRequests = 30 } = options;
  const life = createBrowserLife(options);
  const queue = new PQueue({ concurrency: maxPages });

  async function renderIn(browser: Browser, request: RenderRequest): Promise<RenderedPage> {
    const stop = new AbortController();
    const limit = timeIsUp(request, timeoutMs);
    const context = await openContext(browser, userAgent, request.cookies);
    try {
      const load = {
        ...request,
        cookies: request.cookies,
        signal: AbortSignal.any([request.signal, stop.signal]),
        maxRequests:
          request.pictureOf === undefined ? maxRequests : Math.max(maxRequests, MOST_REQUESTS_OF_PICTURE),
        maxBytes: request.pictureOf === undefined ? maxBytes : 2 * maxBytes,
        isForPicture: request.pictureOf !== undefined,
      };
      const answering = await answerRequests(context, load, options);
      const work = show(context, request, answering, { timeoutMs, maxBytes });
      work.catch(() => undefined);
      return await Promise.race([work, limit.promise]);
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof PermanentError) throw error;
      if (life.isOver(browser))
        throw new RetryLaterError('browser-stopped', 'The browser was ended while it showed the page.', {
          cause: error,
        });
      throw failed(request.url, 'its programs broke off', error);
    } finally {
      limit.release();
      stop.abort();
      await life.giveBack(browser, context);
    }
  }

  return {
    render: (request) =>
      queue.add(async () => {
        request.signal.throwIfAborted();
        return renderIn(await life.take(), request);
      }),
    close: () => {
      queue.clear();
      return life.close();
    },
  };
}

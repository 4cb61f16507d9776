import type { Clock, CrawlContext, Page } from '../model/ports.ts';

export interface PageDeskDeps {
  clock: Clock;
  fetchFor(signal: AbortSignal): CrawlContext['fetch'];
}

export interface PageDeskLimits {
  /** How long a page lies there after it was read. */
  keepMs: number;
  /** How long an address that could not be read is not asked again. */
  restMs: number;
  pages: number;
  /** Of all pages together. */
  chars: number;
}

const LIMITS: PageDeskLimits = { keepMs: 10 * 60_000, restMs: 20_000, pages: 40, chars: 24_000_000 };

export interface DeskPage {
  page: Page;
  readAt: Date;
}

interface Entry {
  readAt: Date;
  until: number;
  chars: number;
  page: Promise<Page>;
}

/** Pages that people are working on: each is asked of its site once, however often it is looked at. */
export interface PageDesk {
  /** `isNew`: read it again even if it lies there. @throws as fetching does */
  open(owner: string, url: string, signal: AbortSignal, isNew?: boolean): Promise<DeskPage>;
}

export function createPageDesk({ clock, fetchFor }: PageDeskDeps, limits: PageDeskLimits = LIMITS): PageDesk {
  const entries = new Map<string, Entry>();

  /** What is too old goes, and what has lain longest while there is too much. The last one stays. */
  function tidy(): void {
    const now = clock.now().getTime();
    for (const [key, { until }] of entries) if (until <= now) entries.delete(key);
    let chars = [...entries.values()].reduce((sum, entry) => sum + entry.chars, 0);
    for (const [key, entry] of entries) {
      if (entries.size <= 1 || (entries.size <= limits.pages && chars <= limits.chars)) return;
      entries.delete(key);
      chars -= entry.chars;
    }
  }

  async function fetchPage(url: string, signal: AbortSignal): Promise<Page> {
    const page = await fetchFor(signal)(url);
    if (!page) throw new Error('a page that was not asked for conditionally is always there');
    return page;
  }

  function put(key: string, url: string, signal: AbortSignal): Entry {
    const entry: Entry = {
      readAt: clock.now(),
      until: Number.POSITIVE_INFINITY,
      chars: 0,
      page: fetchPage(url, signal),
    };
    entries.delete(key);
    entries.set(key, entry);
    const settle = (chars: number, ms: number): void => {
      entry.chars = chars;
      entry.until = clock.now().getTime() + ms;
      tidy();
      // Nobody may come again to have it tidied away.
      setTimeout(tidy, ms + 1000).unref();
    };
    entry.page.then(
      ({ text }) => settle(text.length, limits.keepMs),
      () => settle(0, limits.restMs),
    );
    return entry;
  }

  return {
    open: async (owner, url, signal, isNew = false) => {
      tidy();
      const key = `${owner} ${url}`;
      const known = isNew ? undefined : entries.get(key);
      const entry = known ?? put(key, url, signal);
      return { page: await entry.page, readAt: entry.readAt };
    },
  };
}

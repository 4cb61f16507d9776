import type { z } from 'zod';
import type { CrawlBatch, CrawlContext, Crawler, CrawlSource, Page } from '../src/model/ports.ts';

/** A crawler with its own types of settings and state, as it is written. */
interface Definition<Settings, State> {
  kind: string;
  settings: z.ZodType<Settings>;
  /** Everything that earlier versions may have stored. What does not fit counts as a first visit. */
  state: z.ZodType<State>;
  detect(page: Page): number;
  crawl(visit: Visit<Settings, State>, ctx: CrawlContext): AsyncIterable<CrawlBatch<State>>;
}

export interface Visit<Settings, State> {
  url: string;
  settings: Settings;
  /** null on the first visit. */
  state: State | null;
}

/** A crawler as the registry holds it: settings come in as they are stored and are checked before each visit. */
export function defineCrawler<Settings, State>(definition: Definition<Settings, State>): Crawler {
  const { kind, settings, state, detect, crawl } = definition;
  return {
    kind,
    settings,
    detect,
    crawl: (source: CrawlSource, ctx: CrawlContext) =>
      crawl(
        {
          url: source.url,
          settings: settings.parse(source.settings ?? {}),
          state: state.safeParse(source.state).data ?? null,
        },
        ctx,
      ),
  };
}

/** The site that handles are unique in: host without `www.`, with a port only if it is not the usual one. */
export function siteOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}

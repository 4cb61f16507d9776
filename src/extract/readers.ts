import { readArticle } from './article/article.ts';
import { parseFeed } from './feed.ts';
import { readFrontPage } from './front-page.ts';
import { readReviews } from './reviews.ts';
import { readSelectedList, readSelectedPage } from './selectors.ts';
import { previewSelectedPage, previewSelectors } from './selectors-preview.ts';
import { suggestSelectors } from './selectors-suggest.ts';
import { parseSitemap } from './sitemap.ts';
import { readBoard } from './thread/board.ts';
import { detectEngine } from './thread/detect.ts';
import { engines } from './thread/engines/registry.ts';
import type { ForumEngine } from './thread/model.ts';
import { findNextPage } from './thread/pager.ts';
import { readThread } from './thread/thread.ts';

type Dated = Parameters<typeof readThread>[2];

/** Engines cannot be sent to another thread; their kinds can. Without one, all are tried. */
function among(kind: string | undefined): readonly ForumEngine[] {
  return kind === undefined ? engines : engines.filter((engine) => engine.kind === kind);
}

/**
 * Everything that reads a whole page or feed, by name, so that it can be asked for from another thread. All are pure; arguments
 * and results are plain data.
 */
export const readers = {
  parseFeed,
  readArticle,
  readFrontPage,
  parseSitemap,
  findNextPage,
  detectEngine,
  readReviews,
  readSelectedList,
  readSelectedPage,
  previewSelectors,
  previewSelectedPage,
  suggestSelectors,
  readThread: (html: string, url: string, dates: Dated, kind?: string) =>
    readThread(html, url, dates, among(kind)),
  readBoard: (html: string, url: string, dates: Dated, kind?: string) =>
    readBoard(html, url, dates, among(kind)),
};

type Readers = typeof readers;

/** `read('readThread', html, url, dates)`: as the function of that name, wherever it runs. */
export type Read = <Name extends keyof Readers>(
  name: Name,
  ...args: Parameters<Readers[Name]>
) => Promise<Awaited<ReturnType<Readers[Name]>>>;

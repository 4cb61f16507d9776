import type { TreeElement } from '../page-tree.ts';
import { cleanAddress, idIn, withoutHash } from './address.ts';
import { readBoardBy } from './board-rows.ts';
import { finderOf } from './finder.ts';
import { windowTitle } from './head.ts';
import type { EngineMarkup } from './markup.ts';
import type { ForumEngine, PageTree, ThreadPage } from './model.ts';
import { pageLinks } from './page-links.ts';
import { lastPageIn, nextPageIn } from './pager.ts';
import { readPost } from './post.ts';
import { lineOf, outermost } from './tree-text.ts';

/** The page tells the thread's address in its canonical link or heading, where posts' addresses (`?p=7`) do not. */
function threadAddress({ $, url }: PageTree, markup: EngineMarkup): string {
  const hrefs = [
    $('link[rel="canonical"]').attr('href'),
    url,
    ...markup.title.map((selector) => $(selector).first().find('a').attr('href')),
  ];
  const known = hrefs
    .map((href) => cleanAddress(href, url))
    .filter((address) => address !== undefined && idIn(address, markup.addresses.thread) !== undefined);
  const path = withoutHash(known[0] ?? cleanAddress(url, url) ?? url);
  return markup.firstPage.reduce((address, [pattern, by]) => address.replace(pattern, by), path);
}

function titleOf(page: PageTree, markup: EngineMarkup): string {
  for (const selector of markup.title) {
    for (const element of page.$<TreeElement, string>(selector).toArray()) {
      const title = element.attribs.content?.trim() ?? lineOf(element);
      if (title !== '') return title;
    }
  }
  return windowTitle(page);
}

function readThreadBy(markup: EngineMarkup, page: PageTree): Omit<ThreadPage, 'engine'> {
  const blocks = outermost(page.$<TreeElement, string>(markup.posts.post).toArray());
  const url = threadAddress(page, markup);
  const context = { page, finder: finderOf(page, blocks), markup: markup.posts, threadUrl: url };
  const posts = blocks.map((block) => readPost(context, block)).filter((post) => post !== undefined);
  const id = idIn(url, markup.addresses.thread);
  const language = page.$('html').attr('lang');
  const nextPage = nextPageIn(page, markup.next);
  const lastPage = lastPageIn(page);
  return {
    title: titleOf(page, markup),
    ...(id === undefined ? {} : { id }),
    url,
    ...(language ? { language } : {}),
    posts,
    ...(nextPage === undefined ? {} : { nextPage }),
    ...(lastPage === undefined ? {} : { lastPage }),
  };
}

const LINKS_SEEN = 400;

/** Bare themes show the engine only by the form of its addresses. */
function linkWeight(page: PageTree, markup: EngineMarkup): number {
  const links = pageLinks(page).slice(0, LINKS_SEEN);
  const addresses = [cleanAddress(page.url, page.url) ?? page.url, ...links.map(({ address }) => address)];
  const { thread, board } = markup.addresses;
  const hits = addresses.filter((address) => (idIn(address, thread) ?? idIn(address, board)) !== undefined);
  return hits.length === 0 ? 0 : Math.min(0.5, 0.3 + hits.length / 100);
}

function signsOn({ $ }: PageTree, markup: EngineMarkup): number[] {
  // Most engines show nothing on a page: one search tells that.
  const all = markup.signs.map(([selector]) => selector).join(', ');
  if ($(all).length === 0) return [];
  return markup.signs.filter(([selector]) => $(selector).length > 0).map(([, weight]) => weight);
}

function detectBy(markup: EngineMarkup, page: PageTree): number {
  const seen = signsOn(page, markup);
  const rest = seen.reduce((left, weight) => left * (1 - weight), 1);
  const byLinks = seen.length > 0 ? 0.3 : 1;
  return Math.min(1, 1 - rest * (1 - byLinks * linkWeight(page, markup)));
}

/** An engine whose themes can be told as a table of places. */
export function engineOf(markup: EngineMarkup): ForumEngine {
  return {
    kind: markup.kind,
    name: markup.name,
    detect: (page) => detectBy(markup, page),
    readThread: (page) => readThreadBy(markup, page),
    readBoard: (page) => readBoardBy(page, markup.addresses, markup.next),
  };
}

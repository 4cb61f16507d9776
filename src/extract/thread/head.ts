import type { TreeElement } from '../page-tree.ts';
import { cleanAddress, withoutHash } from './address.ts';
import type { PageTree, ThreadPage } from './model.ts';
import { pageLinks } from './page-links.ts';
import { lastPageIn, nextPageIn } from './pager.ts';
import { lineOf } from './tree-text.ts';

const PAGE_NUMBER = /\s+[-–—|]\s+(?:page|страница|стр\.|seite)\s+\d+\b/i;

/** The window's title without the page's number, and without the site's name where the page links it by that name. */
export function windowTitle(page: PageTree): string {
  const whole = lineOf(page.$<TreeElement, string>('title').toArray()[0]).replace(PAGE_NUMBER, '');
  const [, title, site] = /^(.{3,})\s+(?:[-–—|»]|::)\s+(.+?)$/.exec(whole) ?? [];
  const isNamed = site !== undefined && pageLinks(page).some(({ text }) => text === site);
  return isNamed && title !== undefined ? title : whole;
}

function titleOf(page: PageTree): string {
  const { $ } = page;
  const whole = windowTitle(page);
  const headings = $<TreeElement, string>('h1, h2')
    .toArray()
    .map((heading) => lineOf(heading));
  // The site's name is often a heading too; the thread's title is the one that begins the window's title.
  const named = headings.find((text) => text.length > 3 && whole.startsWith(text));
  const social = $('meta[property="og:title"]').attr('content')?.trim();
  return named ?? social ?? headings.find((text) => text !== '') ?? whole;
}

/** What a page of unknown make tells of the thread beside its posts. */
export function readHead(page: PageTree): Omit<ThreadPage, 'engine' | 'posts'> {
  const { $, url } = page;
  const canonical = cleanAddress($('link[rel="canonical"]').attr('href'), url);
  const language = $('html').attr('lang');
  const nextPage = nextPageIn(page);
  const lastPage = lastPageIn(page);
  return {
    title: titleOf(page),
    url: withoutHash(canonical ?? cleanAddress(url, url) ?? url),
    ...(language ? { language } : {}),
    ...(nextPage === undefined ? {} : { nextPage }),
    ...(lastPage === undefined ? {} : { lastPage }),
  };
}

import { absoluteUrl } from './html-text.ts';

/** Session ids, search words and the board's number: none of them is needed to find the page. */
const NEEDLESS = ['sid', 'hilit', 'f', 'view', 'sd', 'sk', 'st'];

/** Absolute address without session id, or undefined. A board's own `f` is kept. */
export function cleanAddress(href: string | undefined, baseUrl: string): string | undefined {
  const absolute = absoluteUrl(href ?? '', baseUrl);
  if (absolute === undefined) return undefined;
  const url = new URL(absolute);
  const isThread = url.searchParams.has('t') || url.searchParams.has('p');
  for (const name of isThread ? NEEDLESS : ['sid']) url.searchParams.delete(name);
  return url.href;
}

/** A number in the query, e.g. `t` of a thread's address. */
export function queryNumber(url: string | undefined, name: string): string | undefined {
  const value = url === undefined ? null : new URL(url).searchParams.get(name);
  return value !== null && /^\d{1,12}$/.test(value) ? value : undefined;
}

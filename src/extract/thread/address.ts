import { absoluteUrl } from '../html-text.ts';

/** Session ids and marks of searches and campaigns: none of them is needed to find the page. */
const NEEDLESS = /^(?:sid|phpsessid|oscsid|jsessionid|hilit|highlight|utm_\w+|fbclid|gclid|yclid)$/i;

function isNeeded(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=', 2);
  // `s` is vBulletin's and IP.Board's session id, but a search word elsewhere.
  return !NEEDLESS.test(name) && !(name === 's' && (value === '' || /^[0-9a-f]{16,}$/i.test(value)));
}

/** Absolute http(s) address without session id; the query's own spelling (`topic=5.0`, `?/topic/5-x/`) is kept. */
export function cleanAddress(href: string | undefined, baseUrl: string): string | undefined {
  const absolute = absoluteUrl(href ?? '', baseUrl);
  if (absolute === undefined) return undefined;
  const url = new URL(absolute);
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '');
  if (url.search.length > 1) {
    const parts = url.search.slice(1).split(/([&;])/);
    const kept = parts.filter((_part, at) => at % 2 === 0).filter(isNeeded);
    const glue = parts.includes(';') && !parts.includes('&') ? ';' : '&';
    url.search = kept.join(glue);
  }
  return url.href;
}

export function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '');
}

/** Path and query, decoded as far as they are well formed: what an engine's address patterns are asked of. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '');
}

/** First group of the first pattern that fits. */
export function idIn(address: string | undefined, patterns: readonly RegExp[]): string | undefined {
  if (address === undefined) return undefined;
  const path = pathOf(address);
  for (const pattern of patterns) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

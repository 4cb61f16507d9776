/** RFC 9309: a crawler reads at least this much, and need not read more. */
const MAX_CHARS = 500 * 1024;
const MAX_LINE_CHARS = 2000;

export interface RobotsLine {
  /** Lower case, misspellings mended. */
  key: string;
  value: string;
}

/** As Google's parser takes them. */
const SPELLINGS: Record<string, string> = {
  useragent: 'user-agent',
  'user agent': 'user-agent',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  'site-map': 'sitemap',
  crawldelay: 'crawl-delay',
  'clean-params': 'clean-param',
};

/** `key: value`, or `key value` where the colon was forgotten; no comment. */
function readLine(line: string): RobotsLine | undefined {
  const bare = line.slice(0, MAX_LINE_CHARS).replace(/#.*$/s, '').trim();
  const colon = bare.indexOf(':');
  const found =
    colon === -1 ? /^(\S+)\s+(\S+)$/.exec(bare) : [bare, bare.slice(0, colon), bare.slice(colon + 1)];
  const key = found?.[1]?.trim().toLowerCase() ?? '';
  return key === '' ? undefined : { key: SPELLINGS[key] ?? key, value: found?.[2]?.trim() ?? '' };
}

/** The directives of a robots.txt in order; at most 500 KiB of it are read. */
export function robotsLines(text: string): RobotsLine[] {
  return text
    .slice(0, MAX_CHARS)
    .replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '')
    .split(/\r\n|\r|\n/)
    .map(readLine)
    .filter((line) => line !== undefined);
}

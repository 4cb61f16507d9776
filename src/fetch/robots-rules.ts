import { type RobotsLine, robotsLines } from './robots-lines.ts';
import { compilePattern, isMatched, normalisePath, type RobotsPattern } from './robots-pattern.ts';

const MAX_DELAY_MS = 60_000;
const MAX_LISTED = 1000;

/** Parameters that do not change what a page under `path` (a pattern) shows: Yandex's Clean-param. */
export interface CleanParam {
  params: string[];
  path: string;
}

export interface RobotsRules {
  /** `url` should be a URI: where its path is not escaped, no Allow rule speaks for it. */
  isAllowed(url: string): boolean;
  /** Crawl-delay in ms, at most 60 000; 0 when none is asked for. */
  delayMs: number;
  /** As written, at most 1000. */
  sitemaps: readonly string[];
  cleanParams: readonly CleanParam[];
}

export const ALLOW_ALL: RobotsRules = {
  isAllowed: () => true,
  delayMs: 0,
  sitemaps: [],
  cleanParams: [],
};

interface Rule {
  allows: boolean;
  pattern: RobotsPattern;
}

interface Group {
  rules: Rule[];
  delayMs: number;
}

/** RFC 9309: a product token is letters, `_` and `-`; what follows is a version or a comment. */
function productToken(agent: string): string {
  return /^[A-Za-z_-]*/.exec(agent)?.[0].toLowerCase() ?? '';
}

/** Whom a User-agent line means: us, everybody, or somebody else. */
function addressee(agent: string, product: string): 'us' | 'all' | 'other' {
  if (/^\*(\s|$)/.test(agent)) return 'all';
  return product !== '' && productToken(agent) === product ? 'us' : 'other';
}

/** `Allow: /dir/index.html` means `/dir/` too, because that is the same page (Google's reading). */
function patternsOf(value: string, allows: boolean): RobotsPattern[] {
  const index = allows ? /^(.*\/)index\.html?$/.exec(value)?.[1] : undefined;
  return [compilePattern(value), ...(index === undefined ? [] : [compilePattern(`${index}$`)])];
}

function addRule(group: Group, { key, value }: RobotsLine): void {
  if (key === 'crawl-delay') {
    const seconds = Number.parseFloat(value.replace(',', '.'));
    if (seconds > 0) group.delayMs = Math.max(group.delayMs, Math.min(MAX_DELAY_MS, seconds * 1000));
  } else if (value !== '') {
    const allows = key === 'allow';
    for (const pattern of patternsOf(value, allows)) group.rules.push({ allows, pattern });
  }
}

const RULES = new Set(['allow', 'disallow']);

/** The merged group that names us, or the one for all when none does. Other lines part no groups. */
function groupFor(lines: readonly RobotsLine[], product: string): Group {
  const groups: Record<'us' | 'all', Group> = {
    us: { rules: [], delayMs: 0 },
    all: { rules: [], delayMs: 0 },
  };
  let named = new Set<'us' | 'all'>();
  let isNamed = false;
  let isNaming = false;
  for (const line of lines) {
    if (line.key === 'user-agent') {
      if (!isNaming) named = new Set();
      isNaming = true;
      const who = addressee(line.value, product);
      if (who !== 'other') named.add(who);
      isNamed ||= who === 'us';
    } else if (RULES.has(line.key) || line.key === 'crawl-delay') {
      if (RULES.has(line.key)) isNaming = false;
      for (const who of named) addRule(groups[who], line);
    }
  }
  return isNamed ? groups.us : groups.all;
}

function cleanParams(lines: readonly RobotsLine[]): CleanParam[] {
  return lines
    .filter(({ key, value }) => key === 'clean-param' && value !== '')
    .slice(0, MAX_LISTED)
    .map(({ value }) => {
      const [params = '', path = '/'] = value.split(/\s+/);
      return { params: params.split(/[&,]/).filter((name) => name !== ''), path };
    });
}

/** Path and query as written, without the fragment. */
function pathOf(url: string): string {
  const path = /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/[^/?#]*)?([^#]*)/i.exec(url)?.[1] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}

/** The longest rule that matches wins, and Allow wins a tie. */
function judge(rules: readonly Rule[], url: string): boolean {
  const written = pathOf(url);
  const path = normalisePath(written);
  const isUri = !/[\u0080-\uffff]/.test(written);
  let best = -1;
  let isAllowed = true;
  for (const { allows, pattern } of rules) {
    if (pattern.length < best || (pattern.length === best && !allows) || (allows && !isUri)) continue;
    if (!isMatched(path, pattern)) continue;
    best = pattern.length;
    isAllowed = allows;
  }
  return isAllowed;
}

/** `product` is the bare token of our user agent: `Molva`. */
export function parseRobots(text: string, product: string): RobotsRules {
  const lines = robotsLines(text);
  const { rules, delayMs } = groupFor(lines, product.toLowerCase());
  return {
    isAllowed: (url) => pathOf(url) === '/robots.txt' || judge(rules, url),
    delayMs,
    sitemaps: lines
      .flatMap(({ key, value }) => (key === 'sitemap' && value !== '' ? [value] : []))
      .slice(0, MAX_LISTED),
    cleanParams: cleanParams(lines),
  };
}

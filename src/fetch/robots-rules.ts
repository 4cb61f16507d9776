import robotsParser from 'robots-parser';

// robots-parser is CommonJS with an ES type: the callable is what Node hands over as the default.
const parse = robotsParser as unknown as typeof robotsParser.default;

/** RFC 9309: a crawler reads at least this much, and need not read more. */
const MAX_CHARS = 500 * 1024;
const MAX_LINE_CHARS = 2000;
const MAX_DELAY_MS = 60_000;
const DIRECTIVE = /^\s*(user-agent|allow|disallow|crawl-delay)\s*:/i;

export interface RobotsRules {
  isAllowed(url: string): boolean;
  /** Crawl-delay in ms, at most 60 000; 0 when none is asked for. */
  delayMs: number;
}

export const ALLOW_ALL: RobotsRules = { isAllowed: () => true, delayMs: 0 };

/** RFC 9309: a product token is letters, `_` and `-`; what follows is a version or a comment. */
const AGENT = /^(\s*user-agent\s*:\s*)([A-Za-z_-]+).*$/i;

/**
 * Only what matters to us: other lines part groups in robots-parser, which RFC 9309 forbids. Runs of `*` mean one.
 * The empty rule at the end makes a last group without rules a group.
 */
function directives(text: string): string {
  const lines = text
    .slice(0, MAX_CHARS)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/);
  const kept = lines.filter((line) => DIRECTIVE.test(line));
  return kept
    .map((line) =>
      line
        .slice(0, MAX_LINE_CHARS)
        .replace(/\*{2,}/g, '*')
        .replace(AGENT, '$1$2'),
    )
    .concat('Disallow:')
    .join('\n');
}

/** `product` is the bare token of our user agent: `Molva`. `robotsUrl` names the origin that the rules hold for. */
export function parseRobots(robotsUrl: string, text: string, product: string): RobotsRules {
  const robots = parse(robotsUrl, directives(text));
  const seconds = robots.getCrawlDelay(product) ?? 0;
  return {
    isAllowed: (url) => robots.isAllowed(url, product) !== false,
    delayMs: Number.isFinite(seconds) ? Math.min(MAX_DELAY_MS, Math.max(0, seconds * 1000)) : 0,
  };
}

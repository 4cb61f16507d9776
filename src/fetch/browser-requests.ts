import { parse } from 'tldts';

export interface PageRequest {
  url: string;
  method: string;
  /** As Chromium calls it: document, script, xhr, fetch, image … */
  type: string;
  isMainFrame: boolean;
  body: string | null;
}

/** One page's rules: what it may ask for through us. */
export type JudgeRequest = (request: PageRequest) => 'refuse' | 'document' | 'part';

const PARTS = new Set(['script', 'xhr', 'fetch']);
/** What a page looks by, from wherever it takes that. */
const LOOKS = new Set(['stylesheet', 'image', 'font']);
/** Programs that watch readers; none of them writes a page's text. */
const WATCHERS =
  /(?:^|\.)(?:google-analytics\.com|googletagmanager\.com|doubleclick\.net|googlesyndication\.com|mc\.yandex\.\w+|an\.yandex\.ru|connect\.facebook\.net|top-fwz1\.mail\.ru|counter\.yadro\.ru|hotjar\.com|mixpanel\.com|segment\.(?:com|io)|sentry\.io|clarity\.ms|criteo\.(?:com|net)|newrelic\.com|nr-data\.net)$/;
const SCRIPT_SOURCE = /<script\b[^>]{0,500}?\bsrc\s*=\s*["']?([^"'\s>]{1,2000})/gi;
const MAX_QUERY_BYTES = 20_000;

/** Registrable domain; the host itself where there is none (addresses). */
function siteName(url: string): string {
  const { domain, hostname } = parse(url, { allowPrivateDomains: true });
  return domain ?? hostname ?? '';
}

/** Hosts that the page's own markup loads programs from: a site's CDN often has a domain of its own. */
function scriptHosts(html: string, base: string): Set<string> {
  const hosts = new Set<string>();
  for (const [, source = ''] of html.slice(0, 500_000).matchAll(SCRIPT_SOURCE)) {
    if (URL.canParse(source, base)) hosts.add(new URL(source, base).hostname);
    if (hosts.size >= 20) break;
  }
  return hosts;
}

/** POST changes things, except where it is how a question is put: GraphQL without a mutation. */
function isQuestion({ method, url, body }: PageRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const text = body ?? '';
  const isGraph = method === 'POST' && /graphql|\/gql\b/i.test(new URL(url).pathname);
  return isGraph && text.length <= MAX_QUERY_BYTES && !/\bmutation\b/.test(text);
}

/**
 * Programs and data of the page's own site, and of hosts that its markup takes programs from, so that a CDN works and trackers
 * that are loaded by programs do not. Pictures, styles, fonts, media and frames bring no text. The main frame may go on to
 * another page of the site, `maxDocuments` times at most. `isForPicture`: pictures, styles and fonts are wanted, too.
 */
export function createJudge(
  pageUrl: string,
  html: string,
  { maxDocuments = 2, isForPicture = false }: { maxDocuments?: number; isForPicture?: boolean } = {},
): JudgeRequest {
  const own = siteName(pageUrl);
  const others = scriptHosts(html, pageUrl);
  let documents = 0;
  return (request) => {
    if (!/^https?:/.test(request.url) || !isQuestion(request)) return 'refuse';
    const { hostname } = new URL(request.url);
    const isOwn = siteName(request.url) === own;
    if (request.type === 'document') {
      if (!request.isMainFrame || !isOwn || request.method !== 'GET') return 'refuse';
      documents += 1;
      return documents <= maxDocuments ? 'document' : 'refuse';
    }
    if (isForPicture && LOOKS.has(request.type)) return WATCHERS.test(hostname) ? 'refuse' : 'part';
    if (!PARTS.has(request.type) || WATCHERS.test(hostname)) return 'refuse';
    return isOwn || others.has(hostname) ? 'part' : 'refuse';
  };
}

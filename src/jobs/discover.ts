import { type FrontPage, readFrontPage } from '../extract/front-page.ts';
import { readPastedAddress } from '../extract/pasted-address.ts';
import { readPlatformAddress } from '../extract/platform-address.ts';
import { isSitemap, parseSitemap } from '../extract/sitemap.ts';
import { errorCode } from '../lib/errors.ts';
import type { Candidate, Discovery } from '../model/discovery.ts';
import type { Page } from '../model/ports.ts';
import { feedCandidate, guessedFeeds, isFeed, linkedFeeds } from './discover-feeds.ts';
import { candidate, type DiscoverDeps, hostOf, type Search } from './discovery-search.ts';
import { noteOf } from './preview.ts';

const OUT_OF_REACH = new Set(['dns', 'connect', 'tls', 'timeout']);
/** Engines that are less sure than this stand behind a feed that the page names. */
const SURE = 0.6;

/** The first of the addresses that answers; whatever another scheme could not mend ends the search. */
async function openPage({ fetch, notes }: Search, addresses: readonly string[]): Promise<Page | null> {
  for (const address of addresses) {
    try {
      return await fetch(address);
    } catch (error) {
      notes.push(noteOf('page', address, error));
      if (!OUT_OF_REACH.has(errorCode(error))) return null;
    }
  }
  return null;
}

/** Only a sitemap that says when pages changed is worth watching. */
async function hasUsefulSitemap(search: Search, address: string): Promise<boolean> {
  const { deps, signal, fetch, notes } = search;
  const fallback = new URL('/sitemap.xml', address).href;
  try {
    const named = await deps.sitemapsOf(address, signal);
    const url = named.find((sitemap) => URL.canParse(sitemap)) ?? fallback;
    const page = await fetch(url);
    if (!page || !isSitemap(page.text)) return false;
    const { entries, sitemaps } = parseSitemap(page.text, page.url);
    return sitemaps.length > 0 || entries.some((entry) => entry.lastModified ?? entry.publishedAt);
  } catch (error) {
    if (errorCode(error) !== 'http-404') notes.push(noteOf('sitemap', fallback, error));
    return false;
  }
}

/** Kinds that recognise the page, the surest first. */
function recognise({ deps }: Search, page: Page): { kind: string; sureness: number }[] {
  return deps.recognisers
    .map(({ kind, detect }) => ({ kind, sureness: detect(page) }))
    .filter(({ kind, sureness }) => sureness > 0 && kind !== 'feed' && kind !== 'site')
    .sort((a, b) => b.sureness - a.sureness);
}

/** The folder of a forum's script, or its host: where its list of boards stands. */
function forumHome(address: string): string {
  const url = new URL(address);
  const folder = /^(.*\/)(?:index|viewtopic|viewforum|showthread|forumdisplay|topic|thread)\.php/i.exec(
    url.pathname,
  );
  return new URL(folder?.[1] ?? '/', url).href;
}

function engineCandidates(search: Search, page: Page, title: string): Candidate[] {
  const [best] = recognise(search, page);
  if (!best) return [];
  const home = forumHome(page.url);
  const own = candidate(best.kind, page.url, title, 0.6 + 0.39 * best.sureness, 'engine');
  const isInner = home !== page.url && best.sureness >= SURE && best.kind !== 'telegram';
  return isInner
    ? [own, candidate(best.kind, home, hostOf(home), own.confidence - 0.1, 'whole-forum')]
    : [own];
}

function readFront({ notes }: Search, page: Page): FrontPage {
  try {
    return readFrontPage(page.text, page.url);
  } catch (error) {
    notes.push(noteOf('page', page.url, error));
    return { feeds: [], articles: [] };
  }
}

/** A page of a site: its engine, its feeds, and the site as a whole. */
async function fromPage(search: Search, page: Page): Promise<Candidate[]> {
  const front = readFront(search, page);
  const title = front.title ?? hostOf(page.url);
  const engines = engineCandidates(search, page, title);
  const feeds = await linkedFeeds(search, front.feeds);
  const isForum = engines.some(({ confidence }) => confidence >= 0.6 + 0.39 * SURE);
  if (isForum) return [...engines, ...feeds.map((feed) => ({ ...feed, confidence: feed.confidence - 0.3 }))];
  const guessed = feeds.length > 0 ? [] : await guessedFeeds(search, page.url);
  const isMapped = await hasUsefulSitemap(search, page.url);
  const site = candidate('site', page.url, title, isMapped ? 0.6 : 0.3, isMapped ? 'sitemap' : 'site');
  return [...engines, ...feeds, ...guessed, site];
}

/** What the form of the address alone tells, by our own table and by the crawlers. */
function fromAddress({ deps }: Search, address: string): Candidate[] {
  const platform = readPlatformAddress(address);
  const bare: Page = { url: address, contentType: '', text: '', charset: 'utf-8', validators: {} };
  const sure = deps.recognisers
    .map(({ kind, detect }) => ({ kind, sureness: detect(bare) }))
    .filter(({ sureness }) => sureness >= SURE);
  return [
    ...sure.map(({ kind }) => candidate(kind, address, hostOf(address), 0.97, 'platform')),
    ...(platform ? [candidate(platform.kind, platform.url, platform.name, 0.95, 'platform')] : []),
  ];
}

function best(candidates: readonly Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.confidence - a.confidence);
  return [...new Map(sorted.reverse().map((one) => [`${one.kind} ${one.url}`, one])).values()].reverse();
}

/**
 * What could be watched at a pasted address, best first. Reads the page, the feeds that it names (or a few usual places),
 * and the sitemap; what did not work is told in the notes.
 * @throws InputError when it is no address
 */
export async function discover(deps: DiscoverDeps, pasted: string, signal: AbortSignal): Promise<Discovery> {
  const addresses = readPastedAddress(pasted);
  const [address = ''] = addresses;
  const search: Search = { deps, signal, fetch: deps.fetchFor(signal), notes: [] };
  const platform = fromAddress(search, address);
  // A platform's page often answers robots with nothing, and its form has told enough.
  if (platform.length > 0) return { address, candidates: best(platform), notes: [] };
  const page = await openPage(search, addresses);
  if (!page) return { address, candidates: [], notes: search.notes };
  if (isFeed(page)) {
    const own = await feedCandidate(search, page, 1, 'itself').catch((error: unknown) => {
      search.notes.push(noteOf('feed', page.url, error));
    });
    return { address: page.url, candidates: own ? [own] : [], notes: search.notes };
  }
  if (isSitemap(page.text)) {
    const site = candidate('site', page.url, hostOf(page.url), 1, 'sitemap');
    return { address: page.url, candidates: [site], notes: [] };
  }
  return { address: page.url, candidates: best(await fromPage(search, page)), notes: search.notes };
}

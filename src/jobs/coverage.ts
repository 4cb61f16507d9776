import { placeOf } from '../extract/address-place.ts';
import { pause } from '../lib/pause.ts';
import type { CoverageReport } from '../model/recall.ts';
import { nextCatches, readCoverage, saveCoverage, visitedSince } from '../store/coverage.ts';
import type { JobDeps } from './deps.ts';
import { compareWays, createSitePosts, overall, type SitePosts } from './recall/overlap.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Long enough for figures, short enough to be of today. */
const WINDOW_MS = 28 * DAY;
/** The slower way gets so long to find what the quicker one has. */
const SETTLED_MS = DAY;
const PAGE = 500;
const MOST_DOCUMENTS = 200_000;
const MOST_SITES = 200;
const AGE_MS = 6 * HOUR;

type Deps = Pick<JobDeps, 'db' | 'clock'>;

/** How much of what is published is collected, site by site, wherever two sources bring posts of the same site. */
export async function measureCoverage({ db, clock }: Deps): Promise<CoverageReport> {
  const now = clock.now().getTime();
  const time = { from: new Date(now - WINDOW_MS), to: new Date(now - SETTLED_MS) };
  const ways = await visitedSince(db);
  const sites = new Map<string, SitePosts>();
  let looked = 0;
  let last: Parameters<typeof nextCatches>[2] = null;
  while (looked < MOST_DOCUMENTS) {
    const page = await nextCatches(db, time, last, PAGE);
    for (const one of page) {
      const site = placeOf(one.url)?.host;
      if (site === undefined || !ways.has(one.sourceId)) continue;
      const posts = sites.get(site) ?? createSitePosts();
      sites.set(site, posts);
      posts.add(one);
    }
    looked += page.length;
    last = page.at(-1) ?? null;
    if (page.length < PAGE) break;
    // The embedded database answers in this thread: others get their turn between pages.
    await pause();
  }
  const compared = [...sites].flatMap(([site, posts]) => compareWays(site, posts.posts(), ways) ?? []);
  compared.sort((a, b) => b.any - a.any);
  return {
    from: time.from.toISOString(),
    to: time.to.toISOString(),
    sites: compared.slice(0, MOST_SITES).map(({ interval: _, ...site }) => site),
    overall: overall(compared),
    looked,
    isCut: looked >= MOST_DOCUMENTS,
  };
}

/** Works it out anew when it is old. */
export async function refreshCoverage(deps: JobDeps): Promise<boolean> {
  const known = await readCoverage(deps.db);
  const now = deps.clock.now();
  if (known && now.getTime() - known.at.getTime() < AGE_MS) return false;
  await saveCoverage(deps.db, await measureCoverage(deps), now);
  return true;
}

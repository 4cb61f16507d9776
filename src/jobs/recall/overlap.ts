import { bareLetters } from '../../lib/bare-letters.ts';
import { sameAddressKey } from '../../lib/canonical-url.ts';
import { estimateTotal, type Interval, sumOf } from '../../lib/capture-recapture.ts';
import type { SourceId } from '../../model/ids.ts';
import type { CoverageEstimate, SiteCoverage } from '../../model/recall.ts';
import type { Catch } from '../../store/coverage.ts';

/** Texts that begin alike are one post; shorter ones are alike by chance. */
const BEGINNING = 80;
const LEAST_LETTERS = 25;
/** Ways at one site that are compared with one another: the most productive. */
const MOST_WAYS = 6;

/** One post, by whichever ways it was caught. */
interface Post {
  ways: Set<SourceId>;
  isComment: boolean;
  /** When it was published, as the first way says. */
  at: number;
  /** Two that were held apart turned out to be one: that one. */
  joined: Post | null;
}

/** The posts of a site, put together from what each way caught: the same address, or a text that begins alike. */
export interface SitePosts {
  add(one: Catch): void;
  posts(): Post[];
}

function rootOf(post: Post): Post {
  let root = post;
  while (root.joined) root = root.joined;
  return root;
}

export function createSitePosts(): SitePosts {
  const known = new Map<string, Post>();
  const all: Post[] = [];

  function begin(isComment: boolean, at: number): Post {
    const post = { ways: new Set<SourceId>(), isComment, at, joined: null };
    all.push(post);
    return post;
  }

  return {
    add: ({ url, text, sourceId, kind, at }) => {
      const letters = bareLetters(text).slice(0, BEGINNING);
      const keys = [
        `address ${sameAddressKey(url)}`,
        ...(letters.length >= LEAST_LETTERS ? [`text ${letters}`] : []),
      ];
      const [first, second] = [...new Set(keys.flatMap((key) => known.get(key) ?? []).map(rootOf))];
      const post = first ?? begin(kind === 'comment', at.getTime());
      if (second) {
        for (const way of second.ways) post.ways.add(way);
        second.joined = post;
      }
      post.ways.add(sourceId);
      for (const key of keys) known.set(key, post);
    },
    posts: () => all.filter(({ joined }) => joined === null),
  };
}

export interface Way {
  key: string;
  /** Since when it is watched. */
  since: Date;
}

function productive(posts: readonly Post[], ways: ReadonlyMap<SourceId, Way>): SourceId[] {
  const counts = new Map<SourceId, number>();
  for (const post of posts)
    for (const way of post.ways) if (ways.has(way)) counts.set(way, (counts.get(way) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([way]) => way)
    .slice(0, MOST_WAYS);
}

/** What both ways could have caught: published since both are watched, and of a kind that both bring. */
function comparable(posts: readonly Post[], one: SourceId, two: SourceId, since: number): Post[] {
  const late = posts.filter(({ at }) => at >= since);
  const brings = (way: SourceId, isComment: boolean): boolean =>
    late.some((post) => post.isComment === isComment && post.ways.has(way));
  return late.filter(({ isComment }) => brings(one, isComment) && brings(two, isComment));
}

function ratio(any: number, { value, low, high }: Interval): CoverageEstimate {
  const total = Math.max(any, value);
  return {
    total,
    low: Math.max(any, low),
    high: Math.max(any, high),
    share: any / total,
    shareLow: any / Math.max(any, high),
    shareHigh: any / Math.max(any, low),
  };
}

interface Compared extends SiteCoverage {
  interval: Interval | null;
}

function compare(
  site: string,
  posts: readonly Post[],
  [one, two]: readonly [SourceId, SourceId],
  ways: ReadonlyMap<SourceId, Way>,
): Compared {
  const [first, second] = [ways.get(one), ways.get(two)];
  const since = Math.max(Number(first?.since ?? 0), Number(second?.since ?? 0));
  const some = comparable(posts, one, two, since);
  const count = (is: (post: Post) => boolean): number => some.filter(is).length;
  const recapture = {
    first: count(({ ways: by }) => by.has(one)),
    second: count(({ ways: by }) => by.has(two)),
    both: count(({ ways: by }) => by.has(one) && by.has(two)),
  };
  const interval = estimateTotal(recapture);
  const any = some.length;
  return {
    site,
    ways: [first?.key ?? '', second?.key ?? ''],
    ...recapture,
    any,
    interval,
    estimate: interval && ratio(any, interval),
  };
}

/** The two ways that overlap most; null where there are no two. */
export function compareWays(
  site: string,
  posts: readonly Post[],
  ways: ReadonlyMap<SourceId, Way>,
): Compared | null {
  const some = productive(posts, ways);
  let best: Compared | null = null;
  for (const [at, one] of some.entries()) {
    for (const two of some.slice(at + 1)) {
      const compared = compare(site, posts, [one, two], ways);
      if (compared.first === 0 || compared.second === 0) continue;
      if (best === null || compared.both > best.both) best = compared;
    }
  }
  return best;
}

/** Of all sites that have an estimate together; null when none has. */
export function overall(sites: readonly Compared[]): CoverageEstimate | null {
  const known = sites.filter(({ interval }) => interval !== null);
  if (known.length === 0) return null;
  const any = known.reduce((sum, site) => sum + site.any, 0);
  return ratio(any, sumOf(known.flatMap(({ interval }) => interval ?? [])));
}

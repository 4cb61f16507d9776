import { pause } from '../lib/pause.ts';
import { createReservoir, randomFrom } from '../lib/random.ts';
import { dateKey, localTime } from '../lib/zone.ts';
import type { BackTestMatch, BackTestResult } from '../model/back-test.ts';
import type { Span } from '../model/tag.ts';
import { asksFacts, type Query } from '../query/ast.ts';
import type { MentionCheck } from '../query/context/mention-check.ts';
import { createTrial, type Trial } from '../query/trial.ts';
import {
  countTexts,
  nextTextPage,
  readTexts,
  type StoredFacts,
  type StoredText,
  type TextPage,
} from '../store/stored-texts.ts';
import { language } from '../understand/taggers/language.ts';
import { passes } from './context-check.ts';
import type { JobDeps } from './deps.ts';
import { storedFacts } from './document-facts.ts';

export interface BackTest {
  query: Query;
  /** Refuses what the query finds and the brand is not meant in. */
  check?: MentionCheck | null;
  /** What it is compared with: the saved version. */
  against: Query | null;
  /** The same of the saved version. */
  againstCheck?: MentionCheck | null;
  /** Only documents published since (found, when no date was stated). */
  since: Date | null;
  /** Documents looked at, at most, the newest first. */
  limit: number;
  /** Time it may take; what was seen until then counts. */
  withinMs: number;
  /** Whose days are counted; IANA. */
  zone: string;
  /** Of the samples: the same seed gives the same samples of the same documents. */
  seed: number;
  /** Documents in each sample, at most. */
  samples: number;
}

export interface BackTestWatch {
  progress?(looked: number, total: number): void;
  signal?: AbortSignal;
}

const PAGE = 1000;
/** How long nobody else gets a turn, at most, but for the database's own work. */
const SLICE_MS = 30;
/** A filter that lets more than this share of documents through costs more than it spares. */
const FILTER_WORTH = 0.5;
/** Zones differ by quarters of an hour. */
const QUARTER_MS = 900_000;

type Row = StoredText & Partial<StoredFacts>;
type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

/** Holds a query against what is stored, with the evaluator that new documents meet. Documents that arrive meanwhile are not seen. */
export async function backTest(
  deps: Deps,
  test: BackTest,
  watch: BackTestWatch = {},
): Promise<BackTestResult> {
  const started = deps.clock.now().getTime();
  const took = (): number => deps.clock.now().getTime() - started;
  const queries = test.against ? [test.query, test.against] : [test.query];
  const trial = createTrial(queries, deps.resources.morphology);
  const tally = createTally(test, trial);
  const total = await countTexts(deps.db, test.since);
  const wish = {
    since: test.since,
    pattern: trial.filter,
    factsBy: asksFacts(queries) ? language.version : null,
  };
  let databaseMs = 0;
  const fromDatabase = async <Value>(work: Promise<Value>): Promise<Value> => {
    const before = performance.now();
    const value = await work;
    databaseMs += performance.now() - before;
    return value;
  };
  let looked = 0;
  let before = Number.MAX_SAFE_INTEGER;
  let ended: BackTestResult['ended'] | null = null;
  while (ended === null) {
    const size = Math.min(PAGE, test.limit - looked);
    const page: TextPage | null =
      size > 0 ? await fromDatabase(nextTextPage(deps.db, before, size, test.since)) : null;
    if (page) {
      const rows = await fromDatabase(readTexts(deps.db, page, wish));
      await inSlices(rows, (row) => tally.add(row, deps.resources));
      if (rows.length > page.count * FILTER_WORTH) wish.pattern = null;
      looked += page.count;
      before = page.from;
      watch.progress?.(looked, total);
    }
    ended = whyEnded(page, looked, test, took(), watch.signal);
    // The embedded database answers in this thread: others get their turn between pages.
    await pause();
  }
  return {
    looked,
    total,
    oldest: looked === 0 ? null : before,
    ended,
    ...tally.result(),
    tookMs: took(),
    databaseMs,
  };
}

/** Others get their turn while the rows of a page are looked at. */
async function inSlices<Value>(values: readonly Value[], look: (value: Value) => void): Promise<void> {
  let end = performance.now() + SLICE_MS;
  for (const value of values) {
    look(value);
    if (performance.now() < end) continue;
    await pause();
    end = performance.now() + SLICE_MS;
  }
}

function whyEnded(
  page: TextPage | null,
  looked: number,
  { limit, withinMs }: BackTest,
  tookMs: number,
  signal: AbortSignal | undefined,
): BackTestResult['ended'] | null {
  if (signal?.aborted) return 'aborted';
  if (looked >= limit) return 'limit';
  if (page === null) return 'all';
  return tookMs >= withinMs ? 'time' : null;
}

interface Tally {
  add(row: Row, resources: JobDeps['resources']): void;
  result(): Pick<BackTestResult, 'matched' | 'perDay' | 'sample' | 'against'>;
}

function createTally(test: BackTest, trial: Trial): Tally {
  const { against, check, againstCheck, zone, seed, samples } = test;
  const random = randomFrom(seed);
  const all = createReservoir<BackTestMatch>(samples, random);
  const gained = createReservoir<BackTestMatch>(samples, random);
  const lost = createReservoir<BackTestMatch>(samples, random);
  const dayOf = createDays(zone);
  const perDay = new Map<string, number>();
  const counts = { matched: 0, before: 0, gained: 0, lost: 0 };

  function add(row: Row, resources: JobDeps['resources']): void {
    trial.read(toQueryable(row, resources));
    const now = trial.holds(0) && passes(check, row, check ? trial.spans(0) : []);
    if (now) {
      counts.matched += 1;
      const day = dayOf(row.at);
      perDay.set(day, (perDay.get(day) ?? 0) + 1);
      all.offer(() => toMatch(row, trial.spans(0)));
    }
    if (against)
      compare(row, now, trial.holds(1) && passes(againstCheck, row, againstCheck ? trial.spans(1) : []));
  }

  function compare(row: Row, now: boolean, before: boolean): void {
    if (before) counts.before += 1;
    if (now && !before) {
      counts.gained += 1;
      gained.offer(() => toMatch(row, trial.spans(0)));
    } else if (before && !now) {
      counts.lost += 1;
      lost.offer(() => toMatch(row, trial.spans(1)));
    }
  }

  return {
    add,
    result: () => ({
      matched: counts.matched,
      perDay: [...perDay].map(([day, count]) => ({ day, count })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      sample: newestFirst(all.kept()),
      against: against
        ? {
            matched: counts.before,
            gained: counts.gained,
            lost: counts.lost,
            gainedSample: newestFirst(gained.kept()),
            lostSample: newestFirst(lost.kept()),
          }
        : null,
    }),
  };
}

function newestFirst(matches: readonly BackTestMatch[]): BackTestMatch[] {
  return [...matches].sort((one, two) => two.at.getTime() - one.at.getTime() || two.id - one.id);
}

function toMatch({ id, title, text, at }: Row, spans: Span[]): BackTestMatch {
  return { id, title, text, at: new Date(at), spans };
}

function toQueryable(row: Row, resources: JobDeps['resources']) {
  const { title, text, handle, authorName } = row;
  if (row.url === undefined) return { title, text };
  const facts = storedFacts(row as StoredText & StoredFacts, resources);
  return { title, text, authorHandle: handle ?? null, authorName: authorName ?? null, facts };
}

/** Asking a zone for the day costs more than finding a word: a quarter of an hour lies within one day. */
function createDays(zone: string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const day = known.get(quarter) ?? dateKey(localTime(new Date(at), zone));
    known.set(quarter, day);
    return day;
  };
}

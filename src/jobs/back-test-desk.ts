import { InputError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { BackTestAsk, BackTestMatch, BackTestResult, BackTestRun } from '../model/back-test.ts';
import type { UserId } from '../model/ids.ts';
import { countTextsPerDay } from '../store/stored-texts.ts';
import { type BackTest, backTest } from './back-test.ts';
import type { JobDeps } from './deps.ts';
import { readDraft } from './read-draft.ts';

export interface BackTestBounds {
  /** Documents that one run looks at. */
  documents: number;
  /** Time that one run may take. */
  withinMs: number;
  /** Runs of different people at the same time. */
  atOnce: number;
  /** How long the outcome is kept. */
  keepMs: number;
}

const BOUNDS: BackTestBounds = { documents: 200_000, withinMs: 60_000, atOnce: 3, keepMs: 60 * 60_000 };
const SAMPLES = 20;
const DAY_MS = 86_400_000;
/** Of a text, what lies around the words found: people read it in a list. */
const SHOWN_TEXT = 2_000;
const BEFORE_WORDS = 400;

/** Back-tests in the background, one for each person: the newest takes the place of the one before. */
export interface BackTestDesk {
  /** @throws InputError `busy` when too many people have one under way, and when the query cannot be read */
  start(user: UserId, ask: BackTestAsk): Promise<void>;
  /** The newest of this person; null when there is none, or it was too long ago. */
  look(user: UserId): BackTestRun | null;
  /** What was seen until now counts. */
  stop(user: UserId): void;
  close(): Promise<void>;
}

interface Entry {
  run: BackTestRun;
  aborting: AbortController;
  ended: Promise<void>;
  until: number;
}

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'> & { log: Log };

export function createBackTestDesk(deps: Deps, bounds: BackTestBounds = BOUNDS): BackTestDesk {
  const entries = new Map<UserId, Entry>();

  function tidy(): void {
    const now = deps.clock.now().getTime();
    for (const [user, { until }] of entries) if (until <= now) entries.delete(user);
  }

  function othersUnderWay(user: UserId): number {
    return [...entries].filter(([who, { run }]) => who !== user && run.state === 'running').length;
  }

  async function work(entry: Entry, queries: Tested): Promise<void> {
    const { run, aborting } = entry;
    const { days, zone, seed } = run.ask;
    const since = days === null ? null : new Date(run.startedAt.getTime() - days * DAY_MS);
    const bound = { limit: bounds.documents, withinMs: bounds.withinMs };
    const progress = (looked: number, total: number): void => {
      run.looked = looked;
      run.total = Math.min(total, bounds.documents);
    };
    try {
      const test = { ...queries, ...bound, since, zone, seed, samples: SAMPLES };
      const result = await backTest(deps, test, { progress, signal: aborting.signal });
      if (result.oldest !== null)
        run.seenPerDay = await countTextsPerDay(deps.db, { from: result.oldest, since, zone });
      run.result = shortenTexts(result);
      run.state = 'done';
    } catch (error) {
      run.state = 'failed';
      deps.log.error({ err: error }, 'a back-test failed');
    }
    entry.until = deps.clock.now().getTime() + bounds.keepMs;
  }

  function stop(user: UserId): void {
    entries.get(user)?.aborting.abort();
  }

  return {
    start: async (user, ask) => {
      tidy();
      if (othersUnderWay(user) >= bounds.atOnce)
        throw new InputError([{ at: 'busy', message: 'others have back-tests under way; try again soon' }]);
      const queries = await readQueries(deps, ask);
      stop(user);
      const run: BackTestRun = {
        ask,
        startedAt: deps.clock.now(),
        looked: 0,
        total: 0,
        state: 'running',
        result: null,
        seenPerDay: [],
      };
      const entry: Entry = {
        run,
        aborting: new AbortController(),
        ended: Promise.resolve(),
        until: Number.POSITIVE_INFINITY,
      };
      entries.set(user, entry);
      entry.ended = work(entry, queries);
    },
    look: (user) => {
      tidy();
      return entries.get(user)?.run ?? null;
    },
    stop,
    close: async () => {
      for (const user of entries.keys()) stop(user);
      await Promise.all([...entries.values()].map(({ ended }) => ended));
    },
  };
}

type Tested = Pick<BackTest, 'query' | 'check' | 'against' | 'againstCheck'>;

async function readQueries(deps: Deps, ask: BackTestAsk): Promise<Tested> {
  const read = await readDraft(deps, ask);
  if ('issues' in read)
    throw new InputError(
      read.issues.map(({ line, column, message }) => ({ at: `${line}:${column}`, message: message.en })),
    );
  const { judge, saved } = read;
  return {
    query: judge.query,
    check: judge.check,
    against: saved?.query ?? null,
    againstCheck: saved?.check ?? null,
  };
}

function shortenTexts(result: BackTestResult): BackTestResult {
  const { sample, against } = result;
  return {
    ...result,
    sample: sample.map(shorten),
    against: against && {
      ...against,
      gainedSample: against.gainedSample.map(shorten),
      lostSample: against.lostSample.map(shorten),
    },
  };
}

function shorten(match: BackTestMatch): BackTestMatch {
  const { text, spans } = match;
  if (text.length <= SHOWN_TEXT) return match;
  const first = spans.find(({ field }) => field === 'text')?.start ?? 0;
  const from = first <= SHOWN_TEXT - BEFORE_WORDS ? 0 : first - BEFORE_WORDS;
  const shown = text.slice(from, from + SHOWN_TEXT).toWellFormed();
  return {
    ...match,
    text: `${from > 0 ? '…' : ''}${shown}…`,
    spans: spans.flatMap((span) => {
      if (span.field !== 'text') return [span];
      const moved = { ...span, start: span.start - from, end: span.end - from };
      const shift = from > 0 ? 1 : 0;
      return moved.start < 0 || moved.end > shown.length
        ? []
        : [{ ...moved, start: moved.start + shift, end: moved.end + shift }];
    }),
  };
}

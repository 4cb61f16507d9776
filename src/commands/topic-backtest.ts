import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import type { BackTestMatch, BackTestResult } from '../model/back-test.ts';
import type { Topic } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { MentionCheck } from '../query/context/mention-check.ts';
import { showCaret } from '../query/issues.ts';
import { listTopics } from '../store/topics.ts';
import { type Command, type CommandDeps, register } from './command.ts';
import { readSince } from './since.ts';

const SAMPLES = 10;
const PROGRESS_MS = 2000;
const AROUND = 60;

const args = z.object({
  what: z.string(),
  against: z.string().nullable(),
  /** `2026-11-01`, or `30d`. */
  since: z.string().nullable(),
  limit: z.number().int().positive(),
  seconds: z.number().positive().max(3600),
  zone: z.string(),
  seed: z.number().int(),
});
type Args = z.infer<typeof args>;

async function readQuery(text: string, topics: readonly Topic[], key: string): Promise<Query> {
  const { readTopicQuery } = await import('../query/saved.ts');
  const read = readTopicQuery(text, topics, key);
  if ('query' in read) return read.query;
  throw new InputError(
    read.issues.map((issue) => ({
      at: `${issue.line}:${issue.column}`,
      message: `${issue.message.en}\n${showCaret(text, issue)}`,
    })),
  );
}

interface Tested {
  query: Query;
  check: MentionCheck | null;
}

/** A saved topic with what its context check has learnt. */
async function readSaved(jobs: CommandDeps['jobs'], key: string, topics: readonly Topic[]): Promise<Tested> {
  const topic = topics.find((one) => one.key === key);
  if (!topic) throw new InputError([{ at: key, message: 'there is no such topic' }]);
  const { learnStoredCheck } = await import('../jobs/context-check.ts');
  const query = await readQuery(topic.query, topics, key);
  const check = await learnStoredCheck(jobs.db, { ...topic, query }, jobs.resources.morphology);
  return { query, check };
}

function around({ id, at, title, text, spans }: BackTestMatch): string {
  const [first] = spans;
  const field = first?.field === 'title' ? (title ?? '') : text;
  const from = Math.max(0, (first?.start ?? 0) - AROUND);
  const words = field.slice(from, (first?.end ?? 0) + AROUND).toWellFormed();
  return `  ${id}\t${at.toISOString().slice(0, 10)}\t${words.replace(/\s+/g, ' ').trim()}`;
}

function listing(name: string, matches: readonly BackTestMatch[]): string[] {
  return matches.length === 0 ? [] : [name, ...matches.map(around)];
}

const ENDED: Record<BackTestResult['ended'], string> = {
  all: '',
  limit: ', the limit',
  time: ', the time was up',
  aborted: ', broken off',
};

function report(result: BackTestResult): string {
  const { looked, total, matched, ended, perDay, sample, against, tookMs } = result;
  return [
    `${matched} of ${looked} documents match (of ${total}${ENDED[ended]}; ${(tookMs / 1000).toFixed(1)} s)`,
    ...perDay.map(({ day, count }) => `  ${day}\t${count}`),
    ...listing('by chance:', sample),
    ...(against ? [`saved version: ${against.matched}; gained ${against.gained}, lost ${against.lost}`] : []),
    ...listing('gained:', against?.gainedSample ?? []),
    ...listing('lost:', against?.lostSample ?? []),
  ].join('\n');
}

const command: Command<Args> = {
  name: 'topics backtest',
  arguments: '<query-or-key>',
  options: [
    ['--against <key>', 'what would be gained and lost beside this saved topic'],
    ['--since <day>', 'only documents since then: 2026-11-01, or 30d'],
    ['--limit <documents>', 'the newest ones, at most (default 100000)'],
    ['--seconds <seconds>', 'stop after that time (default 60)'],
    ['--zone <zone>', 'whose days are counted; yours when left out'],
    ['--seed <number>', 'another seed draws other samples (default 1)'],
  ],
  summary: 'hold a query against what is stored: how many match, on which days, which ones',
  example: 'molva topics backtest "ромашка NOT лепесток" --against romashka --since 30d',
  args,
  read: ([what], options) => ({
    what,
    against: options.against ?? null,
    since: options.since ?? null,
    limit: Number(options.limit ?? 100_000),
    seconds: Number(options.seconds ?? 60),
    zone: options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    seed: Number(options.seed ?? 1),
  }),
  run: async ({ jobs }, { what, against, since, limit, seconds, zone, seed }, out) => {
    const { backTest } = await import('../jobs/back-test.ts');
    const topics = await listTopics(jobs.db);
    const tested = topics.some(({ key }) => key === what)
      ? await readSaved(jobs, what, topics)
      : { query: await readQuery(what, topics, against ?? ''), check: null };
    const saved = against === null ? null : await readSaved(jobs, against, topics);
    let toldAt = performance.now();
    const progress = (looked: number, total: number): void => {
      if (performance.now() - toldAt < PROGRESS_MS) return;
      toldAt = performance.now();
      out.message(`${looked} of ${Math.min(total, limit)} documents …`);
    };
    const test = {
      ...tested,
      against: saved?.query ?? null,
      againstCheck: saved?.check ?? null,
      since: readSince(since, jobs.clock.now()),
      limit,
      withinMs: seconds * 1000,
      zone: readZone(zone),
      seed,
      samples: SAMPLES,
    };
    const result = await backTest(jobs, test, { progress });
    out.data(result, report(result));
    return 0;
  },
};

function readZone(zone: string): string {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new InputError([
      { at: '--zone', message: `"${zone}" is no time zone; write one like Europe/Moscow` },
    ]);
  }
}

export const topicBacktestCommand = register(command);

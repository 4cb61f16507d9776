import { createEvaluator } from '../query/evaluate.ts';
import { createMatcher } from '../query/matcher.ts';
import { parseQuery } from '../query/parse.ts';
import type { Suggestion } from '../query/suggest/reasons.ts';
import { createSeenForms, type SeenForm } from '../query/suggest/seen.ts';
import { type RecentText, recentTexts } from '../store/recent-texts.ts';
import type { JobDeps } from './deps.ts';

export type CountDeps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

const TEXTS_AT_MOST = 20_000;
const TIME_MS = 3_000;
const SEEN_SHOWN = 20;
const SAMPLE = 3;
const EXCERPT = 400;
/** Key of the query that is made of the suggestions. */
const WHOLE = 'whole';

/** Suggestions are queries of ours: an issue is our mistake. */
function read(text: string) {
  const parsed = parseQuery(text, 'topic');
  if ('issues' in parsed) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  return parsed.query;
}

/** What is found in the newest texts. */
export interface Counted {
  /** Texts with each suggestion. */
  counts: number[];
  /** Texts that the query finds, and some of them. */
  found: number;
  sample: RecentText[];
  /** Spellings near the suggestions that the query does not find. */
  seen: SeenForm[];
  /** Texts that were looked through. */
  texts: number;
}

/** Tries suggestions, and the query made of them ('': none), on the newest texts; some seconds at most. */
export async function countInStore(
  { db, clock, resources: { morphology } }: CountDeps,
  suggestions: readonly Suggestion[],
  query: string,
): Promise<Counted> {
  const topics = suggestions.map(({ terms }, at) => ({ key: String(at), query: read(terms.join(' OR ')) }));
  const whole = query === '' ? [] : [{ key: WHOLE, query: read(query) }];
  const matcher = createMatcher([...topics, ...whole], morphology);
  const seen = createSeenForms(suggestions, morphology);
  const counts = suggestions.map(() => 0);
  const end = clock.now().getTime() + TIME_MS;
  const sample: RecentText[] = [];
  let found = 0;
  let texts = 0;
  for await (const batch of recentTexts(db, TEXTS_AT_MOST)) {
    for (const { id, title, text } of batch) {
      for (const { key } of matcher.match({ title, text })) {
        if (key !== WHOLE) counts[Number(key)] = (counts[Number(key)] ?? 0) + 1;
        else found += 1;
        if (key === WHOLE && found <= SAMPLE) sample.push({ id, title, text: text.slice(0, EXCERPT) });
      }
      seen.add(`${title ?? ''}\n${text}`);
    }
    texts += batch.length;
    if (clock.now().getTime() > end) break;
  }
  const finds = query === '' ? null : createEvaluator(read(query), morphology);
  const missed = seen.list(SEEN_SHOWN * 10).filter(({ spelling }) => !finds?.({ text: spelling }).matched);
  return { counts, found, sample, seen: missed.slice(0, SEEN_SHOWN), texts };
}

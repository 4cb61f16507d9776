import { createEvaluator } from '../query/evaluate.ts';
import { createMatcher } from '../query/matcher.ts';
import { parseQuery } from '../query/parse.ts';
import type { Suggestion } from '../query/suggest/reasons.ts';
import { createSeenForms, type SeenForm } from '../query/suggest/seen.ts';
import { recentTexts } from '../store/recent-texts.ts';
import type { CommandDeps } from './command.ts';

const TEXTS_AT_MOST = 20_000;
const TIME_MS = 3_000;
const SEEN_SHOWN = 20;

/** Suggestions are queries of ours: an issue is our mistake. */
function read(text: string) {
  const parsed = parseQuery(text, 'topic');
  if ('issues' in parsed) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  return parsed.query;
}

/** In how many of the newest texts each suggestion is found, and which spellings near it none finds. */
export async function countInStore(
  { db, clock, resources: { morphology } }: CommandDeps['jobs'],
  suggestions: readonly Suggestion[],
  query: string,
): Promise<{ counts: number[]; seen: SeenForm[]; texts: number }> {
  const topics = suggestions.map(({ terms }, at) => ({ key: String(at), query: read(terms.join(' OR ')) }));
  const matcher = createMatcher(topics, morphology);
  const seen = createSeenForms(suggestions, morphology);
  const counts = suggestions.map(() => 0);
  const end = clock.now().getTime() + TIME_MS;
  let texts = 0;
  for await (const batch of recentTexts(db, TEXTS_AT_MOST)) {
    for (const { title, text } of batch) {
      for (const { key } of matcher.match({ title, text }))
        counts[Number(key)] = (counts[Number(key)] ?? 0) + 1;
      seen.add(`${title ?? ''}\n${text}`);
    }
    texts += batch.length;
    if (clock.now().getTime() > end) break;
  }
  const finds = createEvaluator(read(query), morphology);
  const missed = seen.list(SEEN_SHOWN * 10).filter(({ spelling }) => !finds({ text: spelling }).matched);
  return { counts, seen: missed.slice(0, SEEN_SHOWN), texts };
}

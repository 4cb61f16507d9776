import { z } from 'zod';
import { createEvaluator } from '../query/evaluate.ts';
import { createMatcher } from '../query/matcher.ts';
import { parseQuery } from '../query/parse.ts';
import { composeQuery } from '../query/suggest/compose.ts';
import { REASONS, RISKS, type Suggestion } from '../query/suggest/reasons.ts';
import { createSeenForms, type SeenForm } from '../query/suggest/seen.ts';
import { suggestForms } from '../query/suggest/suggest.ts';
import { recentTexts } from '../store/recent-texts.ts';
import { type Command, type CommandDeps, register } from './command.ts';

interface Args {
  name: string;
  about: string;
  aliases: string[];
}

const TEXTS_AT_MOST = 20_000;
const TIME_MS = 3_000;
const SEEN_SHOWN = 20;

const suggest: Command<Args> = {
  name: 'topics suggest',
  arguments: '<name>',
  options: [
    [
      '--about <words>',
      'what it is: "bank", "сеть магазинов"; risky spellings are then looked for near its words',
    ],
    ['--alias <names...>', 'other names that you know'],
  ],
  summary: 'spellings under which people write of a brand, why, how often they occur, and a query of them',
  example: 'molva topics suggest "Тинькофф" --about банк --alias ТКС @tinkoff_bank',
  args: z.object({
    name: z.string().trim().min(2).max(200),
    about: z.string().max(500),
    aliases: z.array(z.string().trim().min(2).max(200)).max(50),
  }),
  read: ([name], options) => ({ name, about: options.about ?? '', aliases: options.alias ?? [] }),
  run: async ({ jobs }, { name, about, aliases }, out) => {
    const suggestions = suggestForms(name, aliases, jobs.resources.morphology);
    if (suggestions.length === 0) {
      out.message(`there is no word to look for in “${name}”`);
      return 1;
    }
    const query = composeQuery(suggestions, about);
    const { counts, seen, texts } = await countInStore(jobs, suggestions, query);
    for (const [at, { kind, risk, terms }] of suggestions.entries())
      out.data(
        { kind, risk, terms, count: counts[at] ?? 0, why: REASONS[kind], advice: RISKS[risk] },
        `${counts[at] ?? 0}\t${terms.join(' OR ')}\t${REASONS[kind].en}; ${RISKS[risk].en}`,
      );
    for (const { spelling, count } of seen)
      out.data({ seen: spelling, count }, `${count}\t${spelling}\tseen in texts, not found by the query`);
    out.data({ query, texts }, `\n${query}`);
    out.message(`counted in the ${texts} newest documents`);
    return 0;
  },
};

/** In how many of the newest texts each suggestion is found, and which spellings near it none finds. */
async function countInStore(
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

/** Suggestions are queries of ours: an issue is our mistake. */
function read(text: string) {
  const parsed = parseQuery(text, 'topic');
  if ('issues' in parsed) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  return parsed.query;
}

export const topicsSuggest = register(suggest);

import { z } from 'zod';
import { composeQuery } from '../query/suggest/compose.ts';
import { REASONS, RISKS } from '../query/suggest/reasons.ts';
import { type Command, register } from './command.ts';

interface Args {
  name: string;
  about: string;
  aliases: string[];
}

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
    const { suggestForms } = await import('../query/suggest/suggest.ts');
    const { countInStore } = await import('../jobs/count-suggestions.ts');
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

export const topicsSuggest = register(suggest);

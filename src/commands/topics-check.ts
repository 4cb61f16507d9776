import { z } from 'zod';
import { type Command, register } from './command.ts';

interface Arguments {
  query: string;
  text?: string | undefined;
}

const check: Command<Arguments> = {
  name: 'topics check',
  arguments: '<query>',
  options: [['--text <text>', 'does the query match this text, and why?']],
  summary: 'read a query: what is wrong with it, how it is understood, what could be better',
  example: 'molva topics check "ромашка AND (возврат OR вернуть)" --text "Ромашку вернули"',
  args: z.object({ query: z.string(), text: z.string().optional() }),
  read: ([query], options) => ({ query, text: options.text }),
  run: async ({ jobs }, { query, text }, out) => {
    const { checkQuery } = await import('./check-query.ts');
    return checkQuery(jobs, query, text ?? null, out);
  },
};

export const topicsCheck = register(check);

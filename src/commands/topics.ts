import { z } from 'zod';
import { evaluate } from '../query/evaluate.ts';
import { formatQuery } from '../query/format.ts';
import { showCaret } from '../query/issues.ts';
import { readTopicQuery } from '../query/saved.ts';
import { countTones } from '../store/mentions.ts';
import { listTopics } from '../store/topics.ts';
import { type Command, register } from './command.ts';
import { topicsSuggest } from './topics-suggest.ts';

const list: Command<object> = {
  name: 'topics list',
  summary: 'list the topics with their queries and how often they were mentioned',
  example: 'molva topics list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const tones = await countTones(jobs.db, new Date(0), jobs.clock.now());
    for (const topic of await listTopics(jobs.db)) {
      const mentions = tones
        .filter((tone) => tone.topicId === topic.id)
        .reduce((sum, tone) => sum + tone.count, 0);
      out.data(
        { ...topic, mentions },
        `${topic.key}\t${mentions}\t${topic.enabled ? '' : '(off) '}${topic.query}`,
      );
    }
    return 0;
  },
};

const check: Command<{ query: string; text?: string | undefined }> = {
  name: 'topics check',
  arguments: '<query>',
  options: [['--text <text>', 'does the query match this text, and where?']],
  summary: 'read a query: what is wrong with it, how it is understood',
  example: 'molva topics check "ромашка AND (возврат OR вернуть)" --text "Ромашку вернули"',
  args: z.object({ query: z.string(), text: z.string().optional() }),
  read: ([query], options) => ({ query, text: options.text }),
  run: async ({ jobs }, { query, text }, out) => {
    const parsed = readTopicQuery(query, await listTopics(jobs.db));
    if ('issues' in parsed) {
      for (const issue of parsed.issues)
        out.message(`${issue.line}:${issue.column}: ${issue.message.en}\n${showCaret(query, issue)}`);
      out.data({ ok: false, issues: parsed.issues }, '');
      return 1;
    }
    for (const warning of parsed.query.warnings)
      out.message(`${warning.line}:${warning.column}: ${warning.message.en}`);
    const { morphology } = jobs.resources;
    const verdict = text === undefined ? null : evaluate(parsed.query, { text }, morphology);
    out.data(
      { ok: true, read: formatQuery(parsed.query), verdict },
      `read as: ${formatQuery(parsed.query)}${verdict ? `\n${verdict.matched ? `matches: ${verdict.spans.map((s) => text?.slice(s.start, s.end)).join(', ')}` : 'does not match'}` : ''}`,
    );
    return verdict && !verdict.matched ? 1 : 0;
  },
};

export const topicsCommands = [register(list), register(check), topicsSuggest];

import { z } from 'zod';
import { NO_FILTERS } from '../model/search.ts';
import { describeIssue } from '../query/issues.ts';
import { getDocuments } from '../store/documents.ts';
import { forgetIndex } from '../store/index-state.ts';
import { listTopics } from '../store/topics.ts';
import { type Command, register } from './command.ts';

interface SearchArgs {
  words: string;
  topic?: string | undefined;
  tone?: string | undefined;
  limit: number;
}

const search: Command<SearchArgs> = {
  name: 'search',
  arguments: '<query...>',
  options: [
    ['--topic <key>', 'only mentions of this topic'],
    ['--tone <tone>', 'negative, neutral, positive or unsure'],
    ['--limit <n>', 'how many to show (20)'],
  ],
  summary: 'search what was found, newest first, in the language of topics',
  example: 'molva search "вернуть NEAR/5 деньги" --topic romashka',
  args: z.object({
    words: z.string().max(2000),
    topic: z.string().optional(),
    tone: z.enum(['negative', 'neutral', 'positive', 'unsure']).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(20),
  }),
  read: ([words], options) => ({ ...options, words: (words as string[]).join(' ') }),
  run: async ({ jobs, search: engine }, { words, topic, tone, limit }, out) => {
    const { readSearchQuery } = await import('../query/saved.ts');
    const { withoutPrivate } = await import('../lib/private/mask.ts');
    const read = readSearchQuery(words, await listTopics(jobs.db));
    if ('issues' in read) {
      for (const issue of read.issues) out.message(describeIssue(words, issue, 'en'));
      return 1;
    }
    const found = await engine.search({
      query: read.query,
      filters: {
        ...NO_FILTERS,
        topics: topic ? [topic] : [],
        sentiments: tone ? [tone] : [],
        mentionsOnly: Boolean(topic ?? tone),
      },
      zone: 'UTC',
      limit,
      offset: 0,
    });
    const documents = new Map(
      (await getDocuments(jobs.db, found.ids)).map((document) => [document.id, document]),
    );
    for (const id of found.ids) {
      const document = documents.get(id);
      if (document)
        out.data(
          {
            id,
            url: document.url,
            title: document.title && withoutPrivate(document.title),
            text: withoutPrivate(document.text),
            publishedAt: document.publishedAt,
          },
          `${document.publishedAt?.toISOString() ?? ''}\t${document.url}\t${withoutPrivate(document.title ?? document.text).slice(0, 80)}`,
        );
    }
    out.message(
      `${found.isEstimate ? 'about ' : ''}${found.total} found${found.engine === 'store' ? ` (from the database: ${found.reason})` : ''}`,
    );
    return 0;
  },
};

const reindex: Command<object> = {
  name: 'reindex',
  summary: 'build the search index anew from the store; search goes on meanwhile',
  example: 'molva reindex',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    if (!jobs.index) {
      await forgetIndex(jobs.db);
      out.data(
        { documents: 0, later: true },
        'There is no Meilisearch at hand: the index is built anew when the server starts next.',
      );
      return 0;
    }
    const { rebuildIndex } = await import('../jobs/index-documents.ts');
    const documents = await rebuildIndex(jobs, (done) => out.message(`${done} documents`));
    out.data({ documents }, `${documents} documents indexed`);
    return 0;
  },
};

export const commands = [register(search), register(reindex)];

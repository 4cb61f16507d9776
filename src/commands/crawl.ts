import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { findSourceByKey, listSources } from '../store/sources.ts';
import { type Command, register } from './command.ts';

const run: Command<{ source: string }> = {
  name: 'crawl run',
  arguments: '<source>',
  summary: 'visit one source now and show what was found',
  example: 'molva crawl run habr',
  args: z.object({ source: z.string() }),
  read: ([source]) => ({ source }),
  run: async ({ jobs }, args, out) => {
    const { crawlSource } = await import('../jobs/crawl.ts');
    const source = await findSourceByKey(jobs.db, args.source);
    if (!source)
      throw new InputError([
        { at: 'source', message: `there is no source "${args.source}"; see molva crawl list` },
      ]);
    const summary = await crawlSource(jobs, { sourceId: source.id }, new AbortController().signal);
    out.data(
      { source: source.key, ...summary },
      summary.error
        ? `${source.name}: ${summary.error}`
        : `${source.name}: ${summary.seen} seen, ${summary.stored} new or changed`,
    );
    return summary.error ? 1 : 0;
  },
};

const list: Command<object> = {
  name: 'crawl list',
  summary: 'list the sources with their last success, error and next visit',
  example: 'molva crawl list --json',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    for (const source of await listSources(jobs.db)) {
      const { key, kind, url, enabled, nextRunAt, lastSuccessAt, lastError } = source;
      const state = !enabled
        ? 'off'
        : lastError
          ? `error: ${lastError.message}`
          : lastSuccessAt
            ? `read ${lastSuccessAt.toISOString()}`
            : 'not yet read';
      out.data(
        { key, kind, url, enabled, nextRunAt, lastSuccessAt, lastError },
        `${key}\t${state}\tnext ${nextRunAt.toISOString()}`,
      );
    }
    return 0;
  },
};

export const commands = [register(run), register(list)];

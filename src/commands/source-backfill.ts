import { z } from 'zod';
import { addAudit } from '../store/audit.ts';
import { listDuePages, readBackfill, setBackfill } from '../store/backfill.ts';
import { type Command, register } from './command.ts';

interface BackfillArgs {
  source: string;
  days?: number | undefined;
  stop: boolean;
  resume: boolean;
}

const backfill: Command<BackfillArgs> = {
  name: 'source backfill',
  arguments: '<source>',
  options: [
    ['--days <number>', 'reach so many days back'],
    ['--stop', 'collect no more of the past for now'],
    ['--resume', 'go on where it was stopped'],
  ],
  summary: 'show how far the past of a source has been collected; reach further back, stop, go on',
  example: 'molva source backfill forum-example-com --stop',
  args: z.object({
    source: z.string(),
    days: z.coerce.number().int().min(0).max(3650).optional(),
    stop: z.boolean(),
    resume: z.boolean(),
  }),
  read: ([source], { days, stop, resume }) => ({
    source,
    days,
    stop: stop === true,
    resume: resume === true,
  }),
  run: async ({ jobs, manage }, { source: key, days, stop, resume }, out) => {
    const { reachFurtherBack, requireSource } = await import('../jobs/manage-sources.ts');
    const source = await requireSource(jobs.db, key);
    const now = jobs.clock.now();
    await jobs.db.transaction(async (tx) => {
      if (days !== undefined) await reachFurtherBack(manage, tx, source, days);
      else if (stop || resume) await setBackfill(tx, source.id, !stop, now);
      else return;
      const subject = `source:${source.id}`;
      const detail = { days: days ?? null, stop };
      await addAudit(tx, { at: now, actor: 'cli', action: 'source.backfill', subject, detail });
    });
    const progress = await readBackfill(jobs.db, source.id);
    const state = progress?.isRunning ? 'running' : 'stopped';
    const { known = 0, waiting = 0, documents = 0, earliest = null } = progress ?? {};
    out.data(
      progress,
      `${source.name}: ${state}; ${known - waiting} of ${known} known pages read, ${documents} documents, the earliest of ${earliest?.toISOString() ?? 'an unknown day'}`,
    );
    return 0;
  },
};

const PAGES = 50;

const pages: Command<{ source: string }> = {
  name: 'source pages',
  arguments: '<source>',
  summary: 'list the pages that are read next',
  example: 'molva source pages forum-example-com',
  args: z.object({ source: z.string() }),
  read: ([source]) => ({ source }),
  run: async ({ jobs }, { source: key }, out) => {
    const { requireSource } = await import('../jobs/manage-sources.ts');
    const source = await requireSource(jobs.db, key);
    const due = await listDuePages(jobs.db, source.id, PAGES);
    for (const page of due)
      out.data(
        page,
        `${page.dueAt.toISOString()}\t${page.role}\t${page.fetchedAt ? 'again' : 'new'}\t${page.url}`,
      );
    if (due.length === 0) out.message('No page is due; the next look for news is a visit of its own.');
    return 0;
  },
};

export const backfillCommand = register(backfill);
export const pagesCommand = register(pages);

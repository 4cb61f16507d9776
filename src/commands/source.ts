import { z } from 'zod';
import { addAudit } from '../store/audit.ts';
import { listHealth } from '../store/source-health.ts';
import { countDocumentsBySource, listSources } from '../store/sources.ts';
import { type Command, register } from './command.ts';
import { readInterval } from './interval.ts';
import { backfillCommand, pagesCommand } from './source-backfill.ts';
import { discoverCommand, testCommand } from './source-discover.ts';
import { exportCommand, importCommand } from './source-opml.ts';
import { stateLine } from './source-words.ts';

const LIMIT_MS = 120_000;

const list: Command<object> = {
  name: 'source list',
  summary: 'list the sources with their health, documents and next visit',
  example: 'molva source list --json',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const [sources, counts, judged] = await Promise.all([
      listSources(jobs.db),
      countDocumentsBySource(jobs.db),
      listHealth(jobs.db),
    ]);
    for (const source of sources) {
      const documents = counts.get(source.id) ?? 0;
      const { id: _id, state: _state, ...shown } = source;
      const health = judged.get(source.id);
      out.data(
        { ...shown, documents, health: health ?? null },
        `${source.key}\t${documents}\t${stateLine(source, health)}`,
      );
    }
    if (sources.length === 0) out.message('No sources yet. Find one: molva source discover example.com');
    return 0;
  },
};

interface AddArgs {
  url: string;
  key?: string | undefined;
  kind?: string | undefined;
  name?: string | undefined;
  everyMs?: number | undefined;
}

const add: Command<AddArgs> = {
  name: 'source add',
  arguments: '<url>',
  options: [
    ['--kind <kind>', 'kind of source; without it the best that is found at the address'],
    ['--key <key>', 'short name for commands and addresses'],
    ['--name <name>', 'name for people'],
    ['--every <interval>', 'how often on average, for example 30m or 6h'],
  ],
  summary: 'watch an address from now on',
  example: 'molva source add https://forum.example.com --every 30m',
  args: z.object({
    url: z.string(),
    key: z.string().optional(),
    kind: z.string().optional(),
    name: z.string().optional(),
    everyMs: z.number().optional(),
  }),
  read: ([url], { key, kind, name, every }) => ({ url, key, kind, name, everyMs: readInterval(every) }),
  run: async (deps, { url, kind, ...wanted }, out) => {
    const { chooseCandidate } = await import('../jobs/choose-candidate.ts');
    const { addSource } = await import('../jobs/manage-sources.ts');
    const found = await chooseCandidate(deps.discovery, url, kind, AbortSignal.timeout(LIMIT_MS));
    const draft = { ...found, ...wanted, name: wanted.name ?? found.name };
    const { db, clock } = deps.jobs;
    const added = await db.transaction(async (tx) => {
      const source = await addSource(deps.manage, tx, draft);
      if (!source.isKnown) {
        const subject = `source:${source.id}`;
        await addAudit(tx, { at: clock.now(), actor: 'cli', action: 'source.added', subject });
      }
      return source;
    });
    out.data(
      { ...added, kind: found.kind, url: found.url },
      added.isKnown
        ? `${found.url} is watched already, as ${added.key}`
        : `${added.key}: ${draft.name} (${found.kind}, ${found.url}) is watched from now on`,
    );
    return 0;
  },
};

const remove: Command<{ source: string }> = {
  name: 'source remove',
  arguments: '<source>',
  summary: 'stop watching a source; what it brought is kept',
  example: 'molva source remove forum-example-com',
  args: z.object({ source: z.string() }),
  read: ([source]) => ({ source }),
  run: async ({ jobs, manage }, args, out) => {
    const { removeSource, requireSource } = await import('../jobs/manage-sources.ts');
    const source = await requireSource(jobs.db, args.source);
    const outcome = await jobs.db.transaction(async (tx) => {
      const subject = `source:${source.id}`;
      await addAudit(tx, { at: jobs.clock.now(), actor: 'cli', action: 'source.removed', subject });
      return removeSource(manage, tx, source);
    });
    const words = outcome === 'hidden' ? 'what it brought is kept' : 'it had brought nothing';
    out.data({ source: source.key, outcome }, `${source.name} is no longer watched; ${words}`);
    return 0;
  },
};

export const commands = [
  discoverCommand,
  testCommand,
  register(add),
  register(remove),
  register(list),
  exportCommand,
  importCommand,
  backfillCommand,
  pagesCommand,
];

import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { fieldOfHeader } from '../../match/import/headers.ts';
import {
  headersHash,
  type Mapping,
  mappingMistakes,
  parseMapping,
  proposeMapping,
} from '../../match/import/mapping.ts';
import { FileError } from '../../match/import/mistakes.ts';
import type { ImportTask } from '../../match/import/plan.ts';
import type { UserId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { findMapping, saveMapping } from '../../store/import-mappings.ts';
import { type ImportDeps, importFile } from '../import-customers.ts';
import { type ImportAsk, openImportFile } from './open-file.ts';
import { planImport } from './plan-import.ts';

const KEEP_MS = 60 * 60_000;
const SAMPLES = 3;
/** Imports at the same time: each holds the database. */
const AT_ONCE = 2;

/** Files that people import by the browser, one for each person: the newest takes the place of the one before. */
export interface ImportDesk {
  /** @throws InputError when the file cannot be read */
  put(user: UserId, name: string, bytes: Uint8Array): Promise<void>;
  /** null: there is none, or it has lain there for too long. */
  look(user: UserId): ImportTask | null;
  /** Chooses another sheet, or another kind of rows: the columns are proposed anew. @throws InputError */
  choose(user: UserId, wish: { sheet?: string; kind?: Mapping['kind'] }): Promise<void>;
  /** Takes the mapping and goes through the file to say what would happen, unless the mapping cannot be used. */
  plan(user: UserId, mapping: Mapping): Promise<void>;
  /** Imports what was planned. False: there is nothing planned. @throws InputError `busy` when others import */
  run(user: UserId, actor: string): boolean;
  /** Back to the mapping. What is under way stops; what was saved stays. */
  back(user: UserId): void;
  /** Ends it and deletes the file. */
  drop(user: UserId): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  task: ImportTask;
  path: string;
  aborting: AbortController;
  ended: Promise<void>;
  until: number;
}

type Deps = ImportDeps & { log: Log /** Where files lie meanwhile. */; folder: string };

/** What an earlier process left there is nobody's. */
function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder))
    if (name.endsWith('.upload')) rmSync(join(folder, name), { force: true });
}

async function rememberedMapping(db: Db, columns: readonly string[]): Promise<Mapping | null> {
  try {
    const found = await findMapping(db, headersHash(columns));
    return found === null ? null : parseMapping(found);
  } catch {
    // Of an older program.
    return null;
  }
}

export function createImportDesk(deps: Deps): ImportDesk {
  const entries = new Map<UserId, Entry>();
  emptyFolder(deps.folder);

  function remove(user: UserId, entry: Entry): void {
    entry.aborting.abort();
    rmSync(entry.path, { force: true });
    if (entries.get(user) === entry) entries.delete(user);
  }

  function tidy(): void {
    const now = deps.clock.now().getTime();
    for (const [user, entry] of entries)
      if (entry.until <= now && entry.task.state !== 'importing' && entry.task.state !== 'planning')
        remove(user, entry);
  }

  function touch(entry: Entry): void {
    entry.until = deps.clock.now().getTime() + KEEP_MS;
    // Nobody may come again to have it tidied away.
    setTimeout(tidy, KEEP_MS + 1000).unref();
  }

  const askOf = ({ path, task }: Entry): ImportAsk => ({
    path,
    name: task.name,
    mapping: task.mapping,
    sheet: task.sheets?.chosen,
  });

  async function open(path: string, name: string, wish: Pick<ImportAsk, 'sheet' | 'kind'>) {
    const opened = await openImportFile({ path, name, ...wish });
    const { table, samples } = opened;
    // Rows are read again later: what is open here is closed.
    await table.rows[Symbol.asyncIterator]().return?.();
    const remembered = wish.kind ? null : await rememberedMapping(deps.db, table.columns);
    const mapping = remembered ?? proposeMapping(samples, wish.kind);
    const few = samples.map(({ column, values }) => ({
      column,
      values: values
        .filter((value) => value !== undefined && value !== null && value !== '')
        .slice(0, SAMPLES),
    }));
    return {
      samples: few,
      sheets: table.sheets ?? null,
      mapping,
      isRemembered: remembered !== null,
      mistakes: mappingMistakes(mapping),
    };
  }

  /** Goes through the file in the background. */
  function work(
    entry: Entry,
    state: 'planning' | 'importing',
    todo: (signal: AbortSignal) => Promise<void>,
  ): void {
    const { task } = entry;
    entry.aborting = new AbortController();
    const { signal } = entry.aborting;
    Object.assign(task, { state, rows: 0, failure: null });
    const done = state === 'planning' ? 'planned' : 'done';
    entry.ended = todo(signal).then(
      () => {
        touch(entry);
        if (!signal.aborted) task.state = done;
      },
      (error: unknown) => {
        touch(entry);
        if (signal.aborted) return;
        task.state = 'failed';
        task.failure = error instanceof FileError ? error.mistake : null;
        if (!task.failure) deps.log.error({ err: error }, 'an import of customers failed');
      },
    );
  }

  const progressOf = (task: ImportTask) => (rows: number) => {
    task.rows = rows;
  };

  async function stop(entry: Entry): Promise<void> {
    entry.aborting.abort();
    await entry.ended;
  }

  return {
    put: async (user, name, bytes) => {
      tidy();
      const path = join(deps.folder, `${randomBytes(12).toString('hex')}.upload`);
      writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
      let opened: Awaited<ReturnType<typeof open>>;
      try {
        opened = await open(path, name, {});
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
      const before = entries.get(user);
      if (before) remove(user, before);
      const task: ImportTask = {
        id: randomBytes(6).toString('hex'),
        name,
        size: bytes.length,
        ...opened,
        state: 'mapping',
        rows: 0,
        total: null,
        plan: null,
        result: null,
        failure: null,
      };
      const entry: Entry = {
        task,
        path,
        aborting: new AbortController(),
        ended: Promise.resolve(),
        until: 0,
      };
      touch(entry);
      entries.set(user, entry);
    },
    look: (user) => {
      tidy();
      return entries.get(user)?.task ?? null;
    },
    choose: async (user, wish) => {
      const entry = entries.get(user);
      if (entry?.task.state !== 'mapping') return;
      const { task } = entry;
      const sheet = wish.sheet ?? task.sheets?.chosen;
      const kind = wish.kind ?? (wish.sheet ? undefined : task.mapping.kind);
      Object.assign(task, await open(entry.path, task.name, { sheet, kind }));
      touch(entry);
    },
    plan: async (user, mapping) => {
      const entry = entries.get(user);
      if (entry?.task.state !== 'mapping') return;
      const { task } = entry;
      Object.assign(task, { mapping, mistakes: mappingMistakes(mapping), isRemembered: false });
      touch(entry);
      if (task.mistakes.some(({ isTaken }) => !isTaken)) return;
      const columns = task.samples.map(({ column }) => column);
      // Columns that nobody knows may be the first customer of a file without headers: that is not kept.
      if (columns.some((column) => fieldOfHeader(column, mapping.kind) !== undefined))
        await saveMapping(deps.db, headersHash(columns), mapping, deps.clock.now());
      work(entry, 'planning', async (signal) => {
        task.plan = await planImport(deps, askOf(entry), { signal, onRows: progressOf(task) });
        task.total = task.plan.counts.rows;
      });
    },
    run: (user, actor) => {
      const entry = entries.get(user);
      if (entry?.task.state !== 'planned') return false;
      if ([...entries.values()].filter(({ task }) => task.state === 'importing').length >= AT_ONCE)
        throw new InputError([{ at: 'busy', message: 'others are importing; try again soon' }]);
      const { task } = entry;
      work(entry, 'importing', async (signal) => {
        const { created, updated, rows, mistakes } = await importFile(deps, askOf(entry), actor, {
          signal,
          onRows: progressOf(task),
        });
        task.result = { created, updated, rows, mistakes };
        rmSync(entry.path, { force: true });
      });
      return true;
    },
    back: (user) => {
      const entry = entries.get(user);
      if (!entry || entry.task.state === 'done') return;
      entry.aborting.abort();
      if (entry.task.state === 'importing') Object.assign(entry.task, { state: 'stopped' });
      else Object.assign(entry.task, { state: 'mapping', plan: null, total: null, failure: null });
      touch(entry);
    },
    drop: async (user) => {
      const entry = entries.get(user);
      if (!entry) return;
      await stop(entry);
      remove(user, entry);
    },
    close: async () => {
      for (const [user, entry] of [...entries]) {
        await stop(entry);
        remove(user, entry);
      }
    },
  };
}

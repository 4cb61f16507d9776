import PgBoss from 'pg-boss';
import type { Log } from '../lib/log.ts';
import type { CaseId, DocumentId, RuleRunId, SourceId } from '../model/ids.ts';
import type { Database, Db } from './db.ts';

/** Every queue and what one job in it says. Jobs only point at rows: the rows are the truth. */
export interface JobData {
  crawl: { sourceId: SourceId };
  understand: {
    documentIds: DocumentId[];
    /** They are no news: nothing follows from what is found, nobody is alerted and no case is opened. */
    isPast?: boolean;
  };
  act: { documentIds: DocumentId[] };
  /** The next batch of a run over the past: topics are matched again, or tags made again. */
  rematch: {
    runId: number;
    /** How far the run had come: a job that is tried again once its batch is stored has nothing to do. Jobs of an older program say nothing. */
    after?: number;
  };
  /** The next batch of a rule on the past, or of its undoing. */
  'rule-run': { runId: RuleRunId };
  /** The page behind a complaint is taken, or looked at again, if that is due. */
  evidence: { caseId: CaseId; documentId: DocumentId };
}

type JobName = keyof JobData;

/** How long one job may take before another worker gets it; how often it is tried. */
const QUEUES: Record<JobName, { expireInSeconds: number; retryLimit: number }> = {
  crawl: { expireInSeconds: 660, retryLimit: 0 },
  understand: { expireInSeconds: 40, retryLimit: 5 },
  act: { expireInSeconds: 40, retryLimit: 5 },
  rematch: { expireInSeconds: 120, retryLimit: 5 },
  'rule-run': { expireInSeconds: 120, retryLimit: 5 },
  // Tried again by its row.
  evidence: { expireInSeconds: 240, retryLimit: 0 },
};

interface WorkOptions {
  /** Jobs of this queue that run at the same time in this process. */
  concurrency: number;
}

export interface Queue {
  /** Enqueues in the transaction of `tx`: the job exists if and only if the rows it is about do. */
  send<Name extends JobName>(tx: Db, name: Name, data: JobData[Name]): Promise<void>;
  work<Name extends JobName>(
    name: Name,
    options: WorkOptions,
    handler: (data: JobData[Name], signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Jobs that wait or run, per queue. */
  backlog(): Promise<Record<JobName, number>>;
  stop(): Promise<void>;
}

const NAMES = Object.keys(QUEUES) as JobName[];
const POLL_SECONDS = 0.5;
/** How often jobs of workers that died are looked for: expiry and this together are what a complaint may wait. */
const MAINTENANCE_SECONDS = 15;
const STOP_TIMEOUT_MS = 10_000;

function executor(db: Db): PgBoss.Db {
  return { executeSql: async (sql, values) => ({ rows: await db.query(sql, values ?? []) }) };
}

/** pg-boss sends several statements at once when it has no parameters; only the simple protocol takes them. */
function databaseExecutor(db: Database): PgBoss.Db {
  return {
    executeSql: async (sql, values) => {
      if (values && values.length > 0) return { rows: await db.query(sql, values) };
      if (/;\s*\S/.test(sql)) {
        await db.script(sql);
        return { rows: [] };
      }
      return { rows: await db.query(sql) };
    },
  };
}

/** Any constant of our own. */
const ADVISORY_LOCK = 7_262_003;

/** pg-boss does not survive that two processes make its tables at the same moment. */
async function inTurn(db: Database, work: () => Promise<void>): Promise<void> {
  if (db.kind === 'pglite') return work();
  // `work` runs on other connections; this one only holds the lock until it is done.
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    await work();
  });
}

/** A process that was killed left its jobs `active`. When no other process can exist they are free at once. */
async function releaseOrphans(db: Database): Promise<void> {
  if (db.kind !== 'pglite') return;
  await db.query(
    `update pgboss.job set state = 'retry', start_after = now(), retry_limit = retry_limit + 1 where state = 'active'`,
  );
}

/** Work handed out between processes, on the same database as everything else. */
export async function openQueue(db: Database, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    db: databaseExecutor(db),
    schedule: false,
    monitorStateIntervalSeconds: 60,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'queue maintenance failed, it is tried again'));
  await inTurn(db, async () => {
    await boss.start();
    for (const name of NAMES)
      await boss.createQueue(name, { name, ...QUEUES[name], retryDelay: 2, retryBackoff: true });
    for (const name of NAMES) await boss.updateQueue(name, { name, ...QUEUES[name] });
  });
  await releaseOrphans(db);

  const stopping = new AbortController();
  const workers = new Map<JobName, string[]>();
  return {
    send: async (tx, name, data) => {
      await boss.send(name, data, { db: executor(tx) });
      // Our own workers need not wait for their next poll; the row is visible once the transaction has ended.
      setTimeout(() => {
        for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
      }, 5).unref();
    },
    work: async (name, { concurrency }, handler) => {
      const ids: string[] = [];
      for (let i = 0; i < concurrency; i++) {
        const id = await boss.work(
          name,
          { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
          async ([job]) => {
            if (job) await handler(job.data as never, stopping.signal);
          },
        );
        ids.push(id);
      }
      workers.set(name, ids);
    },
    backlog: async () => {
      const rows = await db.query<{ name: string; n: number }>(
        `select name, count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active') group by name`,
      );
      const counts = Object.fromEntries(rows.map((row) => [row.name, row.n]));
      return Object.fromEntries(NAMES.map((name) => [name, counts[name] ?? 0])) as Record<JobName, number>;
    },
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS, close: false });
    },
  };
}

/** Documents in one job: few enough to be done long before the job expires. */
const CHUNK = 50;

/** Hands documents to a stage, as many jobs as it takes. */
export async function sendDocuments(
  queue: Pick<Queue, 'send'>,
  tx: Db,
  name: 'understand' | 'act',
  ids: readonly DocumentId[],
): Promise<void> {
  for (let i = 0; i < ids.length; i += CHUNK)
    await queue.send(tx, name, { documentIds: ids.slice(i, i + CHUNK) });
}

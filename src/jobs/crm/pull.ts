import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../../lib/errors.ts';
import { readObject } from '../../match/import/objects.ts';
import type { CustomerRecord } from '../../model/customer.ts';
import type { Crm, PulledBatch } from '../../model/ports.ts';
import { addAudit } from '../../store/audit.ts';
import {
  addPull,
  type CrmPull,
  claimPull,
  endPull,
  noteBatch,
  type PullKind,
  releasePull,
  wasEverPulled,
} from '../../store/crm-pulls.ts';
import { listPausedEndpoints, pauseEndpoint } from '../../store/endpoints.ts';
import type { JobDeps } from '../deps.ts';
import { rematchComplaints, saveInto } from '../import-customers.ts';
import type { CrmPlan } from './plan.ts';

type PullDeps = Pick<
  JobDeps,
  'db' | 'queue' | 'clock' | 'log' | 'vault' | 'matchWords' | 'matchPolicy' | 'delivery'
>;

export interface PullSummary {
  records: number;
  leftOut: number;
  created: number;
  /** False: it was stopped before the end, and goes on from there. */
  isWhole: boolean;
}

type Counts = Omit<PullSummary, 'isWhole'>;

interface PullOptions {
  signal?: AbortSignal;
  /** Also before it is due. */
  anyway?: boolean;
  /** After this time no further batch is begun. */
  withinMs?: number;
}

/** For so long a pull is ours after each batch; a process that died with it is taken over then. */
const LEASE_MS = 5 * 60_000;
/** A tick of the schedule: what is left is for the next, so that the program can stop. */
const SLICE_MS = 10_000;
/** What failed is tried again no later than this. */
const MAX_REST_MS = 10 * 60_000;

const readerOf = (crm: Crm, kind: PullKind) => (kind === 'customers' ? crm.pullCustomers : crm.pullPurchases);

function toRecords(batch: PulledBatch): CustomerRecord[] {
  return batch.records.flatMap((one) => readObject(one, []).record ?? []);
}

/** Each alone, so that one which the store does not take costs only itself. */
async function saveEach(deps: PullDeps, records: readonly CustomerRecord[]): Promise<Counts> {
  const sum: Counts = { records: 0, leftOut: 0, created: 0 };
  for (const record of records) {
    const saved = await deps.db
      .transaction(async (tx) => (await saveInto(tx, deps, [record])).saved)
      .catch((error: unknown) => {
        deps.log.warn({ code: errorCode(error) }, 'a customer from a CRM could not be saved and is left out');
        return null;
      });
    const one = saved?.get(record.externalId);
    if (one) sum.records += 1;
    else sum.leftOut += 1;
    if (one?.created) sum.created += 1;
  }
  return sum;
}

/** The records and where to go on, both or neither. */
async function saveBatch(deps: PullDeps, pull: CrmPull, batch: PulledBatch): Promise<Counts> {
  const records = toRecords(batch);
  const unread = batch.records.length - records.length;
  const until = new Date(deps.clock.now().getTime() + LEASE_MS);
  const note = { cursor: batch.cursor, until };
  try {
    return await deps.db.transaction(async (tx) => {
      const saved = records.length === 0 ? new Map() : (await saveInto(tx, deps, records)).saved;
      const numbers = new Set(records.map(({ externalId }) => externalId));
      const leftOut = unread + numbers.size - saved.size;
      await noteBatch(tx, pull, { ...note, records: saved.size, leftOut });
      const created = [...saved.values()].filter((one) => one.created).length;
      return { records: saved.size, leftOut, created };
    });
  } catch (error) {
    if (records.length === 0) throw error;
    const sum = await saveEach(deps, records);
    const leftOut = sum.leftOut + unread;
    await noteBatch(deps.db, pull, { ...note, records: sum.records, leftOut });
    return { ...sum, leftOut };
  }
}

async function pullAll(deps: PullDeps, pull: CrmPull, crm: Crm, options: PullOptions): Promise<PullSummary> {
  const { signal, withinMs = Number.POSITIVE_INFINITY } = options;
  const end = deps.clock.now().getTime() + withinMs;
  const sum: PullSummary = { records: 0, leftOut: 0, created: 0, isWhole: false };
  const reader = readerOf(crm, pull.kind);
  if (!reader) throw new PermanentError('no-pull', `This connector does not pull ${pull.kind}.`);
  try {
    for await (const batch of reader(pull.cursor, signal)) {
      const saved = await saveBatch(deps, pull, batch);
      for (const part of ['records', 'leftOut', 'created'] as const) sum[part] += saved[part];
      sum.isWhole = batch.done;
      signal?.throwIfAborted();
      if (deps.clock.now().getTime() >= end) break;
    }
    return sum;
  } finally {
    if (sum.records > 0)
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: `crm:${pull.endpoint}`,
        action: 'customers.pulled',
        subject: pull.kind,
        detail: { created: sum.created, saved: sum.records, leftOut: sum.leftOut },
      });
    // Whoever complained before he was known is looked at again; once for all that a pass brought.
    if (sum.isWhole && (sum.records > 0 || pull.lastSuccessAt === null)) await rematchComplaints(deps);
  }
}

/** Ends it as it went, and says when it is due again. Who is not let in is paused. */
async function settle(deps: PullDeps, pull: CrmPull, everyMs: number, error: unknown): Promise<void> {
  const { db, clock } = deps;
  const now = clock.now();
  const asked = error instanceof RetryLaterError ? (error.delayMs ?? 0) : 0;
  const rest = error === null ? everyMs : Math.max(Math.min(everyMs, MAX_REST_MS), asked);
  const message = error === null ? null : errorMessage(error).slice(0, 500).toWellFormed();
  await endPull(db, pull, { now, nextAt: new Date(now.getTime() + rest), error: message });
  if (errorCode(error) === 'credentials') await pauseEndpoint(db, pull.endpoint, message ?? '', now);
}

/** Reads what there is in one CRM from where the last pull ended. null: another process does. @throws what the connector throws */
export async function pullNow(
  deps: PullDeps,
  plan: CrmPlan,
  kind: PullKind,
  options: PullOptions = {},
): Promise<PullSummary | null> {
  const { db, clock } = deps;
  const crm = deps.delivery.crms.get(plan.key);
  if (!crm) return null;
  const now = clock.now();
  await addPull(db, plan.key, kind, now);
  const until = new Date(now.getTime() + LEASE_MS);
  const pull = await claimPull(
    db,
    { endpoint: plan.key, kind },
    { now, until, anyway: options.anyway ?? false },
  );
  if (!pull) return null;
  try {
    const summary = await pullAll(deps, pull, crm, options);
    if (summary.isWhole) await settle(deps, pull, plan.pullEveryMs, null);
    else await releasePull(db, pull, clock.now());
    return summary;
  } catch (error) {
    await settle(deps, pull, plan.pullEveryMs, error);
    throw error;
  }
}

/** Customers first, and all of them: a purchase of somebody who is not known is left out. One CRM's trouble does not hold up the others. */
async function pullOf(deps: PullDeps, plan: CrmPlan): Promise<void> {
  for (const kind of ['customers', 'purchases'] as const) {
    if (!plan.pulls.includes(kind)) continue;
    try {
      const summary = await pullNow(deps, plan, kind, { withinMs: SLICE_MS });
      if (summary) deps.log.info({ endpoint: plan.key, kind, ...summary }, 'read from a CRM');
      const isKnown = summary?.isWhole ?? (await wasEverPulled(deps.db, plan.key, kind));
      if (!isKnown) return;
    } catch (error) {
      deps.log.warn({ endpoint: plan.key, kind, code: errorCode(error) }, 'a CRM could not be read');
      return;
    }
  }
}

/** Reads the CRMs whose time has come. */
export async function pullDue(deps: PullDeps & Pick<JobDeps, 'crmPlans'>): Promise<void> {
  const paused = new Set((await listPausedEndpoints(deps.db)).map(({ key }) => key));
  const plans = deps.crmPlans.filter(({ key, pulls }) => pulls.length > 0 && !paused.has(key));
  await Promise.all(plans.map((plan) => pullOf(deps, plan)));
}

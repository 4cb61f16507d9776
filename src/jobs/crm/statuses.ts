import { reviseCase } from '../../act/cases/revise.ts';
import { errorCode, errorMessage } from '../../lib/errors.ts';
import type { Crm, RecordStatus } from '../../model/ports.ts';
import { type CaseRecordRow, claimUnread, setRecordStatus } from '../../store/case-records.ts';
import { listPausedEndpoints, pauseEndpoint } from '../../store/endpoints.ts';
import type { JobDeps } from '../deps.ts';
import type { CrmPlan } from './plan.ts';

type StatusDeps = Pick<JobDeps, 'db' | 'clock' | 'log' | 'delivery'>;

/** What the port takes at once. */
const BATCH = 50;
/** In one tick, so that a CRM with many cases does not keep the others. */
const BATCHES = 10;

/**
 * The case follows what changed in the CRM: not what has stood there since, or a status that people set here would be undone. What the CRM
 * says first counts only when somebody has begun to work on it.
 */
async function follow(deps: StatusDeps, row: CaseRecordRow, read: RecordStatus): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    await setRecordStatus(tx, row, read, deps.clock.now());
    const before = row.status ?? 'open';
    if (before === read.status) return false;
    const by = { actor: `crm:${row.endpoint}`, now: deps.clock.now() };
    return ((await reviseCase(tx, row.caseId, { status: read.status }, by)) ?? []).length > 0;
  });
}

async function readBatch(deps: StatusDeps, plan: CrmPlan, read: NonNullable<Crm['readStatuses']>) {
  const { db, clock } = deps;
  const now = clock.now();
  const rows = await claimUnread(db, plan.key, now, new Date(now.getTime() - plan.statusEveryMs), BATCH);
  if (rows.length === 0) return { read: 0, changed: 0 };
  const found = await read(rows.map(({ externalId }) => externalId));
  let changed = 0;
  for (const row of rows) {
    const status = found.get(row.externalId);
    if (status && (await follow(deps, row, status))) changed += 1;
  }
  return { read: rows.length, changed };
}

async function readStatusesOf(deps: StatusDeps, plan: CrmPlan): Promise<number> {
  const read = deps.delivery.crms.get(plan.key)?.readStatuses;
  if (!read) return 0;
  let changed = 0;
  try {
    for (let n = 0; n < BATCHES; n += 1) {
      const done = await readBatch(deps, plan, read);
      changed += done.changed;
      if (done.read < BATCH) break;
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === 'credentials') await pauseEndpoint(deps.db, plan.key, errorMessage(error), deps.clock.now());
    deps.log.warn({ endpoint: plan.key, code }, 'a CRM could not be asked how cases stand');
  }
  return changed;
}

/** Asks each CRM how its open cases stand. Returns how many cases changed. */
export async function readDueStatuses(deps: StatusDeps & Pick<JobDeps, 'crmPlans'>): Promise<number> {
  const paused = new Set((await listPausedEndpoints(deps.db)).map(({ key }) => key));
  const plans = deps.crmPlans.filter(({ key }) => !paused.has(key));
  const changed = await Promise.all(plans.map((plan) => readStatusesOf(deps, plan)));
  return changed.reduce((sum, n) => sum + n, 0);
}

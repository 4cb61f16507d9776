import { addAudit } from '../../store/audit.ts';
import { queryOne } from '../../store/db.ts';
import { emptyRecords, outdatedRecords } from '../../store/evidence.ts';
import { chainEnd } from '../../store/evidence-chain.ts';
import { handOutLooks } from '../../store/evidence-looks.ts';
import { ANCHORED } from '../../store/evidence-verify.ts';
import type { JobDeps } from '../deps.ts';

const MOST_LOOKS = 50;
const BATCH = 200;
const DAY_MS = 24 * 3_600_000;

/** Hands out the looks whose time has come. */
export async function enqueueLooks(deps: Pick<JobDeps, 'db' | 'queue' | 'clock'>): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const due = await handOutLooks(tx, deps.clock.now(), MOST_LOOKS);
    for (const look of due) await deps.queue.send(tx, 'evidence', look);
    return due.length;
  });
}

/** Once a day the end of the chain is told to the log and the audit: a chain that is rewritten later contradicts them. False: it was told already. */
export async function anchorChain({
  db,
  clock,
  log,
}: Pick<JobDeps, 'db' | 'clock' | 'log'>): Promise<boolean> {
  const at = clock.now();
  const end = await db.transaction(async (tx) => {
    const last = await queryOne<{ at: Date; seq: number }>(
      tx,
      `select at, (detail->>'seq')::bigint as seq from audit where action = $1 order by at desc, id desc limit 1`,
      [ANCHORED],
    );
    const now = await chainEnd(tx);
    if (!now || now.seq === last?.seq || (last && at.getTime() - last.at.getTime() < DAY_MS)) return null;
    await addAudit(tx, { at, actor: 'system', action: ANCHORED, subject: 'evidence', detail: { ...now } });
    return now;
  });
  if (end) log.info({ ...end }, 'the end of the evidence chain');
  return end !== null;
}

/** Empties evidence of cases that are over and in which nothing happened since `before`. Returns how many records. */
export async function forgetEvidence(
  { db, clock }: Pick<JobDeps, 'db' | 'clock'>,
  before: Date,
): Promise<number> {
  let emptied = 0;
  for (;;) {
    const count = await db.transaction(async (tx) =>
      emptyRecords(tx, await outdatedRecords(tx, before, BATCH), 'retention', clock.now()),
    );
    if (count === 0) return emptied;
    emptied += count;
  }
}

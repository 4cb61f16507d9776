import { InputError } from '../../lib/errors.ts';
import type { CASE_STATUSES, Case, CaseEventKind, CaseOutcome, CasePromise } from '../../model/case.ts';
import type { CaseId, UserId } from '../../model/ids.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { type CaseChange, changeCase, lockCases, setStatusOfPosts } from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { touchDocuments } from '../../store/progress.ts';

/** What somebody changes of a case; what is left out stays. */
export interface CaseRevision {
  status?: (typeof CASE_STATUSES)[number];
  owner?: UserId | null;
  cause?: string | null;
  severity?: Case['severity'];
  dueAt?: Date;
  promise?: Pick<CasePromise, 'text' | 'until'> | null;
  promiseKept?: boolean | null;
  outcome?: CaseOutcome | null;
  note?: string;
}

interface Step {
  kind: CaseEventKind;
  detail: Record<string, unknown>;
  change: CaseChange;
}

/** Each way forward is stamped once; a case that is opened again has all its way before it. */
function statusStep(c: Case, status: CaseRevision['status'], now: Date): Step | null {
  if (status === undefined || status === c.status) return null;
  const detail = { from: c.status, to: status };
  if (status === 'open')
    return { kind: 'status', detail, change: { status, takenAt: null, answeredAt: null, closedAt: null } };
  const change: CaseChange = { status, takenAt: c.takenAt ?? now };
  if (status === 'in_work')
    return { kind: 'status', detail, change: { ...change, answeredAt: null, closedAt: null } };
  if (status === 'answered')
    return { kind: 'status', detail, change: { ...change, answeredAt: c.answeredAt ?? now, closedAt: null } };
  return { kind: 'status', detail, change: { ...change, closedAt: now } };
}

function promiseStep(c: Case, { promise, promiseKept }: CaseRevision): Step | null {
  if (promise !== undefined) {
    const isSame =
      promise?.text === c.promise?.text && promise?.until?.getTime() === c.promise?.until?.getTime();
    if (isSame && promiseKept === undefined) return null;
    if (!isSame)
      return {
        kind: 'promise',
        detail: { text: promise?.text ?? null, until: promise?.until?.toISOString() ?? null },
        change: {
          promise: promise?.text ?? null,
          promisedUntil: promise?.until ?? null,
          promiseKept: promiseKept ?? null,
        },
      };
  }
  if (promiseKept === undefined || !c.promise || promiseKept === c.promise.kept) return null;
  return { kind: 'promise', detail: { kept: promiseKept }, change: { promiseKept } };
}

/** Forms know no seconds. */
const minuteOf = (at: Date): number => Math.floor(at.getTime() / 60_000);

function simpleSteps(c: Case, r: CaseRevision): (Step | null)[] {
  return [
    r.owner !== undefined && r.owner !== c.ownerId
      ? { kind: 'owner', detail: { to: r.owner }, change: { ownerId: r.owner } }
      : null,
    r.cause !== undefined && r.cause !== (c.cause ?? c.reason) && r.cause !== c.cause
      ? { kind: 'cause', detail: { from: c.cause ?? c.reason, to: r.cause }, change: { cause: r.cause } }
      : null,
    r.severity !== undefined && r.severity !== c.severity
      ? {
          kind: 'cause',
          detail: { severity: r.severity, before: c.severity },
          change: { severity: r.severity },
        }
      : null,
    r.dueAt !== undefined && minuteOf(r.dueAt) !== minuteOf(c.dueAt)
      ? {
          kind: 'due',
          detail: { from: c.dueAt.toISOString(), to: r.dueAt.toISOString() },
          change: { dueAt: r.dueAt, warnedAt: null, breachedAt: null },
        }
      : null,
    r.outcome !== undefined && r.outcome !== c.outcome
      ? { kind: 'outcome', detail: { to: r.outcome }, change: { outcome: r.outcome } }
      : null,
    r.note ? { kind: 'note', detail: { text: r.note }, change: {} } : null,
  ];
}

/**
 * What somebody makes of a case, with each step in its history; its mentions follow its status. Returns the kinds of what changed, none when all
 * was so; null: there is no such case, or it is withdrawn or merged.
 */
export async function reviseCase(
  tx: Db,
  id: CaseId,
  revision: CaseRevision,
  { actor, now }: { actor: string; now: Date },
): Promise<CaseEventKind[] | null> {
  const [c] = await lockCases(tx, [id]);
  if (!c || c.status === 'withdrawn' || c.status === 'merged') return null;
  if (revision.promiseKept != null && !c.promise && !revision.promise)
    throw new InputError([{ at: 'promise', message: 'nothing was promised; write the promise first' }]);
  const steps = [
    statusStep(c, revision.status, now),
    promiseStep(c, revision),
    ...simpleSteps(c, revision),
  ].filter((step) => step !== null);
  for (const { kind, detail, change } of steps) {
    await changeCase(tx, id, change);
    await addCaseEvent(tx, id, { at: now, actor, kind, detail });
  }
  if (steps.some(({ kind }) => kind === 'status') && revision.status)
    await touchDocuments(tx, await setStatusOfPosts(tx, id, revision.status), now);
  return steps.map(({ kind }) => kind);
}

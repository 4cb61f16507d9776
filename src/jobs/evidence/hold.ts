import { addTextRecord } from '../../act/evidence.ts';
import { InputError } from '../../lib/errors.ts';
import type { CaseId, CustomerId } from '../../model/ids.ts';
import { addAudit } from '../../store/audit.ts';
import { getCase } from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { getDocuments } from '../../store/documents.ts';
import type { Traces } from '../../store/erasing.ts';
import { documentsOfCase } from '../../store/evidence.ts';
import { addRecords } from '../../store/evidence-chain.ts';
import { addHold, removeHold, type WaitingErasure } from '../../store/evidence-holds.ts';
import { externalIdsOf } from '../../store/merges.ts';
import { lockDocuments } from '../../store/progress.ts';
import { getSource } from '../../store/sources.ts';
import { type EraseDeps, type Erased, eraseWithin, forgetOutside } from '../privacy/erase.ts';

export interface HoldRequest {
  caseId: CaseId;
  reason: string;
  /** A user's e-mail, or `cli`. */
  actor: string;
}

const MOST_REASON = 500;

function reasonOf({ reason }: HoldRequest): string {
  const told = reason.trim().toWellFormed().replaceAll('\0', '');
  if (told === '' || told.length > MOST_REASON)
    throw new InputError([{ at: 'reason', message: `write why, in 1 to ${MOST_REASON} letters` }]);
  return told;
}

/** The case has a record of each of its texts from now on, also when it was opened before evidence was kept. */
async function recordTexts(tx: Db, caseId: CaseId, at: Date): Promise<void> {
  const ids = await documentsOfCase(tx, caseId);
  await lockDocuments(tx, ids);
  for (const document of await getDocuments(tx, ids))
    await addTextRecord(tx, caseId, document, await getSource(tx, document.sourceId), at);
}

async function note(tx: Db, kind: 'hold' | 'release', request: HoldRequest, at: Date): Promise<void> {
  const { caseId, actor } = request;
  const details = { reason: reasonOf(request), by: actor };
  const record = { caseId, documentId: null, kind, at, address: null, details };
  const [link] = await addRecords(tx, [record]);
  const action = kind === 'hold' ? 'evidence.held' : 'evidence.released';
  // The reason stands in the record alone: people write names into it, and the audit outlasts an erasure.
  await addAudit(tx, { at, actor, action, subject: `case:${caseId}`, detail: { record: link?.seq } });
}

/**
 * From now on neither age nor an erasure takes the case's documents and evidence. `known`: it was held already; null: there is no such case.
 * @throws InputError when no reason is given
 */
export async function placeHold(
  { db, clock }: Pick<EraseDeps, 'db' | 'clock'>,
  request: HoldRequest,
): Promise<'held' | 'known' | null> {
  const { caseId, actor } = request;
  const reason = reasonOf(request);
  const at = clock.now();
  return db.transaction(async (tx) => {
    if (!(await getCase(tx, caseId))) return null;
    await recordTexts(tx, caseId, at);
    if (!(await addHold(tx, { caseId, reason, placedBy: actor, placedAt: at }))) return 'known';
    await note(tx, 'hold', request, at);
    return 'held';
  });
}

async function eraseWaiting(
  tx: Db,
  { entries, authors, erasePosts }: WaitingErasure,
  by: { at: Date; actor: string; subject: string },
): Promise<[Erased, Traces]> {
  const known = await externalIdsOf(tx, entries as CustomerId[]);
  return eraseWithin(tx, { entries: known, authors, suppressions: [], keepPosts: !erasePosts }, by);
}

/**
 * Ends a hold. An erasure that was asked for meanwhile is carried out in the same transaction: what another held case needs waits for that one.
 * null: the case is not held. @throws InputError when no reason is given
 */
export async function releaseHold(
  deps: EraseDeps,
  request: HoldRequest,
): Promise<{ erased: Erased | null } | null> {
  const { caseId, actor } = request;
  reasonOf(request);
  const at = deps.clock.now();
  const done = await deps.db.transaction(async (tx) => {
    const removed = await removeHold(tx, caseId);
    if (!removed) return null;
    await note(tx, 'release', request, at);
    const by = { at, actor, subject: `case:${caseId}` };
    return { outcome: removed.waiting && (await eraseWaiting(tx, removed.waiting, by)) };
  });
  if (!done) return null;
  if (done.outcome) await forgetOutside(deps, done.outcome[1]);
  return { erased: done.outcome?.[0] ?? null };
}

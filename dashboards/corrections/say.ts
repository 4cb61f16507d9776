import type { Correction, CorrectionOutcome, CorrectionRequest } from '../../src/model/correction.ts';
import type { CorrectionId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

type Tags = Pick<DashboardDeps, 'db' | 'clock' | 'corrections'>;

/** What is said of a tag, with its line in the audit. @throws InputError whose `at` names the field */
export async function sayOfTag(
  { db, clock, corrections }: Tags,
  request: CorrectionRequest,
): Promise<CorrectionOutcome> {
  const { documentId, kind, target, said, by } = request;
  return db.transaction(async (tx) => {
    const made = await corrections.correct(tx, request);
    const entry = { at: clock.now(), actor: by, action: 'tag.corrected', subject: `document:${documentId}` };
    if (made === 'done') await addAudit(tx, { ...entry, detail: { kind, target, said } });
    return made;
  });
}

/** Takes one correction back. */
export async function takeBack(
  { db, clock, corrections }: Tags,
  asked: { id: CorrectionId; by: string },
): Promise<{ outcome: CorrectionOutcome; correction: Correction | null }> {
  return db.transaction(async (tx) => {
    const undone = await corrections.undo(tx, asked);
    const { outcome, correction } = undone;
    if (outcome !== 'done' || !correction) return undone;
    const { documentId, kind, target } = correction;
    const entry = { at: clock.now(), actor: asked.by, action: 'tag.undone' };
    await addAudit(tx, { ...entry, subject: `document:${documentId}`, detail: { kind, target } });
    return undone;
  });
}

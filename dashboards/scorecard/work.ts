import type { LabelOutcome, LabelRequest } from '../../src/model/scorecard.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countOpenItems } from '../../src/store/scorecard-samples.ts';
import type { DashboardDeps } from '../deps.ts';

type Scorecards = Pick<DashboardDeps, 'db' | 'clock' | 'scorecard'>;

/** What a person says of one card, with its entry in the audit. */
export function saveLabel(
  { db, clock, scorecard }: Scorecards,
  request: LabelRequest,
): Promise<LabelOutcome> {
  const { item, tone, complaint, by } = request;
  return db.transaction(async (tx) => {
    const outcome = await scorecard.label(tx, request);
    if (outcome === 'done') {
      const entry = { at: clock.now(), actor: by, action: 'scorecard.labelled' };
      await addAudit(tx, { ...entry, subject: `scorecard:${item}`, detail: { tone, complaint } });
    }
    return outcome;
  });
}

/** Only when the last sample is done: what is open would never be labelled. Returns how many were drawn; null: some are still open. */
export async function drawSample(
  { db, clock, scorecard }: Scorecards,
  actor: string,
): Promise<number | null> {
  if ((await countOpenItems(db)) > 0) return null;
  const drawn = await scorecard.drawNow();
  const entry = { at: clock.now(), actor, action: 'scorecard.drawn', subject: 'scorecard' };
  if (drawn > 0) await addAudit(db, { ...entry, detail: { drawn } });
  return drawn;
}

import { addAudit } from '../../src/store/audit.ts';
import type { DigestRecipient } from '../../src/store/digests.ts';
import type { DashboardDeps } from '../deps.ts';

/** Writes the digest of this person and hands it to the mail queue. Returns its number; null: it went within this minute. */
export function sendDigest(
  { db, clock, digests }: Pick<DashboardDeps, 'db' | 'clock' | 'digests'>,
  recipient: DigestRecipient,
  actor: string,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const digest = await digests.send(tx, recipient);
    const entry = { at: clock.now(), actor, action: 'digest.sent', subject: `digest:${recipient.id}` };
    if (digest !== null) await addAudit(tx, { ...entry, detail: { digest } });
    return digest;
  });
}

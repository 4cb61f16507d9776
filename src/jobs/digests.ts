import { digestPeriod, nextDigestAt } from '../act/digest/schedule.ts';
import { issueDigest } from '../act/digest/send.ts';
import { type DigestRecipient, lockDueRecipients, scheduleRecipient } from '../store/digests.ts';
import type { JobDeps } from './deps.ts';

function settingsOf({ sendAt, zone, weekdays }: DigestRecipient) {
  return { at: sendAt, zone, ...(weekdays ? { weekdays } : {}) };
}

/** Writes every digest whose time has come and sets each recipient's next time, in one transaction. */
export async function issueDueDigests(deps: JobDeps): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const due = await lockDueRecipients(tx, now);
    for (const recipient of due) {
      const settings = settingsOf(recipient);
      await issueDigest(tx, recipient, digestPeriod(settings, now), deps.casePolicy.dashboardUrl, now);
      await scheduleRecipient(tx, recipient.key, nextDigestAt(settings, now));
    }
    return due.length;
  });
}

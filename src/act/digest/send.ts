import { randomUUID } from 'node:crypto';
import type { Mail } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { addDigest, type DigestRecipient, setDigestDelivery } from '../../store/digests.ts';
import { collectDigest, type DigestEdges } from './collect.ts';
import { renderDigest } from './render.ts';
import { type DigestSettings, digestPeriod } from './schedule.ts';
import { isSilent } from './shape.ts';

export interface Period {
  from: Date;
  to: Date;
  /** Unique per recipient: at most one digest has it. */
  key: string;
}

/** When this recipient's digest is due, as the schedule reads it. */
export function scheduleOf({ sendAt, zone, weekdays }: DigestRecipient): DigestSettings {
  return { at: sendAt, zone, weekdays };
}

/** What one sends by hand or looks at beforehand: all since the digest before the last one. One a minute. */
export function periodUntil(recipient: DigestRecipient, now: Date): Period {
  const { from } = digestPeriod(scheduleOf(recipient), now);
  return { from, to: now, key: `now ${now.toISOString().slice(0, 16)}` };
}

/** `list`: in a word, for filters of mail programs. */
export function toMail(
  id: string,
  recipient: Pick<DigestRecipient, 'email' | 'unsubscribeToken'>,
  rendered: { subject: string; html: string; text: string },
  { dashboardUrl, list }: { dashboardUrl: string; list: string },
): Mail {
  const host = new URL(dashboardUrl).hostname;
  const unsubscribeUrl = `${dashboardUrl}/unsubscribe/${recipient.unsubscribeToken}`;
  return {
    messageId: `<${id}@${host}>`,
    to: recipient.email,
    ...rendered,
    headers: {
      'List-Id': `Molva ${list} <${list}.${host}>`,
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

/**
 * Writes one digest and hands it to the mail queue, in the caller's transaction. null when it was written before, or there is nothing to tell
 * and nobody wants to hear that (`mayBeSilent`).
 */
export async function issueDigest(
  tx: Db,
  recipient: DigestRecipient,
  period: Period,
  edges: DigestEdges,
  { now, mayBeSilent }: { now: Date; mayBeSilent: boolean },
): Promise<number | null> {
  const { dashboardUrl } = edges;
  const data = await collectDigest(tx, recipient, period, edges);
  if (mayBeSilent && !recipient.whenQuiet && isSilent(data)) return null;
  const rendered = renderDigest(data);
  const digest = await addDigest(tx, {
    recipient: recipient.key,
    periodKey: period.key,
    from: period.from,
    to: period.to,
    ...rendered,
    createdAt: now,
  });
  if (digest === null) return null;
  const id = randomUUID();
  await addDelivery(tx, {
    id,
    channel: 'mail',
    endpoint: recipient.email,
    eventType: 'digest.daily',
    eventKey: `digest:${recipient.key}:${period.key}`,
    payload: toMail(id, recipient, rendered, { dashboardUrl, list: 'digest' }),
    createdAt: now,
  });
  await setDigestDelivery(tx, digest, id);
  return digest;
}

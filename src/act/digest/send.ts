import { randomUUID } from 'node:crypto';
import type { Mail } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { addDigest, type DigestRecipient, setDigestDelivery } from '../../store/digests.ts';
import { collectDigest } from './collect.ts';
import type { TalkOf } from './collect-news.ts';
import { renderDigest } from './render.ts';
import type { DigestSettings } from './schedule.ts';

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

function toMail(
  id: string,
  recipient: DigestRecipient,
  rendered: { subject: string; html: string; text: string },
  dashboardUrl: string,
): Mail {
  const host = new URL(dashboardUrl).hostname;
  const unsubscribeUrl = `${dashboardUrl}/unsubscribe/${recipient.unsubscribeToken}`;
  return {
    messageId: `<${id}@${host}>`,
    to: recipient.email,
    ...rendered,
    headers: {
      'List-Id': `Molva digest <digest.${host}>`,
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

/** Writes one digest and hands it to the mail queue, in the caller's transaction. null when it was written before. */
export async function issueDigest(
  tx: Db,
  recipient: DigestRecipient,
  period: Period,
  { dashboardUrl, talkOf }: { dashboardUrl: string; talkOf: TalkOf },
  now: Date,
): Promise<number | null> {
  const data = await collectDigest(tx, recipient, period, dashboardUrl, talkOf);
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
    payload: toMail(id, recipient, rendered, dashboardUrl),
    createdAt: now,
  });
  await setDigestDelivery(tx, digest, id);
  return digest;
}

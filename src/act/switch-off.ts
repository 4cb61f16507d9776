import { randomUUID } from 'node:crypto';
import type { Language } from '../model/user.ts';
import type { Db } from '../store/db.ts';
import { addDelivery, isFailingSince } from '../store/deliveries.ts';
import { disableEndpoint } from '../store/endpoints.ts';
import { listUsers } from '../store/users.ts';
import { noticeMail } from './mail/notice.ts';

/** An endpoint that nothing has reached for so long is switched off. */
export const FAILING_MS = 5 * 24 * 3_600_000;

const TEXTS = {
  subject: {
    ru: 'Молва: точка «{endpoint}» выключена',
    en: 'Molva: the endpoint “{endpoint}” was switched off',
  },
  lead: {
    ru: 'В «{endpoint}» больше ничего не отправляется.',
    en: 'Nothing is sent to “{endpoint}” any more.',
  },
  reason: { ru: 'Почему', en: 'Why' },
  todo: {
    ru: 'Почините её и отправьте накопившееся снова: molva webhook replay --endpoint {endpoint}',
    en: 'Mend it, and send again what has piled up: molva webhook replay --endpoint {endpoint}',
  },
  open: { ru: 'Открыть доставку', en: 'Open the deliveries' },
  why: {
    ru: 'Вы получили это письмо, потому что вы администратор Молвы.',
    en: 'You got this mail because you are an administrator of Molva.',
  },
} as const satisfies Record<string, Record<Language, string>>;

/** Nothing goes there until somebody switches it on again; every administrator is told, once for each time. */
export async function switchOff(
  db: Db,
  endpoint: string,
  reason: string,
  dashboardUrl: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await disableEndpoint(tx, endpoint, reason, now))) return;
    const administrators = (await listUsers(tx)).filter(
      ({ role, disabledAt }) => role === 'admin' && !disabledAt,
    );
    for (const { email, language } of administrators) {
      const id = randomUUID();
      const say = (key: keyof typeof TEXTS): string => TEXTS[key][language].replace('{endpoint}', endpoint);
      const notice = {
        subject: say('subject'),
        lead: say('lead'),
        facts: [[say('reason'), reason.slice(0, 300)]] as const,
        text: say('todo'),
        links: [[`${dashboardUrl}/deliveries`, say('open')]] as const,
        why: say('why'),
      };
      await addDelivery(tx, {
        id,
        channel: 'mail',
        endpoint: email,
        eventType: 'endpoint.disabled',
        eventKey: `endpoint:${endpoint}:off:${now.toISOString()}`,
        payload: noticeMail(notice, { id, to: email, language, list: 'deliveries', dashboardUrl }),
        createdAt: now,
      });
    }
  });
}

/** Switches an endpoint off that nothing has reached for days. */
export async function switchOffIfFailing(
  db: Db,
  endpoint: string,
  dashboardUrl: string,
  now: Date,
): Promise<void> {
  if (!(await isFailingSince(db, endpoint, new Date(now.getTime() - FAILING_MS)))) return;
  const reason = 'Nothing has reached it for five days, whatever was tried.';
  await switchOff(db, endpoint, reason, dashboardUrl, now);
}

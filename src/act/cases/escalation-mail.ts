import type { Case } from '../../model/case.ts';
import type { Mail } from '../../model/ports.ts';
import type { Language, User } from '../../model/user.ts';
import { oneLine } from '../digest/excerpt.ts';
import { noticeMail } from '../mail/notice.ts';

const TEXTS = {
  warned: {
    ru: 'Молва: на обращение № {id} нужно ответить до {due}',
    en: 'Molva: case {id} must be answered by {due}',
  },
  breached: {
    ru: 'Молва: обращение № {id} просрочено',
    en: 'Molva: case {id} is late',
  },
  warnedLead: {
    ru: 'Время на ответ истекает {due}. Клиент всё ещё ждёт.',
    en: 'The time to answer ends on {due}. The customer is still waiting.',
  },
  breachedLead: {
    ru: 'Ответить нужно было до {due}. Клиент всё ещё ждёт.',
    en: 'An answer was due by {due}. The customer is still waiting.',
  },
  topic: { ru: 'Тема', en: 'Topic' },
  severity: { ru: 'Серьёзность', en: 'Severity' },
  opened: { ru: 'Открыто', en: 'Opened' },
  open: { ru: 'Открыть обращение', en: 'Open the case' },
  1: { ru: 'лёгкая', en: 'mild' },
  2: { ru: 'серьёзная', en: 'serious' },
  3: { ru: 'ответить сегодня', en: 'answer today' },
  why: {
    ru: 'Вы получили это письмо, потому что обращение закреплено за вами или ваш адрес назван в cases.escalate_to.',
    en: 'You got this mail because the case is yours, or cases.escalate_to names your address.',
  },
} as const satisfies Record<string, Record<Language, string>>;

/** Names nobody: a mail lies about in many places. `id`: of its delivery. */
export function escalationMail(
  id: string,
  about: { stage: 'warned' | 'breached'; case: Case; topic: string },
  { email, language, zone }: Pick<User, 'email' | 'language' | 'zone'>,
  dashboardUrl: string,
): Mail {
  const { stage, case: c, topic } = about;
  const clock = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const say = (key: keyof typeof TEXTS): string =>
    TEXTS[key][language].replace('{id}', String(c.id)).replace('{due}', clock.format(c.dueAt));
  const notice = {
    subject: say(stage),
    lead: say(stage === 'warned' ? 'warnedLead' : 'breachedLead'),
    facts: [
      [say('topic'), oneLine(topic, 80)],
      [say('severity'), say(c.severity)],
      [say('opened'), clock.format(c.openedAt)],
    ] as const,
    text: '',
    links: [[`${dashboardUrl}/cases/${c.id}`, say('open')]] as const,
    why: say('why'),
  };
  return noticeMail(notice, { id, to: email, language, list: 'cases', dashboardUrl });
}

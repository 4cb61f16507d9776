import type { AlertTell, Way } from '../../model/alert.ts';
import type { Language } from '../../model/user.ts';
import type { Db } from '../../store/db.ts';
import { listRecipients } from '../../store/digests.ts';
import { listUsers } from '../../store/users.ts';

export interface Person {
  email: string;
  language: Language;
  /** Has a login: only then a page of his can be told. */
  isUser: boolean;
}

/** Who may be told, by address in lower case: users, and those to whom the configuration sends digests. */
export type People = ReadonlyMap<string, Person>;

export async function loadPeople(db: Db): Promise<People> {
  const [users, recipients] = [await listUsers(db), await listRecipients(db)];
  const known = new Map<string, Person>();
  for (const { email, language } of recipients)
    known.set(email.toLowerCase(), { email: email.toLowerCase(), language, isUser: false });
  for (const { email, language, disabledAt } of users)
    if (disabledAt === null) known.set(email, { email, language, isUser: true });
  return known;
}

export interface Target {
  way: Way;
  /** Address, or key of the configuration. */
  recipient: string;
}

/** Who is told by which way; those who are gone are left out. */
export function targetsOf(tell: AlertTell, people: People): Target[] {
  const persons = tell.people.flatMap((email) => people.get(email.toLowerCase()) ?? []);
  return [
    ...persons.flatMap(({ email, isUser }) =>
      tell.by.filter((way) => way === 'mail' || isUser).map((way): Target => ({ way, recipient: email })),
    ),
    ...tell.chats.map((recipient): Target => ({ way: 'chat', recipient })),
    ...tell.webhooks.map((recipient): Target => ({ way: 'webhook', recipient })),
  ];
}

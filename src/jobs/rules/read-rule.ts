import type { ReadyAlert } from '../../act/rules/alert.ts';
import type { AlertRecipient } from '../../act/rules/alert-mail.ts';
import type { ActingRule } from '../../act/rules/apply.ts';
import type { Crm } from '../../model/ports.ts';
import type { Rule, RuleAlert, RuleTrouble } from '../../model/rule.ts';
import type { Topic } from '../../model/topic.ts';
import type { Query } from '../../query/ast.ts';
import { readRuleQuery } from '../../query/saved.ts';
import type { Db } from '../../store/db.ts';
import { listRecipients } from '../../store/digests.ts';
import { listTopics } from '../../store/topics.ts';
import { type ListedUser, listUsers } from '../../store/users.ts';

/** What rules name besides words. */
export interface Named {
  topics: readonly Topic[];
  users: readonly ListedUser[];
  recipients: readonly AlertRecipient[];
  crms: ReadonlyMap<string, Crm>;
}

/** A rule that can be held against mentions. */
export interface ReadyRule
  extends ActingRule,
    Pick<Rule, 'id' | 'name' | 'version' | 'zone' | 'inForceSince'> {
  query: Query;
  alert: ReadyAlert | null;
}

export interface ReadRule {
  /** null: it is passed over. */
  ready: ReadyRule | null;
  trouble: RuleTrouble | null;
}

type Message = RuleTrouble['messages'][number];

export async function loadNamed(db: Db, crms: ReadonlyMap<string, Crm>): Promise<Named> {
  const [topics, users, recipients] = [await listTopics(db), await listUsers(db), await listRecipients(db)];
  return { topics, users, recipients, crms };
}

function activeUser(named: Named, email: string): ListedUser | undefined {
  return named.users.find((user) => user.email === email.toLowerCase() && user.disabledAt === null);
}

/** Who may be told: users, and those to whom the configuration sends digests. Nobody else learns of customers. */
function recipientOf(named: Named, email: string): AlertRecipient | undefined {
  const wanted = email.toLowerCase();
  const known =
    activeUser(named, email) ??
    named.recipients.find((recipient) => recipient.email.toLowerCase() === wanted);
  return known && { email: known.email, language: known.language, zone: known.zone };
}

const noUser = (email: string): Message => ({
  ru: `Пользователя ${email} нет, или его доступ закрыт. Назначьте другого.`,
  en: `There is no user ${email}, or the access is closed. Assign somebody else.`,
});
const noRecipient = (email: string): Message => ({
  ru: `Адресу ${email} не пишем: это не пользователь и не получатель дайджестов. Остальное правило работает.`,
  en: `${email} gets no mail: it is neither a user nor gets digests. The rest of the rule works.`,
});
const noWebhook = (key: string): Message => ({
  ru: `Точки «${key}», которая принимает оповещения, в конфигурации нет. Остальное правило работает.`,
  en: `The configuration has no endpoint “${key}” that takes alerts. The rest of the rule works.`,
});

function readAlert(rule: Rule, alert: RuleAlert, named: Named): { alert: ReadyAlert; messages: Message[] } {
  const recipients = alert.mail.map((email) => ({ email, found: recipientOf(named, email) }));
  const webhooks = alert.webhooks.map((key) => ({ key, takes: named.crms.get(key)?.tell !== undefined }));
  return {
    alert: {
      rule: { id: rule.id, key: rule.key, name: rule.name },
      recipients: recipients.flatMap(({ found }) => found ?? []),
      webhooks: webhooks.filter(({ takes }) => takes).map(({ key }) => key),
      perHour: alert.per_hour,
    },
    messages: [
      ...recipients.filter(({ found }) => !found).map(({ email }) => noRecipient(email)),
      ...webhooks.filter(({ takes }) => !takes).map(({ key }) => noWebhook(key)),
    ],
  };
}

/**
 * Looks up what a rule names. One whose condition cannot be read, or whose assignee is gone, is passed over whole; one that would tell
 * somebody who is gone does the rest.
 */
export function readRule(rule: Rule, named: Named): ReadRule {
  const { actions, id, key, name, version, zone, inForceSince } = rule;
  const read = readRuleQuery(rule.condition, named.topics);
  const refused: Message[] = 'issues' in read ? read.issues.map(({ message }) => message) : [];
  const assignee = actions.assign ? activeUser(named, actions.assign) : undefined;
  if (actions.assign && !assignee) refused.push(noUser(actions.assign));
  if ('issues' in read || refused.length > 0) return { ready: null, trouble: { messages: refused } };
  const { alert = null, messages = [] } = actions.alert ? readAlert(rule, actions.alert, named) : {};
  const { query } = read;
  return {
    ready: {
      id,
      key,
      name,
      version,
      zone,
      inForceSince,
      actions,
      query,
      alert,
      assignee: assignee?.id ?? null,
    },
    trouble: messages.length > 0 ? { messages } : null,
  };
}

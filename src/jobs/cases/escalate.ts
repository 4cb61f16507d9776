import { randomUUID } from 'node:crypto';
import { escalationMail } from '../../act/cases/escalation-mail.ts';
import type { Case } from '../../model/case.ts';
import type { TopicId } from '../../model/ids.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { changeCase, lockDueCases } from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { listTopics } from '../../store/topics.ts';
import { findUser, getUser, type ListedUser } from '../../store/users.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'casePolicy'>;
type Stage = 'warned' | 'breached';

const AT_ONCE = 100;

/** Time is running out: its owner, or those above where it has none. It has run out: all of them. */
async function toldOf(tx: Db, c: Case, stage: Stage, escalateTo: readonly string[]): Promise<ListedUser[]> {
  const owner = c.ownerId === null ? null : await getUser(tx, c.ownerId);
  const above = await Promise.all(escalateTo.map((email) => findUser(tx, email)));
  const wanted = stage === 'warned' && owner && !owner.disabledAt ? [owner] : [owner, ...above];
  const users = wanted.filter((user): user is ListedUser => user !== null && user.disabledAt === null);
  return [...new Map(users.map((user) => [user.id, user])).values()];
}

async function tell(
  tx: Db,
  deps: Deps,
  c: Case,
  stage: Stage,
  names: ReadonlyMap<TopicId, string>,
  now: Date,
): Promise<void> {
  const users = await toldOf(tx, c, stage, deps.casePolicy.escalateTo);
  for (const user of users) {
    const id = randomUUID();
    await addDelivery(tx, {
      id,
      channel: 'mail',
      endpoint: user.email,
      eventType: stage === 'warned' ? 'case.due_soon' : 'case.breached',
      // Of a case that was opened again the time runs anew.
      eventKey: `case:${c.id}:${stage}:${c.dueAt.toISOString()}`,
      payload: escalationMail(
        id,
        { stage, case: c, topic: names.get(c.topicId) ?? '' },
        user,
        deps.casePolicy.dashboardUrl,
      ),
      createdAt: now,
    });
  }
  await changeCase(tx, c.id, stage === 'warned' ? { warnedAt: now } : { breachedAt: now });
  await addCaseEvent(tx, c.id, {
    at: now,
    actor: 'system',
    kind: stage,
    detail: { due: c.dueAt.toISOString(), told: users.length },
  });
}

function escalateStage(deps: Deps, stage: Stage, until: Date, now: Date): Promise<number> {
  const column = stage === 'warned' ? 'warnedAt' : 'breachedAt';
  return deps.db.transaction(async (tx) => {
    const due = await lockDueCases(tx, column, until, AT_ONCE);
    if (due.length === 0) return 0;
    const names = new Map((await listTopics(tx)).map(({ id, name }) => [id, name]));
    for (const c of due) await tell(tx, deps, c, stage, names, now);
    return due.length;
  });
}

/**
 * Tells of cases whose time is running out, and of those whose time has run out, each once. What was not told in time because the program stood
 * still is told as late only. Returns of how many.
 */
export async function escalateCases(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const late = await escalateStage(deps, 'breached', now, now);
  const soon = new Date(now.getTime() + deps.casePolicy.warnBeforeMs);
  return late + (await escalateStage(deps, 'warned', soon, now));
}

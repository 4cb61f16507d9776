import type { Case } from '../../src/model/case.ts';
import type { UserId } from '../../src/model/ids.ts';
import { listCases } from '../../src/store/cases.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Translate } from '../texts.ts';
import type { DueTime } from './calendar.ts';

/** More nobody works on. */
const MOST = 500;

/** What one person has to do, and when: answer cases, keep promises. Numbers and topics only: a calendar is seen by many. */
export async function dueTimesOf(
  { db, publicUrl, clock }: Pick<DashboardDeps, 'db' | 'publicUrl' | 'clock'>,
  owner: UserId,
  t: Translate,
): Promise<DueTime[]> {
  const cases = await listCases(db, { ownerId: owner, status: 'waiting' }, clock.now(), MOST, 0);
  const promised = await listCases(db, { ownerId: owner, status: 'answered' }, clock.now(), MOST, 0);
  const names = new Map((await listTopics(db)).map(({ id, name }) => [id, name]));
  const { host } = new URL(publicUrl);
  const common = ({ id, lastPostAt }: Case) => ({ changedAt: lastPostAt, url: `${publicUrl}/cases/${id}` });
  const answers = cases.map((one) => ({
    ...common(one),
    uid: `case-${one.id}@${host}`,
    at: one.dueAt,
    title: t('feeds.due.answer', { id: one.id, topic: names.get(one.topicId) ?? '' }),
  }));
  const promises = [...cases, ...promised].flatMap((one) =>
    one.promise?.until && one.promise.kept === null
      ? {
          ...common(one),
          uid: `case-${one.id}-promise@${host}`,
          at: one.promise.until,
          title: t('feeds.due.promise', { id: one.id, topic: names.get(one.topicId) ?? '' }),
        }
      : [],
  );
  return [...answers, ...promises];
}

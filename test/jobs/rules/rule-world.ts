import { actOnDocuments } from '../../../src/jobs/act.ts';
import { crawlSource } from '../../../src/jobs/crawl.ts';
import type { JobDeps } from '../../../src/jobs/deps.ts';
import { goOnWithPast } from '../../../src/jobs/rematch.ts';
import { goOnWithRun, requestRun, requestUndo } from '../../../src/jobs/rules/run.ts';
import { understandDocuments } from '../../../src/jobs/understand.ts';
import type { FoundDocument } from '../../../src/model/document.ts';
import type { RuleRunId, SourceId } from '../../../src/model/ids.ts';
import { type RuleActions, type RuleDefinition, ruleActionsSchema } from '../../../src/model/rule.ts';
import type { Mention } from '../../../src/model/topic.ts';
import type { Database } from '../../../src/store/db.ts';
import { listMentions } from '../../../src/store/mentions.ts';
import { findRule, saveRule } from '../../../src/store/rules.ts';
import { addUser } from '../../../src/store/users.ts';
import { addSources, addTopic, found } from '../../support/rows.ts';
import { truncate } from '../../support/store.ts';
import { crawlerOf, createHandQueue, createTestClock, createWorker, type WorkerOptions } from '../worker.ts';

export const ANNA = { site: 'forum.example', handle: 'anna' };
export const TEXT = 'Ужас! Ромашка третью неделю не везёт мой заказ и не возвращает деньги. Верните деньги!';

export function ruleOf(
  key: string,
  condition: string,
  actions: Partial<Record<keyof RuleActions, unknown>>,
  changes: Partial<RuleDefinition> = {},
): RuleDefinition {
  return {
    key,
    name: `Rule ${key}`,
    condition,
    actions: ruleActionsSchema.parse(actions),
    enabled: true,
    ...changes,
  };
}

/** A forum, a topic «ромашка», and jobs that are done when `work` is called. */
export async function openRuleWorld(db: Database, options: Omit<WorkerOptions, 'queue'> = {}) {
  await truncate(db);
  const hand = createHandQueue();
  const clock = createTestClock();
  let posts: FoundDocument[] = [];
  let published = 0;
  const crawler = crawlerOf(() => [posts]);
  const deps: JobDeps = await createWorker(db, { queue: hand.queue, clock, crawler, ...options });
  const [source] = (await addSources(db, 'forum')) as [SourceId];
  await addTopic(db, 'romashka', 'ромашка');
  const steps = {
    understand: understandDocuments,
    act: actOnDocuments,
    rematch: goOnWithPast,
    'rule-run': goOnWithRun,
  };
  /** Jobs as they were enqueued, until none is left. */
  const work = async (): Promise<void> => {
    for (let jobs = hand.take(); jobs.length > 0; jobs = hand.take())
      for (const { name, data } of jobs) await steps[name as keyof typeof steps](deps, data);
  };
  const publish = async (...texts: (string | FoundDocument)[]): Promise<void> => {
    published += 1;
    posts = texts.map((text, at) =>
      typeof text === 'string' ? found(`${published}-${at}`, { text, author: ANNA }) : text,
    );
    await crawlSource(deps, { sourceId: source }, new AbortController().signal);
    await work();
  };
  const save = (rule: RuleDefinition) =>
    db.transaction((tx) =>
      saveRule(tx, rule, { actor: 'pr@example.ru', zone: 'Europe/Moscow' }, clock.now()),
    );
  const mentions = async (): Promise<Mention[]> => {
    const ids = await db.query<{ id: never }>('select id from documents order by id');
    return listMentions(
      db,
      ids.map(({ id }) => id),
    );
  };
  /** Asks for a rule on the past, without doing it. */
  const ask = async (key: string, { alerts = false, since = new Date(0) } = {}): Promise<RuleRunId> => {
    const rule = (await findRule(db, key))!;
    const request = {
      rule: { ruleId: rule.id, version: rule.version },
      since,
      alerts,
      actor: 'pr@example.ru',
    };
    return db.transaction((tx) => requestRun(tx, deps, request));
  };
  const undo = async (run: RuleRunId): Promise<void> => {
    await db.transaction((tx) => requestUndo(tx, deps, run));
    await work();
  };
  const person = (email: string) =>
    addUser(
      db,
      { email, name: email, role: 'pr', language: 'en', zone: 'UTC', passwordHash: 'h' },
      clock.now(),
    ).then((user) => user!);
  return { db, deps, clock, hand, source, work, publish, save, mentions, ask, undo, person };
}

export type RuleWorld = Awaited<ReturnType<typeof openRuleWorld>>;

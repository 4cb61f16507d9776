import { z } from 'zod';
import type { Topic } from '../../src/model/topic.ts';
import { describeIssue } from '../../src/query/issues.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import type { ExampleFailure } from '../../src/query/why-not.ts';
import { addAudit } from '../../src/store/audit.ts';
import { seeAll } from '../../src/store/limited-reads.ts';
import { shareWithTeams } from '../../src/store/teams.ts';
import { findTopicByKey, listTopics, saveTopic, type TopicDefinition } from '../../src/store/topics.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { keyOfName } from '../name-key.ts';
import { TEXTS, type TextKey } from '../texts.ts';

const formSchema = z.object({
  /** Key of the topic that is changed; '' of a new one. */
  topic: z.string().default(''),
  key: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  name: z.string().trim().min(1).max(200),
  query: z.string().trim().min(1).max(50_000),
  /** The form has the switch of the context check; without it the switch stays as it is. */
  context: z.literal('shown').optional(),
  contextCheck: z.literal('yes').optional(),
  about: z.string().trim().max(500).default(''),
  /** The checkbox under failing examples. */
  anyway: z.literal('yes').optional(),
});

type TopicForm = z.infer<typeof formSchema>;

/** Why a topic was not saved. */
export interface Refusal {
  /** In the reader's words. */
  mistakes: readonly string[];
  /** Examples that fail under the query. */
  failures: readonly ExampleFailure[];
}

/** Saves a topic as a person filled it in, and starts the matching of the past. Returns its key, or why it was not saved. */
export async function saveTopicForm(
  deps: DashboardDeps,
  viewer: Pick<Viewer, 't' | 'language'> & { user: { email: string } },
  body: Record<string, unknown>,
): Promise<{ key: string } | Refusal> {
  // Keys of topics that another team sees are taken, too: what has one of them would be written over.
  const taken = await seeAll(() => listTopics(deps.db));
  const form = formSchema.safeParse(withKey(body, taken));
  if (!form.success) return { mistakes: fieldMistakes(viewer, form.error), failures: [] };
  const mistakes = mistakesOf(viewer, form.data, taken, await listTopics(deps.db));
  if (mistakes.length > 0) return { mistakes, failures: [] };
  const topic = toTopic(form.data);
  const failures = form.data.anyway === 'yes' ? [] : await deps.actions.failingExamples(topic);
  if (failures.length > 0) return { mistakes: [], failures };
  // All that is stored is matched, whoever may see it.
  await seeAll(() => save(deps, topic, viewer.user.email));
  return { key: topic.key };
}

/** A new topic needs no key: its name gives one. */
function withKey(body: Record<string, unknown>, topics: readonly Topic[]): Record<string, unknown> {
  if (body.topic || String(body.key ?? '').trim() !== '') return body;
  const taken = topics.map(({ key }) => key);
  return { ...body, key: keyOfName(String(body.name ?? ''), taken) };
}

function toTopic({ key, name, query, context, contextCheck, about }: TopicForm): TopicDefinition {
  const topic = { key, name, query };
  return context === 'shown' ? { ...topic, contextCheck: contextCheck === 'yes', about } : topic;
}

/** Which fields are wrong, in the reader's words. */
function fieldMistakes({ t }: Pick<Viewer, 't'>, error: z.ZodError): string[] {
  return error.issues
    .map((issue) => `topic.mistake.${String(issue.path[0])}`)
    .filter((key): key is TextKey => key in TEXTS)
    .map((key) => t(key));
}

function mistakesOf(
  { t, language }: Pick<Viewer, 't' | 'language'>,
  { topic, key, query }: TopicForm,
  taken: readonly Topic[],
  topics: readonly Topic[],
): string[] {
  const known = taken.find((topic) => topic.key === key);
  const parsed = readTopicQuery(query, topics, key);
  const issues = 'issues' in parsed ? parsed.issues : [];
  return [
    // One from the configuration would be put back at the next start.
    ...(known?.origin === 'config' ? [t('topic.fromconfig')] : []),
    ...(known?.origin === 'user' && topic !== key ? [t('topic.mistake.taken')] : []),
    ...issues.map((issue) => describeIssue(query, issue, language)),
  ];
}

/** Saving starts the matching of the past, in one transaction with the change. */
async function save(deps: DashboardDeps, topic: TopicDefinition, actor: string): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const before = await findTopicByKey(tx, topic.key);
    const { id, changed } = await saveTopic(tx, topic, 'user', now, actor);
    if (before === null) await shareWithTeams(tx, id, actor);
    if (changed) await deps.actions.rematch(tx);
    await addAudit(tx, {
      at: now,
      actor,
      action: 'topic.saved',
      subject: `topic:${id}`,
      detail: {
        before: before?.query ?? null,
        after: topic.query,
        ...(topic.contextCheck === undefined ? {} : { contextCheck: topic.contextCheck }),
      },
    });
  });
}

import { z } from 'zod';
import type { Topic } from '../../../src/model/topic.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { listTopics, saveTopic } from '../../../src/store/topics.ts';
import type { DashboardDeps } from '../../deps.ts';
import { translator } from '../../texts.ts';
import { saveTopicForm } from '../../topics/save-topic.ts';
import { type Call, operation, refuse } from '../operation.ts';
import { byKey } from '../shapes.ts';
import { refuseTopic, topicUnder } from '../topic.ts';

const topicSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    query: z.string().describe('In the query language'),
    origin: z.enum(['config', 'user']).describe('config: it is changed in the configuration only'),
    enabled: z.boolean(),
    context_check: z.boolean().describe('A learnt check asks of each place whether the brand is meant'),
    about: z.string().describe('What the brand is'),
  })
  .meta({ id: 'Topic' });

function topicOf(topic: Topic): z.input<typeof topicSchema> {
  const { key, name, query, origin, enabled, contextCheck, about } = topic;
  return { key, name, query, origin, enabled, context_check: contextCheck, about };
}

const words = {
  name: z.string().trim().min(1).max(200),
  query: z.string().trim().min(1).max(50_000),
  context_check: z.boolean().optional().describe('As it was when left out'),
  about: z.string().trim().max(500).optional().describe('As it was when left out'),
  even_if_examples_fail: z.boolean().default(false),
};
const changed = z.strictObject(words);
const added = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)
    .optional()
    .describe('Made of the name when left out'),
  ...words,
});

/** Saved as the form of the page Topics saves it. */
async function save(
  deps: DashboardDeps,
  call: Pick<Call, 'actor'>,
  body: z.output<typeof added>,
  known: Topic | null,
): Promise<z.input<typeof topicSchema>> {
  const about = body.about ?? known?.about ?? '';
  const isChecked = body.context_check ?? known?.contextCheck ?? false;
  const form = {
    topic: known?.key ?? '',
    key: known?.key ?? body.key ?? '',
    name: body.name,
    query: body.query,
    context: 'shown',
    about,
    ...(isChecked ? { contextCheck: 'yes' } : {}),
    ...(body.even_if_examples_fail ? { anyway: 'yes' } : {}),
  };
  const by = { t: translator('en'), language: 'en' as const, user: { email: call.actor } };
  const saved = await saveTopicForm(deps, by, form);
  if ('key' in saved) return topicOf(await topicUnder(deps, saved.key));
  return refuseTopic(saved, 'invalid-topic', 'The topic was not saved');
}

export const topics = [
  operation({
    id: 'listTopics',
    method: 'get',
    path: '/topics',
    scope: 'topics:read',
    summary: 'List what is listened for',
    answer: z.object({ data: z.array(topicSchema) }),
    handle: async ({ db }) => ({ data: (await listTopics(db)).map(topicOf) }),
  }),
  operation({
    id: 'addTopic',
    method: 'post',
    path: '/topics',
    scope: 'topics:write',
    summary: 'Add a topic, and look for it in the past',
    body: added,
    bodyLimit: '1mb',
    answer: topicSchema,
    status: 201,
    handle: (deps, call) => save(deps, call, call.body, null),
  }),
  operation({
    id: 'readTopic',
    method: 'get',
    path: '/topics/{key}',
    scope: 'topics:read',
    summary: 'Read one topic',
    params: byKey,
    answer: topicSchema,
    handle: async (deps, call) => topicOf(await topicUnder(deps, call.params.key)),
  }),
  operation({
    id: 'changeTopic',
    method: 'put',
    path: '/topics/{key}',
    scope: 'topics:write',
    summary: 'Change a topic, as a new version; the past is matched again',
    detail: 'One that was switched off is on again.',
    params: byKey,
    body: changed,
    bodyLimit: '1mb',
    answer: topicSchema,
    handle: async (deps, call) => save(deps, call, call.body, await topicUnder(deps, call.params.key)),
  }),
  operation({
    id: 'removeTopic',
    method: 'delete',
    path: '/topics/{key}',
    scope: 'topics:write',
    summary: 'Switch a topic off: nothing more is looked for, and what was found stays',
    params: byKey,
    answer: topicSchema,
    handle: async (deps, call) => {
      const topic = await topicUnder(deps, call.params.key);
      if (topic.origin === 'config')
        return refuse({
          status: 409,
          code: 'from-configuration',
          title: 'This topic stands in the configuration; take it out there',
        });
      const { now, actor } = call;
      await deps.db.transaction(async (tx) => {
        await saveTopic(tx, { ...topic, enabled: false }, 'user', now, actor);
        await addAudit(tx, { at: now, actor, action: 'topic.switched-off', subject: `topic:${topic.id}` });
      });
      return topicOf({ ...topic, enabled: false });
    },
  }),
];

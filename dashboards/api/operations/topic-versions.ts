import { z } from 'zod';
import { listExamples, MAX_EXAMPLE_TEXT } from '../../../src/store/topic-examples.ts';
import { listVersions } from '../../../src/store/topic-history.ts';
import type { DashboardDeps } from '../../deps.ts';
import { translator } from '../../texts.ts';
import { addExample, forgetExample } from '../../topics/examples.ts';
import { restoreVersion } from '../../topics/restore-version.ts';
import { type Call, found, operation } from '../operation.ts';
import { at, byKey, id, iso, whole } from '../shapes.ts';
import { refuseTopic, topicUnder } from '../topic.ts';

const versionSchema = z
  .object({
    version: z.int().min(1).describe('The greatest one is in force'),
    name: z.string(),
    query: z.string(),
    enabled: z.boolean(),
    context_check: z.boolean(),
    about: z.string(),
    saved_by: z.string().describe('An e-mail, `token:` and a name, cli or config'),
    saved_at: at,
    restored: z.int().nullable().describe('The version that this one brought back'),
  })
  .meta({ id: 'TopicVersion' });

const exampleSchema = z
  .object({
    id,
    must_match: z.boolean().describe('false: the topic must not find it'),
    url: z.string().nullable(),
    title: z.string().nullable(),
    author: z.string().nullable(),
    text: z.string(),
    note: z.string().describe('Why it is an example; may be empty'),
    added_by: z.string(),
    added_at: at,
  })
  .meta({ id: 'TopicExample' });

const example = z.strictObject({
  must_match: z.boolean(),
  text: z.string().min(1).max(MAX_EXAMPLE_TEXT),
  title: z.string().max(1000).nullable().default(null),
  author: z.string().max(200).nullable().default(null).describe('Handle or name'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  note: z.string().max(2000).default(''),
});

const byVersion = byKey.extend({ version: whole(1, 2 ** 31 - 1) });
const byExample = byKey.extend({ id: whole(1, Number.MAX_SAFE_INTEGER) });

async function versionsOf(deps: DashboardDeps, call: Call<{ key: string }>) {
  const { id: topic } = await topicUnder(deps, call.params.key);
  const versions = await listVersions(deps.db, topic);
  return {
    data: versions.map(({ contextCheck, savedBy, savedAt, ...version }) => ({
      ...version,
      context_check: contextCheck,
      saved_by: savedBy,
      saved_at: iso(savedAt),
    })),
  };
}

async function examplesOf(deps: DashboardDeps, call: Call<{ key: string }>) {
  const { id: topic } = await topicUnder(deps, call.params.key);
  const examples = await listExamples(deps.db, topic);
  return {
    data: examples.map(({ mustMatch, addedBy, addedAt, topicId: _topicId, ...one }) => ({
      ...one,
      must_match: mustMatch,
      added_by: addedBy,
      added_at: iso(addedAt),
    })),
  };
}

export const topicVersions = [
  operation({
    id: 'listTopicVersions',
    method: 'get',
    path: '/topics/{key}/versions',
    scope: 'topics:read',
    summary: 'List what a topic was, the newest first',
    params: byKey,
    answer: z.object({ data: z.array(versionSchema) }),
    handle: versionsOf,
  }),
  operation({
    id: 'restoreTopicVersion',
    method: 'post',
    path: '/topics/{key}/versions/{version}/restore',
    scope: 'topics:write',
    summary: 'Make a topic what it was, as a new version; the past is matched again',
    params: byVersion,
    body: z.strictObject({ even_if_examples_fail: z.boolean().default(false) }),
    answer: z.object({ data: z.array(versionSchema) }),
    handle: async (deps, call) => {
      const by = { t: translator('en'), user: { email: call.actor } };
      const { version } = call.params;
      const refusal = await restoreVersion(
        deps,
        by,
        await topicUnder(deps, call.params.key),
        version,
        call.body.even_if_examples_fail,
      );
      if (!refusal) return versionsOf(deps, call);
      return refuseTopic(
        refusal,
        'not-restored',
        'The version was not brought back: there is none of this number, or the topic stands in the configuration',
      );
    },
  }),
  operation({
    id: 'listTopicExamples',
    method: 'get',
    path: '/topics/{key}/examples',
    scope: 'topics:read',
    summary: 'List texts that a topic must find, and that it must not, in the order in which they were added',
    params: byKey,
    answer: z.object({ data: z.array(exampleSchema) }),
    handle: examplesOf,
  }),
  operation({
    id: 'addTopicExample',
    method: 'post',
    path: '/topics/{key}/examples',
    scope: 'topics:write',
    summary: 'Keep a text that a topic must find, or must not; changes that it would fail at are refused',
    detail: 'One of the same words gets what it must do and its note.',
    params: byKey,
    body: example,
    bodyLimit: '1mb',
    answer: z.object({ id }),
    status: 201,
    handle: async (deps, call) => {
      const { must_match: mustMatch, ...text } = call.body;
      const added = await addExample(deps, call.actor, await topicUnder(deps, call.params.key), {
        ...text,
        mustMatch,
      });
      return { id: found(added, 'example') };
    },
  }),
  operation({
    id: 'removeTopicExample',
    method: 'delete',
    path: '/topics/{key}/examples/{id}',
    scope: 'topics:write',
    summary: 'Hold a topic against an example no longer',
    params: byExample,
    answer: z.object({ data: z.array(exampleSchema) }),
    handle: async (deps, call) => {
      const isGone = await forgetExample(
        deps,
        call.actor,
        await topicUnder(deps, call.params.key),
        call.params.id,
      );
      found(isGone || null, 'example');
      return examplesOf(deps, call);
    },
  }),
];

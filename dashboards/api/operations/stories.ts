import { z } from 'zod';
import type { StoryId } from '../../../src/model/ids.ts';
import { getStory, listCarriers, listStories, type StorySummary } from '../../../src/store/story-pages.ts';
import { moment, readCursor, writeCursor } from '../cursor.ts';
import { type Call, found, operation } from '../operation.ts';
import { shownTo } from '../posts.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging, whole } from '../shapes.ts';

const DAY_MS = 86_400_000;
const MOST_CARRIERS = 200;

const storySchema = z
  .object({
    id,
    documents: z.int(),
    sources: z.int(),
    authors: z.int(),
    from: at,
    to: at,
    reach: z
      .number()
      .nullable()
      .describe('Followers of its authors, or how often it was seen, where sites say so'),
    topics: z.array(z.string()).describe('Names'),
    first: z.object({
      document: id,
      title: z.string().nullable(),
      text: z.string(),
      url: z.string(),
      source: z.string(),
      author: z.string().nullable(),
    }),
  })
  .meta({ id: 'Story' });

const carrier = z.object({
  document: id,
  title: z.string().nullable(),
  text: z.string(),
  url: z.string(),
  source: z.string(),
  author: z.string().nullable(),
  said_at: at,
  relation: z.enum(['first', 'copy', 'excerpt', 'extended', 'quotation']),
  deleted_at: at.nullable(),
});

function storyOf(call: Pick<Call, 'may'>, story: StorySummary): z.input<typeof storySchema> {
  const show = shownTo(call);
  const { first } = story;
  return {
    id: story.id,
    documents: story.documents,
    sources: story.sources,
    authors: story.authors,
    from: iso(story.from),
    to: iso(story.to),
    reach: story.reach,
    topics: story.topics,
    first: {
      document: first.id,
      title: first.title === null ? null : show(first.title),
      text: show(first.text),
      url: first.url,
      source: first.sourceName,
      author: first.author,
    },
  };
}

const query = z.strictObject({
  days: whole(1, 366).default(7),
  topic: z
    .string()
    .max(64)
    .default('any')
    .describe('Key of a topic; any: whatever topic; all: also stories that mention none'),
  ...paging,
});

/** The order is by how many carry a story, which changes: a walk keeps its time, and goes on by how many it has passed. */
const place = z.object({ since: moment, passed: z.int() });

export const stories = [
  operation({
    id: 'listStories',
    method: 'get',
    path: '/stories',
    scope: 'stories:read',
    summary: 'List stories: texts that several posts carry, those with most posts first',
    query,
    answer: pageOf(storySchema),
    handle: async (deps, call) => {
      const { days, topic, limit } = call.query;
      const walk = { operation: 'listStories', query: call.query };
      const from = readCursor(deps.alerts.sign, walk, place);
      const since = from?.since ?? new Date(call.now.getTime() - days * DAY_MS);
      const passed = from?.passed ?? 0;
      const read = await listStories(deps.db, { since, topic }, limit + 1, passed);
      const next = { since: iso(since), passed: passed + limit };
      return {
        data: read.slice(0, limit).map((story) => storyOf(call, story)),
        next_cursor: read.length > limit ? writeCursor(deps.alerts.sign, walk, next) : null,
      };
    },
  }),
  operation({
    id: 'readStory',
    method: 'get',
    path: '/stories/{id}',
    scope: 'stories:read',
    summary: 'Read one story and its first 200 posts, the earliest first',
    params: byId,
    answer: storySchema.extend({ carriers: z.array(carrier) }),
    handle: async ({ db }, call) => {
      const number = call.params.id as StoryId;
      const story = found(await getStory(db, number), 'story');
      const show = shownTo(call);
      const carriers = (await listCarriers(db, number, MOST_CARRIERS, 0)).map((one) => ({
        document: one.id,
        title: one.title === null ? null : show(one.title),
        text: show(one.text),
        url: one.url,
        source: one.sourceName,
        author: one.author,
        said_at: iso(one.saidAt),
        relation: one.relation,
        deleted_at: isoOrNull(one.deletedAt),
      }));
      return { ...storyOf(call, story), carriers };
    },
  }),
];

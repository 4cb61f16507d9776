import { z } from 'zod';
import { TONES } from '../../../src/model/correction.ts';
import type { DocumentId, MentionId } from '../../../src/model/ids.ts';
import { POST_KINDS } from '../../../src/model/tag.ts';
import { MENTION_STATUSES } from '../../../src/model/topic.ts';
import type { Query } from '../../../src/query/ast.ts';
import { describeIssue } from '../../../src/query/issues.ts';
import { readSearchQuery } from '../../../src/query/saved.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { getCards } from '../../../src/store/cards.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { getMention, listTags, setMentionStatus } from '../../../src/store/mentions.ts';
import { listTopics } from '../../../src/store/topics.ts';
import type { DashboardDeps } from '../../deps.ts';
import { QUERY_AT_MOST, readSearchForm, toFilters } from '../../search-form.ts';
import { correctionAnswer, correctionBody, correctTag } from '../corrections.ts';
import { moment, readCursor, writeCursor } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { mentionOf, mentionSchema, postSchema, postsOfCards, shownTo, tagSchema, tagsOf } from '../posts.ts';
import { byId, day, id, pageOf, paging, several, zone } from '../shapes.ts';

const key = z.string().min(1).max(100);

/** As the page /mentions has them. */
const query = z.strictObject({
  q: z.string().max(QUERY_AT_MOST).default('').describe('In the query language (docs/query-language.md)'),
  topic: several(key).describe('Keys of topics, any of which is mentioned'),
  tone: several(z.enum(TONES)),
  kind: several(z.enum(POST_KINDS)).describe('What posts are for'),
  language: several(key).describe('ISO 639'),
  source: several(key).describe('Keys of sources'),
  author: z.string().max(200).default('').describe('Handle or name, whole'),
  from: day.optional().describe('First day'),
  to: day.optional().describe('Last day, included'),
  complaints: z.enum(['1', 'review']).optional().describe('1: only those. review: what may be some'),
  all: z.enum(['1']).optional().describe('1: also posts in which no topic is named'),
  zone,
  ...paging,
});
type Asked = z.output<typeof query>;

const place = z.object({
  time: moment,
  id: z.int(),
  total: z.int(),
  isEstimate: z.boolean(),
});

const page = pageOf(postSchema).extend({
  total: z.int().describe('When the first page was read'),
  total_is_estimate: z.boolean(),
});

async function readQuery(deps: DashboardDeps, text: string): Promise<Query | null> {
  const read = readSearchQuery(text, await listTopics(deps.db));
  if (!('issues' in read)) return read.query;
  return refuse({
    status: 400,
    code: 'bad-query',
    title: 'The query cannot be read',
    errors: read.issues.map((issue) => ({
      in: 'query',
      pointer: '#/q',
      detail: describeIssue(text, issue, 'en'),
    })),
  });
}

async function list(deps: DashboardDeps, call: Call<unknown, Asked>): Promise<z.input<typeof page>> {
  const asked = call.query;
  const { limit, zone: days } = asked;
  const walk = { operation: 'listMentions', query: asked };
  const { sign } = deps.alerts;
  const from = readCursor(sign, walk, place);
  const filters = toFilters(readSearchForm(asked), days);
  const answer = await deps.search.search({
    query: await readQuery(deps, asked.q),
    filters: from ? { ...filters, behind: { time: from.time, id: from.id as DocumentId } } : filters,
    zone: days,
    limit: limit + 1,
    offset: 0,
  });
  const cards = await getCards(deps.db, answer.ids.slice(0, limit));
  const last = cards.at(-1);
  const total = from?.total ?? answer.total;
  const isEstimate = from?.isEstimate ?? answer.isEstimate;
  // Who looked at a part only may have found fewer than there are.
  const hasMore = answer.ids.length > limit || answer.isEstimate;
  return {
    data: await postsOfCards(deps.db, call, cards),
    total,
    total_is_estimate: isEstimate,
    next_cursor:
      hasMore && last
        ? writeCursor(sign, walk, { time: last.time.toISOString(), id: last.id, total, isEstimate })
        : null,
  };
}

const whole = z.object({
  mention: mentionSchema,
  post: postSchema,
  revision: id.describe('Of the text: what corrections say that was read'),
  tags: z.array(tagSchema),
});

async function read(deps: DashboardDeps, call: Call<{ id: number }>): Promise<z.input<typeof whole>> {
  const row = found(await getMention(deps.db, call.params.id as MentionId), 'mention');
  const document = found(await getDocument(deps.db, row.documentId), 'mention');
  const cards = await getCards(deps.db, [document.id], { withBasket: true });
  const mention = found(
    cards[0]?.mentions.find((one) => one.id === row.id),
    'mention',
  );
  const [post] = await postsOfCards(deps.db, call, cards);
  const tags = tagsOf(await listTags(deps.db, document.id), ['', mention.topicKey]);
  return {
    mention: mentionOf(mention),
    post: { ...found(post, 'mention'), text: shownTo(call)(document.text) },
    revision: document.revision,
    tags,
  };
}

export const mentions = [
  operation({
    id: 'listMentions',
    method: 'get',
    path: '/mentions',
    scope: 'mentions:read',
    summary: 'Search posts in which topics are mentioned, newest first',
    detail:
      'The same as the page Mentions. Pages do not shift when new posts arrive: a walk sees what was there when it began.',
    query,
    answer: page,
    handle: list,
  }),
  operation({
    id: 'readMention',
    method: 'get',
    path: '/mentions/{id}',
    scope: 'mentions:read',
    summary: 'Read one mention with its post, whole, and its tags',
    params: byId,
    answer: whole,
    handle: read,
  }),
  operation({
    id: 'changeMention',
    method: 'patch',
    path: '/mentions/{id}',
    scope: 'mentions:write',
    summary: 'Say how far a mention is',
    params: byId,
    body: z.strictObject({ status: z.enum(MENTION_STATUSES) }),
    answer: mentionSchema,
    handle: async (deps, call) => {
      const mention = call.params.id as MentionId;
      const { status } = call.body;
      const document = await deps.db.transaction(async (tx) => {
        const changed = found(await setMentionStatus(tx, mention, status), 'mention');
        const { now, actor } = call;
        const subject = `mention:${mention}`;
        await addAudit(tx, { at: now, actor, action: 'mention.status', subject, detail: { status } });
        return changed;
      });
      const [card] = await getCards(deps.db, [document], { withBasket: true });
      return mentionOf(
        found(
          card?.mentions.find((one) => one.id === mention),
          'mention',
        ),
      );
    },
  }),
  operation({
    id: 'correctMention',
    method: 'post',
    path: '/mentions/{id}/corrections',
    scope: 'mentions:write',
    summary: 'Say what a tag should have been: tone or complaint, towards the topic',
    params: byId,
    body: correctionBody,
    answer: correctionAnswer,
    handle: async (deps, call) => {
      const row = found(await getMention(deps.db, call.params.id as MentionId), 'mention');
      const topic = found(
        (await listTopics(deps.db)).find((one) => one.id === row.topicId),
        'mention',
      );
      return correctTag(deps, call, { ...call.body, document: row.documentId, target: topic.key });
    },
  }),
];

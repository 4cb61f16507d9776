import { z } from 'zod';
import { withoutPrivate } from '../../src/lib/private/mask.ts';
import { CORRECTABLE } from '../../src/model/correction.ts';
import { TIERS } from '../../src/model/customer.ts';
import { PRIORITIES } from '../../src/model/rule.ts';
import { COMPLAINT_LEVELS, levelOf, type Span, type Tag } from '../../src/model/tag.ts';
import { MENTION_STATUSES } from '../../src/model/topic.ts';
import type { Card, CardMention } from '../../src/store/cards.ts';
import { getCustomers } from '../../src/store/customers.ts';
import type { Db } from '../../src/store/db.ts';
import { FOR_STAFF } from '../views/private.ts';
import type { Call } from './operation.ts';
import { at, id, iso } from './shapes.ts';

const share = z.number().min(0).max(1);
const span = z
  .object({ field: z.enum(['title', 'text']), start: z.int(), end: z.int() })
  .describe('Offsets in UTF-16 units');

export const mentionSchema = z
  .object({
    id,
    topic: z.string(),
    topic_name: z.string(),
    spans: z.array(span).describe('Where the topic is named'),
    sentiment: z.object({
      label: z.enum(['negative', 'neutral', 'positive', 'unsure']),
      score: z.number().min(-1).max(1),
      confidence: share,
    }),
    complaint: z.object({
      level: z
        .enum(COMPLAINT_LEVELS)
        .describe('alert: it is one. review: a person should look. none: it is none'),
      probability: share,
      severity: z.int().min(1).max(3),
      reason: z.string(),
    }),
    status: z.enum(MENTION_STATUSES),
    tags: z.array(z.string()),
    priority: z.enum(PRIORITIES),
    assigned_to: z.string().nullable().describe('E-mail of a user'),
    is_in_basket: z.boolean(),
  })
  .meta({ id: 'Mention' });

export const postSchema = z
  .object({
    id: id.describe('Of the document'),
    url: z.string(),
    title: z.string().nullable(),
    text: z
      .string()
      .describe(
        'In lists cut at 4,000 characters. Contacts and numbers are masked without the scope customers:contacts; numbers of cards always.',
      ),
    time: at.describe('Published, or found where no date is stated'),
    source: z.string(),
    thread: z.string().nullable(),
    author: z.string().nullable(),
    kind: z.string().nullable().describe('What the post is for'),
    mentions: z.array(mentionSchema),
    customer: z
      .string()
      .nullable()
      .describe(
        'External id of the customer who wrote it; null where nobody is known, or the scope customers:read is lacking',
      ),
    tier: z.enum(TIERS).nullable(),
  })
  .meta({ id: 'Post' });
export type Post = z.input<typeof postSchema>;

/** Text as the token may see it; letter for letter as long as it was. */
export function shownTo(call: Pick<Call, 'may'>): (text: string) => string {
  const keep = call.may('customers:contacts') ? FOR_STAFF : [];
  return (text) => withoutPrivate(text, { keep });
}

const spanOf = ({ field, start, end }: Span): Span => ({ field, start, end });

export function mentionOf(one: CardMention): z.input<typeof mentionSchema> {
  const { sentiment, complaint } = one;
  return {
    id: one.id,
    topic: one.topicKey,
    topic_name: one.topicName,
    spans: one.spans.map(spanOf),
    sentiment: { label: sentiment.label, score: sentiment.score, confidence: sentiment.confidence },
    complaint: {
      level: levelOf(complaint),
      probability: complaint.probability,
      severity: complaint.severity,
      reason: complaint.reason,
    },
    status: one.status,
    tags: one.tags,
    priority: one.priority,
    assigned_to: one.assigned,
    is_in_basket: one.isInBasket,
  };
}

/** External ids of the customers who wrote these; none without the scope. */
async function customersOf(
  db: Db,
  call: Pick<Call, 'may'>,
  cards: readonly Card[],
): Promise<Map<number, string>> {
  const ids = [...new Set(cards.flatMap(({ customerId }) => customerId ?? []))];
  if (ids.length === 0 || !call.may('customers:read')) return new Map();
  return new Map((await getCustomers(db, ids)).map((one) => [one.id, one.externalId]));
}

export async function postsOfCards(db: Db, call: Pick<Call, 'may'>, cards: readonly Card[]): Promise<Post[]> {
  const customers = await customersOf(db, call, cards);
  const show = shownTo(call);
  return cards.map((card) => ({
    id: card.id,
    url: card.url,
    title: card.title === null ? null : show(card.title),
    text: show(card.text),
    time: iso(card.time),
    source: card.sourceName,
    thread: card.threadTitle === null ? null : show(card.threadTitle),
    author: card.author,
    kind: card.postKind?.kind ?? null,
    mentions: card.mentions.map(mentionOf),
    customer: card.customerId === null ? null : (customers.get(card.customerId) ?? null),
    tier: call.may('customers:read') ? card.tier : null,
  }));
}

export const tagSchema = z
  .object({
    kind: z.string(),
    target: z.string().describe('Key of a topic; empty: of the post as a whole'),
    version: z.string(),
    value: z.unknown(),
    spans: z.array(span).describe('The words that decided'),
    corrected_by: z.string().nullable(),
  })
  .meta({ id: 'Tag' });

/** Those of which people can say something; what a post names of persons is not told. */
export function tagsOf(tags: readonly Tag[], targets: readonly string[] | null): z.input<typeof tagSchema>[] {
  return tags
    .filter(
      ({ kind, target }) =>
        Object.hasOwn(CORRECTABLE, kind) && (targets === null || targets.includes(target)),
    )
    .map(({ kind, target, version, value, spans, corrected }) => ({
      kind,
      target,
      version,
      value,
      spans: spans.map(spanOf),
      corrected_by: corrected?.by ?? null,
    }));
}

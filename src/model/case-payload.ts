import { z } from 'zod';
import { CASE_STATUSES } from './case.ts';
import { EVIDENCE_CODES, TIERS } from './customer.ts';

const at = z.iso.datetime({ offset: true });
const share = z.number().min(0).max(1);
const severity = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const evidence = z
  .object({
    code: z.enum(EVIDENCE_CODES),
    where: z.enum(['profile', 'text', 'link', 'handle', 'name', 'history']),
    masked: z.string(),
    bits: z.number().optional(),
  })
  .describe(
    'One sign that the author is this customer. masked: the identifier, as far as it is shown. bits: log2 of how much likelier the sign is if he is.',
  );

const author = z.object({ site: z.string(), handle: z.string(), name: z.string().nullable() });

const document = z.object({
  url: z.string(),
  title: z.string().nullable(),
  text: z.string().describe('What is private in it is masked, save for order numbers.'),
  is_cut: z
    .boolean()
    .describe('The text was longer than a message may be; the whole stands behind case.link.'),
  language: z.string().nullable().describe('ISO 639'),
  author,
  published_at: at.nullable(),
  found_at: at,
});

/** What leaves the house when a case opens: the neutral form that every connector maps to its CRM. */
export const casePayload = z.object({
  version: z.literal(2),
  case: z.object({
    id: z.int(),
    status: z.enum(CASE_STATUSES),
    severity: severity.describe('1 mild, 2 serious, 3 needs an answer today'),
    reason: z
      .string()
      .describe(
        'delivery, price, staff, quality, service, app, fraud, other, or one of the installation’s own',
      ),
    cause: z.string().nullable().describe('The same, as people see it'),
    posts: z.int().describe('How many posts the case has'),
    opened_at: at,
    due_at: at,
    suggested_owner: z
      .string()
      .nullable()
      .describe('E-mail of a user of Molva, or whom the CRM names as the customer’s owner'),
    link: z.string(),
  }),
  times: z
    .object({ published_at: at.nullable(), found_at: at, understood_at: at.nullable(), alerted_at: at })
    .describe('Of the post that the message is about'),
  customer: z.object({
    external_id: z.string(),
    name: z.string(),
    tier: z.enum(TIERS).nullable(),
    matched_by: z.array(evidence),
    probability: share,
    confirmed_by: z
      .string()
      .nullable()
      .describe('E-mail of who said that the author is the customer; null: found by the matcher'),
  }),
  topic: z.object({ key: z.string(), name: z.string() }).describe('The brand'),
  document,
  sentiment: z.object({
    label: z.enum(['negative', 'neutral', 'positive', 'unsure']),
    best: z.enum(['negative', 'neutral', 'positive']).optional(),
    score: z.number().min(-1).max(1),
    confidence: share,
    words: z.array(z.string()).describe('The words that decided'),
  }),
  complaint: z.object({
    probability: share,
    words: z.array(z.string()).describe('What makes it a complaint, and a severe one'),
  }),
  story: z
    .object({ id: z.int(), link: z.string(), documents: z.int(), reach: z.int().nullable() })
    .nullable()
    .describe('Other posts that tell the same. reach: how often they were seen, where sites say so'),
  snapshot: z
    .object({
      link: z.string(),
      sha256: z.string().describe('Of the text as it was read, in UTF-8'),
      record_sha256: z
        .string()
        .describe('Of its record in the chain of evidence, which vouches for all before it'),
    })
    .nullable(),
});
export type CasePayload = z.infer<typeof casePayload>;

/** What leaves the house when a case was opened for the wrong customer, or became part of another one. */
export const withdrawalPayload = z.object({
  case: z.object({ id: z.int(), link: z.string() }),
  customer: z.object({ external_id: z.string() }),
  reason: z
    .enum(['not_the_customer', 'doubtful', 'merged'])
    .describe(
      'not_the_customer: somebody said so. doubtful: it is no longer certain. merged: its posts are in case `into`',
    ),
  into: z.int().optional(),
});
export type WithdrawalPayload = z.infer<typeof withdrawalPayload>;
export type WithdrawalReason = WithdrawalPayload['reason'];

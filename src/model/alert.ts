import { z } from 'zod';
import type { AlertId, DocumentId, IncidentId, SourceId, StoryId, TopicId } from './ids.ts';
import type { Language } from './user.ts';

export const ALERT_KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time like 22:00');

export const alertTellSchema = z
  .strictObject({
    /** Addresses of users, or of people who get digests. */
    people: z.array(z.email()).max(20).default([]),
    /** How those people are told. */
    by: z
      .array(z.enum(['mail', 'browser']))
      .max(2)
      .default(['mail']),
    /** Keys of chats in the configuration. */
    chats: z.array(z.string().max(64)).max(10).default([]),
    /** Keys of webhooks in the configuration. */
    webhooks: z.array(z.string().max(64)).max(10).default([]),
  })
  .refine(
    ({ people, by, chats, webhooks }) =>
      chats.length + webhooks.length > 0 || (people.length > 0 && by.length > 0),
    'name somebody who is told',
  );
export type AlertTell = z.infer<typeof alertTellSchema>;

export const alertPolicySchema = z.strictObject({
  /** An incident ends when nothing of it was seen for so long; what comes later is another one. */
  cooldown_minutes: z
    .int()
    .min(5)
    .max(7 * 1440)
    .default(720),
  /** Held back then, and told as one afterwards. */
  quiet: z.strictObject({ from: hour, to: hour }).nullable().default(null),
  /** Quiet hours do not hold it back. */
  urgent: z.boolean().default(false),
  /** Incidents that one person or chat is told of in an hour; the others come as one message when it is over. */
  per_hour: z.int().min(1).max(100).default(6),
  escalate: z
    .strictObject({ after_minutes: z.int().min(1).max(1440), to: z.array(z.email()).min(1).max(20) })
    .nullable()
    .default(null),
  /** One more message when it is over. */
  end_summary: z.boolean().default(false),
});
export type AlertPolicy = z.infer<typeof alertPolicySchema>;

/** What a person writes. */
export interface AlertDefinition {
  key: string;
  name: string;
  /** As in the registry of kinds. */
  kind: string;
  /** Of the kind's own schema. */
  settings: Record<string, unknown>;
  /** Keys of topics; empty: all. */
  topics: string[];
  /** In the query language; '' asks nothing. */
  condition: string;
  tell: AlertTell;
  policy: AlertPolicy;
  enabled: boolean;
}

export interface Alert extends AlertDefinition {
  id: AlertId;
  /** IANA; of whoever saved it. */
  zone: string;
  position: number;
  inForceSince: Date;
  updatedAt: Date;
  savedBy: string;
}

/** Numbers and codes that a kind makes its words of. */
export type AlertNumbers = Record<string, number | string | null>;

/** Something that an alert is to tell of. */
export interface Finding {
  /** By what it is known. While an incident known by one of these is open, this belongs to it. */
  subjects: readonly string[];
  topicId: TopicId | null;
  storyId: StoryId | null;
  sourceId: SourceId | null;
  /** Posts that belong to it, as far as this look saw them. */
  documents: readonly DocumentId[];
  numbers: AlertNumbers;
}

export interface Incident {
  id: IncidentId;
  alertId: AlertId | null;
  ruleId: number | null;
  kind: string;
  topicId: TopicId | null;
  storyId: StoryId | null;
  sourceId: SourceId | null;
  facts: AlertNumbers;
  openedAt: Date;
  lastSeenAt: Date;
  changedAt: Date;
  cooldownMs: number;
  count: number;
  peak: number;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
  escalatedAt: Date | null;
  endedAt: Date | null;
}

export const WAYS = ['mail', 'browser', 'chat', 'webhook'] as const;
export type Way = (typeof WAYS)[number];

/** What happened in words; links come apart from the text. */
export interface AlertWords {
  title: string;
  lines: string[];
  /** Address and words. */
  links: [string, string][];
}

/** A message to a chat. */
export interface ChatPayload {
  language: Language;
  words: AlertWords;
  /** Of alert_messages: where the other side's number is kept. */
  message: number;
  /** Its place among what was told; an edit that was overtaken is left out. */
  telling: number;
  isEdit: boolean;
}

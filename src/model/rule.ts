import { z } from 'zod';
import type { MentionId, RuleId, RuleRunId } from './ids.ts';

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a rule or a person decides about a mention. */
export const DECIDED_FIELDS = ['tone', 'priority', 'assigned', 'basket'] as const;
export type DecidedField = (typeof DECIDED_FIELDS)[number] | `tag:${string}`;

/** Who decided, and when (ISO 8601). */
export type Decision = { at: string } & ({ rule: string } | { person: string });

/** The newest decision of each field. A tag that was taken away keeps its decision. */
export type Decisions = Partial<Record<DecidedField, Decision>>;

const TAG_LENGTH = 50;

/** One kind of blank and of letters, so that a tag is one tag however it was typed. */
export function normalTag(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A tag is the same in any case. */
export function tagField(tag: string): `tag:${string}` {
  return `tag:${tag.toLowerCase()}`;
}

const tag = z
  .string()
  .transform(normalTag)
  .refine(
    (text) => text !== '' && text.length <= TAG_LENGTH && !/[\p{Cc},"]/u.test(text),
    `write 1 to ${TAG_LENGTH} characters without commas and quotes`,
  );

const distinct = (tags: string[]): string[] =>
  tags.filter((one, at) => tags.findIndex((other) => tagField(other) === tagField(one)) === at);

export const tagsSchema = z.array(tag).max(20).transform(distinct);

const alert = z
  .strictObject({
    /** Addresses of users, or of people who get digests. */
    mail: z.array(z.email()).max(20).default([]),
    /** Keys of webhooks in the configuration. */
    webhooks: z.array(z.string().max(64)).max(10).default([]),
    /** More than that go out as one summary when the hour is over. */
    per_hour: z.int().min(1).max(1000).default(20),
  })
  .refine(({ mail, webhooks }) => mail.length + webhooks.length > 0, 'name somebody who is told');

export const ruleActionsSchema = z
  .strictObject({
    tags: tagsSchema.optional(),
    tone: z.enum(['negative', 'neutral', 'positive', 'unsure']).optional(),
    priority: z.enum(PRIORITIES).optional(),
    /** E-mail of a user. */
    assign: z.email().optional(),
    basket: z.literal(true).optional(),
    alert: alert.optional(),
  })
  .refine((actions) => actionKinds(actions).length > 0, 'choose at least one action');

export type RuleActions = z.infer<typeof ruleActionsSchema>;
export type RuleAlert = NonNullable<RuleActions['alert']>;

export const EFFECT_ACTIONS = ['tag', 'tone', 'priority', 'assign', 'basket', 'alert'] as const;
/** One thing that a rule does to a mention. */
export type EffectAction = (typeof EFFECT_ACTIONS)[number];

/** What a rule would do, in the order in which it does it. */
export function actionKinds(
  actions: { tags?: readonly string[] | undefined } & { [Kind in Exclude<EffectAction, 'tag'>]?: unknown },
): EffectAction[] {
  const { tags = [] } = actions;
  return EFFECT_ACTIONS.filter((kind) => (kind === 'tag' ? tags.length > 0 : actions[kind] !== undefined));
}

export const RULE_KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What a person writes. */
export interface RuleDefinition {
  key: string;
  name: string;
  /** In the query language. */
  condition: string;
  actions: RuleActions;
  enabled: boolean;
}

export interface RuleTrouble {
  messages: { ru: string; en: string }[];
}

export interface Rule extends RuleDefinition {
  id: RuleId;
  /** IANA; of whoever saved it. */
  zone: string;
  position: number;
  version: number;
  /** Mentions found since then are judged as they come. */
  inForceSince: Date;
  updatedAt: Date;
  savedBy: string;
  /** Why it is passed over, or a part of it. */
  trouble: RuleTrouble | null;
}

export interface RuleVersion extends Omit<RuleDefinition, 'key'> {
  version: number;
  zone: string;
  savedBy: string;
  savedAt: Date;
}

export const RUN_STATES = ['running', 'done', 'stopped', 'undoing', 'undone'] as const;

/** A rule on past mentions. */
export interface RuleRun {
  id: RuleRunId;
  ruleId: RuleId;
  ruleKey: string;
  ruleName: string;
  version: number;
  /** Mentions found since then. */
  since: Date;
  alerts: boolean;
  requestedBy: string;
  startedAt: Date;
  state: (typeof RUN_STATES)[number];
  /** Mentions below this number are still to be seen. */
  below: number;
  total: number;
  seen: number;
  /** Mentions in which something was changed. */
  changed: number;
  /** Effects that were taken back, and those that somebody had changed meanwhile. */
  restored: number;
  kept: number;
  finishedAt: Date | null;
}

/** One line of the ledger. */
export interface RuleEffect {
  id: number;
  ruleId: RuleId;
  version: number;
  runId: RuleRunId | null;
  mentionId: MentionId;
  action: EffectAction;
  /** The tag, tone, priority or user's e-mail; '' of the basket; of an alert `sent`, `held`, or `joined`: its story had been told. */
  value: string;
  /** What stood there, to be put back. */
  before: unknown;
  at: Date;
}

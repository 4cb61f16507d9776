import { z } from 'zod';
import { RULE_KEY, type Rule, type RuleDefinition, ruleActionsSchema } from '../../src/model/rule.ts';
import type { TextKey } from '../texts.ts';

/** A rule as it stands in the form: whatever was typed. */
export interface RuleDraft {
  key: string;
  name: string;
  condition: string;
  tags: string;
  tone: string;
  priority: string;
  assign: string;
  basket: boolean;
  mail: string[];
  webhooks: string[];
  perHour: string;
  enabled: boolean;
  /** Of the mentions it is tried on; '' for all. */
  days: string;
}

export const PERIODS = ['1', '7', '30', '90', ''] as const;

export const EMPTY_DRAFT: RuleDraft = {
  key: '',
  name: '',
  condition: '',
  tags: '',
  tone: '',
  priority: '',
  assign: '',
  basket: false,
  mail: [],
  webhooks: [],
  perHour: '20',
  enabled: true,
  days: '7',
};

export function draftOf({ key, name, condition, actions, enabled }: Rule): RuleDraft {
  const { tags = [], tone = '', priority = '', assign = '', basket = false, alert } = actions;
  return {
    ...EMPTY_DRAFT,
    key,
    name,
    condition,
    enabled,
    tags: tags.join(', '),
    tone,
    priority,
    assign,
    basket,
    mail: alert?.mail ?? [],
    webhooks: alert?.webhooks ?? [],
    perHour: String(alert?.per_hour ?? EMPTY_DRAFT.perHour),
  };
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const many = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(words).filter(Boolean);

export function readDraft(body: Record<string, unknown>): RuleDraft {
  return {
    key: words(body.key).trim(),
    name: words(body.name).trim(),
    condition: words(body.condition).trim(),
    tags: words(body.tags).trim(),
    tone: words(body.tone),
    priority: words(body.priority),
    assign: words(body.assign),
    basket: body.basket === '1',
    mail: many(body.mail),
    webhooks: many(body.webhooks),
    perHour: words(body.perHour).trim(),
    enabled: body.enabled === '1',
    days: words(body.days),
  };
}

/** Tags as people type them: parted by commas. */
export function splitTags(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function actionsOf(draft: RuleDraft): Record<string, unknown> {
  const { tone, priority, assign, basket, mail, webhooks, perHour } = draft;
  const tags = splitTags(draft.tags);
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(tone ? { tone } : {}),
    ...(priority ? { priority } : {}),
    ...(assign ? { assign } : {}),
    ...(basket ? { basket: true } : {}),
    ...(mail.length + webhooks.length > 0
      ? { alert: { mail, webhooks, per_hour: Number(perHour || EMPTY_DRAFT.perHour) } }
      : {}),
  };
}

const schema = z.object({
  key: z.string().regex(RULE_KEY),
  name: z.string().min(1).max(200),
  condition: z.string().min(1).max(50_000),
  actions: ruleActionsSchema,
});

/** The rule that the form says, or which fields are wrong; the condition is not read here. */
export function toDefinition(draft: RuleDraft): { definition: RuleDefinition } | { mistakes: TextKey[] } {
  const read = schema.safeParse({ ...draft, actions: actionsOf(draft) });
  if (read.success) return { definition: { ...read.data, enabled: draft.enabled } };
  const fields = new Set(read.error.issues.map(({ path }) => path[0] as keyof z.infer<typeof schema>));
  return { mistakes: [...fields].map((field) => `rules.mistake.${field}` as const) };
}

/** Since when mentions were found that the form speaks of. */
export function sinceOf(days: string, now: Date): Date {
  const count = PERIODS.find((period) => period === days) ?? '7';
  return count === '' ? new Date(0) : new Date(now.getTime() - Number(count) * 86_400_000);
}

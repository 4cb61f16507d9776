import type { AlertDefinition } from '../../src/model/alert.ts';
import type { TextKey } from '../texts.ts';

/** A setting of a kind, as a field of the form. */
export interface SettingField {
  name: string;
  word: TextKey;
  type: 'number' | 'percent' | 'select';
  options?: readonly (readonly [value: string, word: TextKey])[];
  min?: number;
  max?: number;
  step?: string;
}

const number = (name: string, word: TextKey, min: number, max: number, step = '1'): SettingField => ({
  name,
  word,
  type: 'number',
  min,
  max,
  step,
});

const SPIKE: readonly SettingField[] = [
  number('minimum', 'alerts.s.minimum', 3, 100_000),
  number('k', 'alerts.s.k', 2, 30, 'any'),
  {
    name: 'per',
    word: 'alerts.s.per',
    type: 'select',
    options: [
      ['hour,day', 'alerts.s.per.both'],
      ['hour', 'alerts.s.per.hour'],
      ['day', 'alerts.s.per.day'],
    ],
  },
  { name: 'negative_share', word: 'alerts.s.negative_share', type: 'percent' },
];

/** Settings of each kind that people change on the page; the others keep what they have. */
export const SETTING_FIELDS: Readonly<Record<string, readonly SettingField[]>> = {
  complaint: [
    {
      name: 'level',
      word: 'alerts.s.level',
      type: 'select',
      options: [
        ['alert', 'alerts.s.level.alert'],
        ['review', 'alerts.s.level.review'],
      ],
    },
    number('severity', 'alerts.s.severity', 1, 3),
  ],
  query: [],
  spike: SPIKE,
  'story-speed': [
    number('copies', 'alerts.s.copies', 2, 10_000),
    number('minutes', 'alerts.s.minutes', 5, 1440),
    number('sources', 'alerts.s.sources', 1, 100),
  ],
  'source-silence': [
    number('failing_hours', 'alerts.s.failing_hours', 1, 720),
    number('unlikely', 'alerts.s.unlikely', 0.000001, 0.1, 'any'),
  ],
  'people-silence': [
    number('minimum', 'alerts.s.minimum', 10, 100_000),
    { name: 'share', word: 'alerts.s.share', type: 'percent' },
    number('k', 'alerts.s.k', 2, 10, 'any'),
  ],
};

/** What the form holds: whatever was typed. */
export type AlertForm = Record<string, string | string[]>;

export const one = (form: AlertForm, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.trim() : (value?.[0] ?? '');
};
export const many = (form: AlertForm, name: string): string[] => {
  const value = form[name];
  return (Array.isArray(value) ? value : [value ?? '']).filter(Boolean);
};

function shownSetting({ type }: SettingField, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'percent') return String(Math.round(Number(value) * 100));
  return Array.isArray(value) ? value.join(',') : String(value);
}

export function formOf(alert: AlertDefinition): AlertForm {
  const { key, name, kind, topics, condition, tell, policy, enabled } = alert;
  const settings = (SETTING_FIELDS[kind] ?? []).map((field) => [
    `s.${field.name}`,
    shownSetting(field, alert.settings[field.name]),
  ]);
  return {
    ...Object.fromEntries(settings),
    key,
    name,
    kind,
    topics,
    condition,
    people: tell.people,
    by: tell.by,
    chats: tell.chats,
    webhooks: tell.webhooks,
    cooldown: String(policy.cooldown_minutes),
    quietFrom: policy.quiet?.from ?? '',
    quietTo: policy.quiet?.to ?? '',
    urgent: policy.urgent ? '1' : '',
    perHour: String(policy.per_hour),
    escalateAfter: policy.escalate ? String(policy.escalate.after_minutes) : '',
    escalateTo: policy.escalate?.to ?? [],
    end: policy.end_summary ? '1' : '',
    enabled: enabled ? '1' : '',
  };
}

function toSetting({ type, name }: SettingField, text: string): unknown {
  if (text === '') return type === 'percent' ? null : undefined;
  if (type === 'percent') return Number(text.replace(',', '.')) / 100;
  if (type === 'number') return Number(text.replace(',', '.'));
  return name === 'per' ? text.split(',') : text;
}

/** What the form says, to be checked. `kept`: settings that the page does not show. */
export function toWritten(form: AlertForm, kept: Record<string, unknown> = {}): unknown {
  const kind = one(form, 'kind');
  const fields = SETTING_FIELDS[kind] ?? [];
  const typed = fields
    .map((field) => [field.name, toSetting(field, one(form, `s.${field.name}`))] as const)
    .filter(([, value]) => value !== undefined);
  const [from, to] = [one(form, 'quietFrom'), one(form, 'quietTo')];
  const after = one(form, 'escalateAfter');
  const escalateTo = many(form, 'escalateTo');
  const isEscalating = after !== '' || escalateTo.length > 0;
  return {
    key: one(form, 'key'),
    name: one(form, 'name'),
    kind,
    settings: { ...kept, ...Object.fromEntries(typed) },
    topics: many(form, 'topics'),
    condition: one(form, 'condition'),
    tell: {
      people: many(form, 'people'),
      by: many(form, 'by'),
      chats: many(form, 'chats'),
      webhooks: many(form, 'webhooks'),
    },
    policy: {
      cooldown_minutes: Number(one(form, 'cooldown') || 720),
      quiet: from !== '' && to !== '' ? { from, to } : null,
      urgent: one(form, 'urgent') === '1',
      per_hour: Number(one(form, 'perHour') || 6),
      escalate: isEscalating ? { after_minutes: Number(after), to: escalateTo } : null,
      end_summary: one(form, 'end') === '1',
    },
    enabled: one(form, 'enabled') === '1',
  };
}

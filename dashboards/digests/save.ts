import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { nextDigestAt } from '../../src/act/digest/schedule.ts';
import { nextReportAt } from '../../src/act/report/schedule.ts';
import type { Topic } from '../../src/model/topic.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { type RecipientWish, saveRecipient } from '../../src/store/digests.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { type DigestForm, isZone } from './form.ts';

const MOST_TOPICS = 500;

/** A field of a form that stands there once, several times, or not at all. */
const many = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (Array.isArray(value) ? value : [value]).slice(0, MOST_TOPICS));

const number = z
  .string()
  .max(3)
  .default('')
  .transform((text) => (text === '' ? null : Number(text)));

const schema = z.object({
  email: z.string().trim().max(254),
  enabled: z.string().optional(),
  language: z.enum(LANGUAGES),
  at: z.string().max(10),
  zone: z.string().max(64),
  weekdays: many,
  topics: many,
  quiet: z.string().optional(),
  weekly: number,
  monthly: number,
});

/** What somebody has filled in, as it stands. @throws ZodError for what no form of ours sends */
export function readDigestForm(body: unknown): DigestForm {
  const { email, enabled, language, at, zone, weekdays, topics, quiet, weekly, monthly } = schema.parse(
    body ?? {},
  );
  return {
    email,
    language,
    zone,
    sendAt: at,
    weekdays: [...new Set(weekdays.map(Number))].sort(),
    topics: [...new Set(topics)],
    whenQuiet: quiet === '1',
    enabled: enabled === '1',
    weeklyOn: weekly,
    monthlyOn: monthly,
  };
}

const isWithin = (value: number | null, most: number): boolean =>
  value === null || (Number.isInteger(value) && value >= 1 && value <= most);

/** What is wrong with it, each thing in a sentence. */
export function mistakesIn(form: DigestForm, topics: readonly Topic[]): TextKey[] {
  const known = new Set(topics.map(({ key }) => key));
  return [
    z.email().safeParse(form.email).success ? null : ('digest.bad.email' as const),
    isZone(form.zone) ? null : ('settings.badzone' as const),
    /^([01]\d|2[0-3]):[0-5]\d$/.test(form.sendAt) ? null : ('digest.bad.time' as const),
    form.weekdays.every((day) => isWithin(day, 7)) ? null : ('digest.bad.day' as const),
    isWithin(form.weeklyOn, 7) && isWithin(form.monthlyOn, 28) ? null : ('digest.bad.day' as const),
    form.topics.every((key) => known.has(key)) ? null : ('digest.bad.topic' as const),
  ].filter((mistake) => mistake !== null);
}

/** Of a form without mistakes. Nothing chosen means all days, and all topics. */
function toWish(form: DigestForm, now: Date): RecipientWish {
  const { email, language, zone, sendAt, whenQuiet, weeklyOn, monthlyOn } = form;
  const weekdays = form.weekdays.length === 0 || form.weekdays.length === 7 ? null : form.weekdays;
  const at = { at: sendAt, zone };
  return {
    key: email.toLowerCase(),
    email,
    language,
    zone,
    sendAt,
    weekdays,
    topics: form.topics.length === 0 ? null : form.topics,
    whenQuiet,
    weeklyOn,
    monthlyOn,
    unsubscribeToken: randomBytes(24).toString('base64url'),
    nextRunAt: nextDigestAt({ ...at, weekdays }, now),
    weeklyAt: weeklyOn === null ? null : nextReportAt('weekly', { ...at, on: weeklyOn }, now),
    monthlyAt: monthlyOn === null ? null : nextReportAt('monthly', { ...at, on: monthlyOn }, now),
  };
}

/** Keeps a form without mistakes, and who filled it in. Returns its number. */
export function keepDigest({ db, clock }: DashboardDeps, form: DigestForm, actor: string): Promise<number> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const saved = await saveRecipient(tx, toWish(form, at), form.enabled);
    const { email: _, ...detail } = form;
    await addAudit(tx, { at, actor, action: 'digest.saved', subject: `digest:${saved}`, detail });
    return saved;
  });
}

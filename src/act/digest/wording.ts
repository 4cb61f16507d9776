import type { SentimentLabel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';
import type { DigestDuty, DigestNews, DigestTopic } from './data.ts';
import {
  PLURALS,
  type PluralKey,
  REASONS,
  SEVERITIES,
  TEXTS,
  type TextKey,
  TIER_NAMES,
  TONES,
} from './texts.ts';

type Values = Record<string, string | number>;

/** The tone scale from bad to good; what we are not sure of stands apart at the end. */
export const TONE_ORDER: readonly SentimentLabel[] = ['negative', 'neutral', 'positive', 'unsure'];

/** The words of one recipient: his language and his clock. */
export interface Wording {
  language: Language;
  say(key: TextKey, values?: Values): string;
  count(key: PluralKey, count: number): string;
  number(value: number): string;
  /** `22 ноября`, without the year. */
  day(at: Date): string;
  /** `22 ноября, 09:00`. */
  time(at: Date): string;
  /** Mark and word. */
  tone(label: SentimentLabel): string;
  severity(duty: DigestDuty): string;
  reason(duty: DigestDuty): string;
  tier(duty: DigestDuty): string | null;
  /** Which share of those who spoke said it, and before. */
  newsShare(news: DigestNews): string;
  /** How the count has moved since the period before. */
  comparison(topic: DigestTopic): string;
}

export function wordingFor(language: Language, zone: string): Wording {
  const numbers = new Intl.NumberFormat(locale(language));
  const say = (key: TextKey, values: Values = {}) => fill(TEXTS[key][language], values);
  const number = (value: number) => numbers.format(value);
  return {
    language,
    say,
    number,
    count: (key, count) => plural(PLURALS[key][language], language, count, number(count)),
    day: dateFormat(language, zone, { day: 'numeric', month: 'long' }),
    time: dateFormat(language, zone, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
    tone: (label) => `${TONES[label].mark} ${TONES[label][language]}`,
    severity: (duty) => SEVERITIES[duty.severity][language],
    reason: (duty) => reasonName(duty.reason, language),
    tier: (duty) => (duty.tier === null ? null : `${duty.tier}, ${TIER_NAMES[duty.tier][language]}`),
    newsShare: (news) => newsShare(news, language, say),
    comparison: (topic) => comparison(topic, say, number),
  };
}

function locale(language: Language): string {
  return language === 'ru' ? 'ru-RU' : 'en-GB';
}

function dateFormat(
  language: Language,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): (at: Date) => string {
  const format = new Intl.DateTimeFormat(locale(language), { ...options, timeZone: zone, hourCycle: 'h23' });
  return (at) => format.format(at);
}

function plural(
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
  language: Language,
  count: number,
  shown: string,
): string {
  const rule = new Intl.PluralRules(language).select(count);
  return fill(forms[rule] ?? forms.other, { count: shown });
}

function newsShare({ share, shareBefore }: DigestNews, language: Language, say: Wording['say']): string {
  const percents = new Intl.NumberFormat(locale(language), { style: 'percent', maximumFractionDigits: 1 });
  const now = percents.format(share);
  return shareBefore === null
    ? say('newsNever', { now })
    : say('newsShare', { now, before: percents.format(shareBefore) });
}

function comparison(topic: DigestTopic, say: Wording['say'], number: Wording['number']): string {
  if (topic.previousTotal === null) return say('compareNone');
  const change = topic.total - topic.previousTotal;
  if (change === 0) return say('compareSame');
  return say(change > 0 ? 'compareMore' : 'compareFewer', { count: number(Math.abs(change)) });
}

/** Values are put in once: braces inside them mean nothing. */
function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** An installation's own reason is its own name. */
function reasonName(reason: string, language: Language): string {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS][language] : reason;
}

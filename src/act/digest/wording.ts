import type { SentimentLabel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';
import type { DutyCounts } from '../../store/digest-facts.ts';
import type { DigestDuty, DigestNews, DigestStory, DigestUsual } from './data.ts';
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
  /** `вс, 22 нояб.`; `22 нояб.`; `22 ноября 2026 г.` */
  weekdayAndDay(at: Date): string;
  plainDay(at: Date): string;
  fullDay(at: Date): string;
  /** With one place after the point. */
  tenths(value: number): string;
  /** `22 ноября, 09:00`. */
  time(at: Date): string;
  /** Mark and word. */
  tone(label: SentimentLabel): string;
  severity(duty: DigestDuty): string;
  reason(duty: DigestDuty): string;
  tier(duty: DigestDuty): string | null;
  /** Which share of those who spoke said it, and before. */
  newsShare(news: DigestNews): string;
  /** Late, due within a day, later: only those that there are. */
  duties(counts: DutyCounts): string;
  /** `62 %` of 0…1. */
  percent(share: number): string;
  /** Within which bounds it usually is, or why nobody can say. */
  usual(usual: DigestUsual): string;
  /** How many carried it, where, and how many people may have seen it. */
  carried(story: DigestStory): string;
}

export function wordingFor(language: Language, zone: string): Wording {
  const numbers = new Intl.NumberFormat(locale(language));
  const say = (key: TextKey, values: Values = {}) => fill(TEXTS[key][language], values);
  const number = (value: number) => numbers.format(value);
  const percents = new Intl.NumberFormat(locale(language), { style: 'percent', maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 });
  const count = (key: PluralKey, n: number) => plural(PLURALS[key][language], language, n, number(n));
  return {
    language,
    say,
    number,
    count,
    day: dateFormat(language, zone, { day: 'numeric', month: 'long' }),
    weekdayAndDay: dateFormat(language, zone, { weekday: 'short', day: 'numeric', month: 'short' }),
    plainDay: dateFormat(language, zone, { day: 'numeric', month: 'short' }),
    fullDay: dateFormat(language, zone, { day: 'numeric', month: 'long', year: 'numeric' }),
    tenths: (value) => tenths.format(value),
    time: dateFormat(language, zone, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
    tone: (label) => `${TONES[label].mark} ${TONES[label][language]}`,
    severity: (duty) => SEVERITIES[duty.severity][language],
    reason: (duty) => reasonName(duty.reason, language),
    tier: (duty) => (duty.tier === null ? null : `${duty.tier}, ${TIER_NAMES[duty.tier][language]}`),
    newsShare: (news) => newsShare(news, language, say),
    duties: (counts) =>
      (['late', 'soon', 'later'] as const)
        .filter((one) => counts[one] > 0)
        .map((one) => say(`${one}Count`, { count: number(counts[one]) }))
        .join(' · '),
    percent: (share) => percents.format(share),
    usual: (usual) => usualWords(usual, say, number),
    carried: (story) => carriedWords(story, { say, count, number }),
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

function usualWords(usual: DigestUsual, say: Wording['say'], number: Wording['number']): string {
  if ('needed' in usual) return say('usualLittle', { times: usual.times, needed: usual.needed });
  const [low, high] = [number(usual.low), number(usual.high)];
  return say(low === high ? 'usualSame' : 'usualRange', { low, high });
}

function carriedWords(
  { documents, added, sources, reach, reachOf }: DigestStory,
  { say, count, number }: Pick<Wording, 'say' | 'count' | 'number'>,
): string {
  const spread = `${count('carrierCount', documents)} ${count('placeCount', sources)}`;
  const known =
    reach === null
      ? say('reachUnknown')
      : say('reach', { reach: number(reach), of: number(reachOf), all: number(documents) });
  const fresh = added < documents ? [say('storyAdded', { count: number(added) })] : [];
  return [spread, ...fresh, known].join(', ');
}

/** Values are put in once: braces inside them mean nothing. */
function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** An installation's own reason is its own name. */
function reasonName(reason: string, language: Language): string {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS][language] : reason;
}

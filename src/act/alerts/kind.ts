import type { z } from 'zod';
import type { AlertNumbers, Finding } from '../../model/alert.ts';
import type { DocumentId, SourceId, StoryId, TopicId } from '../../model/ids.ts';
import type { ComplaintLevel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';
import type { SeriesReader } from './series.ts';

/** A mention of the alert's topics that meets its condition. */
export interface MentionFact {
  documentId: DocumentId;
  topicId: TopicId;
  storyId: StoryId | null;
  level: ComplaintLevel;
  severity: number;
}

/** A document that mentions one of the alert's topics and carries a story. Times in ms. */
export interface CarrierFact {
  storyId: StoryId;
  documentId: DocumentId;
  topicId: TopicId;
  sourceId: SourceId;
  said: number;
}

export interface SourceFact {
  sourceId: SourceId;
  key: string;
  /** Probability of its present silence at its usual pace; 1 when too little is known. */
  silence: number;
  /** Hours since anything was published; null: never. */
  silentHours: number | null;
  /** Hours since which every visit failed; 0: the last one did not. */
  failingHours: number;
}

export interface TopicSeries {
  topicId: TopicId;
  reader: SeriesReader;
  /** Is as much collected as usual, of whatever topic? Else silence says nothing about people. */
  isCollecting: boolean;
}

/** What a kind can be judged by, as it was known at the moment that is looked at. */
export interface AlertFacts {
  /** What was found since the last look. */
  mentions: readonly MentionFact[];
  series: readonly TopicSeries[];
  /** Of the last `CARRIER_HOURS`. */
  carriers: readonly CarrierFact[];
  sources: readonly SourceFact[];
}

export const CARRIER_HOURS = 24;

/** What numbers alone do not say. */
export interface Names {
  topic: string;
  /** Heading of the story, or of a post; ''. */
  story: string;
  source: string;
}

/** One kind of alert: its file, and a line in the registry. Pure. */
export interface AlertKind<Settings, Needs extends keyof AlertFacts = keyof AlertFacts> {
  kind: string;
  /** Which facts it is judged by. */
  needs: Needs;
  settings: z.ZodType<Settings>;
  /** A condition in the query language must be written. */
  asksCondition?: boolean;
  /** The past is looked at once an hour; else whenever something was found. */
  isHourly?: boolean;
  judge(settings: Settings, facts: AlertFacts[Needs], at: Date): Finding[];
  /** What happened, in one line without its end. */
  title(numbers: AlertNumbers, names: Names, language: Language): string;
}

/** `1 234`, `0.3` */
export function count(value: unknown, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Number(value ?? 0));
}

/** `5 постов` */
export function posts(value: unknown, language: Language): string {
  const n = Number(value ?? 0);
  const form = new Intl.PluralRules(language).select(n);
  const words: Record<Language, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }> = {
    ru: { one: 'пост', few: 'поста', many: 'постов', other: 'поста' },
    en: { one: 'post', other: 'posts' },
  };
  return `${count(n, language)} ${words[language][form] ?? words[language].other}`;
}

/** `15 минут`, `сутки` */
export function span(minutes: unknown, language: Language): string {
  const n = Number(minutes ?? 0);
  const unit = n >= 60 ? 'hour' : 'minute';
  const value = n >= 60 ? Math.round(n / 60) : n;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Half-open range of UTF-16 offsets into the document's title or text. */
export interface Span {
  field: 'title' | 'text';
  start: number;
  end: number;
}

export type SentimentLabel = 'negative' | 'neutral' | 'positive' | 'unsure';

export interface Sentiment {
  label: SentimentLabel;
  /** The likeliest of the three also where the label is `unsure`; absent from tags of older versions and from people's. */
  best?: 'negative' | 'neutral' | 'positive';
  /** −1 (negative) to 1 (positive). */
  score: number;
  /** 0 to 1. */
  confidence: number;
}

/** What a complaint is about: `delivery`, `price`, `staff`, `quality`, `service`, `app`, `fraud`, `other`, or one of the installation's own. */
export type ComplaintReason = string;

/** `alert`: sure enough to open a case and to wake somebody; `review`: a person should look; `none`: neither. */
export type ComplaintLevel = 'alert' | 'review' | 'none';

/** From the most like a complaint to the least. */
export const COMPLAINT_LEVELS = ['alert', 'review', 'none'] as const satisfies readonly ComplaintLevel[];

export interface Complaint {
  isComplaint: boolean;
  /** Absent from tags of older versions. */
  level?: ComplaintLevel;
  /** 0 to 1. */
  probability: number;
  /** 1 (mild) to 3 (needs an answer today). */
  severity: 1 | 2 | 3;
  reason: ComplaintReason;
}

/** Tags of older versions know no levels. */
export function levelOf({ isComplaint, level }: Pick<Complaint, 'isComplaint' | 'level'>): ComplaintLevel {
  return level ?? (isComplaint ? 'alert' : 'none');
}

export const POST_KINDS = [
  'complaint',
  'question',
  'thanks',
  'recommendation',
  'comparison',
  'news',
  'advert',
  'vacancy',
  'giveaway',
  'reply',
  'spam',
  'other',
] as const;
/** What a post is for; `reply`: the company or a rival answers a customer. */
export type PostKind = (typeof POST_KINDS)[number];

export interface KindTag {
  kind: PostKind;
  /** 0 to 1. */
  confidence: number;
}

export interface LanguageTag {
  /** ISO 639-1 code where there is one, else ISO 639-3; `und` when the text does not tell. */
  code: string;
  /** 0 to 1. */
  confidence: number;
  /** Russian in Latin letters: «ochen' ploho». Absent otherwise. */
  isTransliterated?: true;
}

/** A derived fact about a document. `target` is the brand it is about, or '' for the document as a whole. */
export interface Tag<Value = unknown> {
  kind: string;
  /** Raised whenever the tagger's answers can change, so that old tags can be found and made again. */
  version: string;
  target: string;
  value: Value;
  /** The words that decided. */
  spans: Span[];
  /** While a person's word counts in `value`: whose, since when (ISO 8601), and what the tagger says. */
  corrected?: { by: string; at: string; tagger: Value };
}

/** The tag of a kind about a target, or about the whole. */
export function findTag<Value>(tags: readonly Tag[], kind: string, target = ''): Tag<Value> | undefined {
  return tags.find((tag) => tag.kind === kind && tag.target === target) as Tag<Value> | undefined;
}

/** Throws when the tagger was silent: a fault of the tagger. */
export function tagOf<Value>(tags: readonly Tag[], kind: string, target = ''): Tag<Value> {
  const tag = findTag<Value>(tags, kind, target);
  if (!tag) throw new Error(`the tagger "${kind}" gave no tag for target "${target}"`);
  return tag;
}

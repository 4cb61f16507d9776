import { z } from 'zod';
import type { CorrectionId, DocumentId } from './ids.ts';
import type { Decision } from './rule.ts';
import { type ComplaintReason, POST_KINDS, type Sentiment, type Span } from './tag.ts';

export const TONES = ['negative', 'neutral', 'positive', 'unsure'] as const;
export const SEVERITIES = [1, 2, 3] as const;
export const REASONS = [
  'delivery',
  'price',
  'staff',
  'quality',
  'service',
  'app',
  'fraud',
  'other',
] as const satisfies readonly ComplaintReason[];

/** What a person says of a tag: some fields of its value. What is left out, nobody has said. */
export type Said = Readonly<Record<string, unknown>>;

/** How tags of one kind are corrected. */
interface Correctable {
  /** Checks what a person says. */
  said: z.ZodType<Said>;
  /** The fields of a value of which a person can say something, the one that matters most first. */
  fields: readonly string[];
  /** Said of each topic too, and not only of the whole document. */
  isTowardsTopics: boolean;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function isLanguage(code: string): boolean {
  return code === 'und' || (/^[a-z]{2,3}$/.test(code) && languageNames.of(code) !== undefined);
}

const REASON = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u;

/** By kind. A tagger whose tags people may correct has its line here. */
export const CORRECTABLE: Readonly<Record<string, Correctable>> = {
  sentiment: {
    said: z.strictObject({ label: z.enum(TONES) }),
    fields: ['label'],
    isTowardsTopics: true,
  },
  complaint: {
    said: z
      .strictObject({
        isComplaint: z.boolean(),
        reason: z.string().regex(REASON, 'name a reason by 1 to 40 letters, digits, blanks, - or _'),
        severity: z.literal(SEVERITIES),
      })
      .partial()
      .refine((said) => Object.keys(said).length > 0, 'say something of it'),
    fields: ['isComplaint', 'reason', 'severity'],
    isTowardsTopics: true,
  },
  kind: {
    said: z.strictObject({ kind: z.enum(POST_KINDS) }),
    fields: ['kind'],
    isTowardsTopics: false,
  },
  language: {
    said: z.strictObject({
      code: z.string().refine(isLanguage, 'write a code of ISO 639 like ru, or und'),
    }),
    fields: ['code'],
    isTowardsTopics: false,
  },
};

/** Where a topic was named in the text that was judged. */
export interface JudgedTarget {
  key: string;
  spans: Span[];
}

/** What a person has said of one tag. Rows are only added: the newest that was not undone counts, as long as the text is the same. */
export interface Correction {
  id: CorrectionId;
  documentId: DocumentId;
  kind: string;
  /** Key of a topic, or '' for the document as a whole. */
  target: string;
  /** Of the text that was judged. */
  revision: number;
  /** SHA-256 of its title and text, hex. */
  textHash: string;
  /** Of the tagger that said `before`; '' when that is not known. */
  version: string;
  /** The tag's value as the tagger gave it. */
  before: unknown;
  /** Null: this row only takes back the one that it undoes. */
  after: Said | null;
  undoes: CorrectionId | null;
  /** A tone that a rule had set and the correction has replaced; back when it is undone. */
  standing: { value: Sentiment; decision: Decision } | null;
  /** All topics in the text at that time: tone towards one of them depends on where the others stand. */
  targets: JudgedTarget[];
  /** A user's e-mail. */
  by: string;
  at: Date;
}

export interface CorrectionRequest {
  documentId: DocumentId;
  /** Of the text that the person has read. */
  revision: number;
  kind: string;
  /** Key of a topic, or ''. */
  target: string;
  /** Fields of the tag's value; `right`: it is as the tagger says. */
  said: Said | 'right';
  /** A user's e-mail. */
  by: string;
}

/**
 * `same`: this person has said so before, and it counts. `edited`: the text is another one by now, or is being understood at the moment.
 * `late`: it does not count any more, so there is nothing to undo. `gone`: there is no such document or correction.
 */
export type CorrectionOutcome = 'done' | 'same' | 'edited' | 'late' | 'gone';

/** What a value says, in the fields of which people can say something. Why a post that is no complaint complains, nobody says. */
export function sayable(kind: string, value: unknown): Said {
  const of = Object(value) as Record<string, unknown>;
  const fields = CORRECTABLE[kind]?.fields ?? Object.keys(of);
  const told = of.isComplaint === false ? fields.slice(0, 1) : fields;
  return Object.fromEntries(told.filter((field) => field in of).map((field) => [field, of[field]]));
}

/** Who names a reason or a severity says that it is a complaint; of what is none there is nothing more to say. */
export function addSaid(earlier: Said, said: Said): Said {
  const all = { ...earlier, ...said };
  if ('isComplaint' in said) return said.isComplaint === false ? { isComplaint: false } : all;
  return 'reason' in said || 'severity' in said ? { ...all, isComplaint: true } : all;
}

/** Does a value agree with all that was said? */
export function agrees(value: unknown, said: Said): boolean {
  const of = Object(value) as Record<string, unknown>;
  return Object.entries(said).every(([field, word]) => of[field] === word);
}

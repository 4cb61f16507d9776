import type { AdaptedQuestion } from '../../model/adaptation.ts';
import type { Said } from '../../model/correction.ts';
import type { TaggedText } from '../../model/ports.ts';
import { type Complaint, findTag, type KindTag, type Sentiment, type Tag } from '../../model/tag.ts';

/** A text with what a person has said of one of its tags. */
export interface Lesson {
  text: Pick<TaggedText, 'document' | 'targets'>;
  /** Kind of the tag. */
  kind: string;
  /** Key of a target, or ''. */
  target: string;
  said: Said;
  /** Texts of one story have the same: they are learned from together or not at all. */
  group: number;
}

/** What a person's word, or a tagger's, answers to a question. */
export interface Reply {
  question: AdaptedQuestion;
  answer: string;
}

/** null where nothing was said of the question, or that it cannot be told. */
export function replyOf(kind: string, value: unknown): Reply | null {
  if (kind === 'sentiment') {
    const { best, label } = Object(value) as Partial<Sentiment>;
    const answer = best ?? label;
    return answer === undefined || answer === 'unsure' ? null : { question: 'tone', answer };
  }
  if (kind === 'complaint') {
    const { isComplaint } = Object(value) as Partial<Complaint>;
    return isComplaint === undefined
      ? null
      : { question: 'complaint', answer: isComplaint === true ? 'yes' : 'no' };
  }
  const said = (Object(value) as Partial<KindTag>).kind;
  return kind === 'kind' && said !== undefined ? { question: 'kind', answer: said } : null;
}

/** As taggers answer today. */
export function taggersReply(tags: readonly Tag[], kind: string, target: string): string | null {
  return replyOf(kind, findTag(tags, kind, target)?.value)?.answer ?? null;
}

/** A copy: taggers remember what they have read of a document, with the models of that moment. */
export function freshText({ document, targets }: Lesson['text']): Lesson['text'] {
  return { document: { ...document }, targets: [...targets] };
}

import type { AdaptedModel, AdaptedQuestion } from '../../model/adaptation.ts';
import type { FeatureFamily } from '../../model/opinion.ts';
import type { TagResources } from '../../model/ports.ts';
import { type Complaint, findTag, type Tag } from '../../model/tag.ts';
import { viewFrom } from '../classifier/target-view.ts';
import { TONES } from '../classifier/tone.ts';
import { isContrasted } from '../contrasted.ts';
import { BESIDE, type Opinion, opinionOf, textsBeside } from '../opinion.ts';
import { tonesTowards } from '../towards.ts';
import { understand } from '../understand.ts';
import { freshText, type Lesson } from './lesson.ts';
import { type SparseVector, vectorOf } from './sparse.ts';

/** Told apart are so many features. More bits are no better (docs/decisions/0021). */
export const BITS = 18;
const LEAST = 1e-3;

/** A text as a part of an adaptation sees it, with what the taggers say of it. */
export interface View {
  model: AdaptedModel;
  language: string;
  question: AdaptedQuestion;
  answers: readonly string[];
  vector: SparseVector;
  probabilities: readonly number[];
}

/** A text that taggers have read, once for all its views. */
export interface ReadLesson {
  text: Lesson['text'];
  tags: Tag[];
  opinion: Opinion;
}

export function readLesson(lesson: Pick<Lesson, 'text'>, resources: TagResources): ReadLesson {
  const text = freshText(lesson.text);
  const tags = understand(text, resources);
  return { text, tags, opinion: opinionOf({ ...text, tags }, resources) };
}

/** Of the whole (''), or of a target; null where taggers cannot be asked. */
export function viewOf(
  read: ReadLesson,
  question: AdaptedQuestion,
  target: string,
  resources: TagResources,
): View | null {
  const at = read.text.targets.findIndex(({ key }) => key === target);
  if (target !== '' && at < 0) return null;
  const { classifier, answers } = read.opinion;
  const { language } = classifier;
  const own = { model: 'opinion' as const, language, question };
  if (question === 'kind') {
    const probabilities = answers.get('kind')?.probabilities ?? [];
    return probabilities.length === 0 || target !== ''
      ? null
      : {
          ...own,
          answers: classifier.answers('kind'),
          vector: wholeVector(read),
          probabilities: Array.from(probabilities, (one) => Math.max(LEAST, one)),
        };
  }
  // What others are set against has the opposite of what is said: nothing to learn from words.
  const about = read.text.targets[at];
  if (about && isContrasted(read.opinion.written.tokens, about)) return null;
  const vector = target === '' ? wholeVector(read) : besideVector(read, at);
  if (question === 'complaint') {
    const tag = findTag<Complaint>(read.tags, 'complaint', target);
    if (!tag) return null;
    const yes = Math.min(1 - LEAST, Math.max(LEAST, tag.value.probability));
    return { ...own, answers: ['no', 'yes'], vector, probabilities: [1 - yes, yes] };
  }
  const tone =
    target === '' ? read.opinion.tone : tonesTowards(read.opinion, read.text.targets, resources)[at];
  if (!tone) return null;
  const probabilities = Array.from(tone.probabilities, (one) => Math.max(LEAST, one));
  const seen = target === '' ? null : seenFromTarget(read, at, resources);
  return seen
    ? { ...own, model: 'towards', answers: TONES, vector: seen, probabilities }
    : { ...own, answers: TONES, vector, probabilities };
}

function wholeVector({ opinion: { classifier, text } }: ReadLesson): SparseVector {
  return vectorOf([{ families: classifier.features(text), share: 1 }], BITS);
}

/** In the shares in which what is said of the whole and beside the target count. */
function besideVector(read: ReadLesson, at: number): SparseVector {
  const { classifier, text } = read.opinion;
  const beside = textsBeside(text, read.text.targets)[at];
  if (!beside) return wholeVector(read);
  const part = (families: FeatureFamily[], share: number) => ({ families, share });
  return vectorOf(
    [part(classifier.features(beside), BESIDE), part(classifier.features(text), 1 - BESIDE)],
    BITS,
  );
}

/** null where the model of targets is not asked, or counts for less than half. */
function seenFromTarget(
  { opinion, text: { targets } }: ReadLesson,
  at: number,
  { targetReaders }: TagResources,
): SparseVector | null {
  const { classifier, written, answers } = opinion;
  const reader = targetReaders.get(classifier.language);
  const spans = targets[at]?.spans ?? [];
  if (!reader || spans.length === 0) return null;
  const shares = answers.get('genre')?.probabilities ?? [];
  const asked = classifier.answers('genre').reduce((sum, genre, number) => {
    const isAsked = reader.questions.includes(genre);
    return sum + (isAsked ? (shares[number] ?? 0) : 0);
  }, 0);
  if (asked < 0.5) return null;
  const others = targets.flatMap((target, other) => (other === at ? [] : target.spans));
  const view = viewFrom(written, spans, others);
  return view && vectorOf([{ families: reader.features(view), share: 1 }], BITS);
}

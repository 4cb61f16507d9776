import { onceFor } from '../lib/once-for.ts';
import type { Answers, Classifier, OpinionText } from '../model/opinion.ts';
import type { TaggedText, TagResources, Target } from '../model/ports.ts';
import { findTag, type LanguageTag } from '../model/tag.ts';
import { readOpinionText } from './classifier/opinion-text.ts';
import { ownersOf } from './classifier/owners.ts';
import { readTone, type ToneReading } from './classifier/tone.ts';
import { meantAmong } from './contrasted.ts';
import { touchedBy } from './touched.ts';

/** What the classifier of its language says of a document; taggers share it. */
export interface Opinion {
  classifier: Classifier;
  /** As it stands. */
  written: OpinionText;
  /** Without names that are common words: what the classifier has read. */
  text: OpinionText;
  tone: ToneReading;
  answers: Answers;
}

/**
 * A name that is made of common words says nothing by them: «Хороший Банк» is no praise. Other names stay: that people complain of a
 * telephone company more often than of a bakery is true.
 */
function withoutNames(
  text: OpinionText,
  targets: readonly Target[],
  { morphology }: TagResources,
): OpinionText {
  const spans = targets.flatMap((target) => target.spans);
  if (spans.length === 0) return text;
  const touched = touchedBy(text.tokens, spans);
  const tokens = text.tokens.map((token, at) =>
    touched[at] === 1 && morphology.isKnown(token.lemma)
      ? { ...token, form: NAME, lemma: NAME, isWord: false }
      : token,
  );
  return { ...text, tokens };
}

const NAME = '<name>';
/** What is said beside a target counts so much of what is said of it, the whole text the rest. */
export const BESIDE = 0.65;

/** The text as models know it. */
export const writtenOf = onceFor(readOpinionText);

const opinions = new WeakMap<TaggedText['document'], Opinion>();

/** Throws TypeError when no model is loaded. */
export function opinionOf(text: TaggedText, resources: TagResources): Opinion {
  const known = opinions.get(text.document);
  if (known) return known;
  const classifier = classifierFor(text, resources);
  const written = writtenOf(text.document, resources.morphology);
  const read = withoutNames(written, text.targets, resources);
  const answers = classifier.classify(read);
  const opinion = { classifier, written, text: read, tone: readTone(classifier, answers), answers };
  opinions.set(text.document, opinion);
  return opinion;
}

/** Of languages without a model those in Cyrillic letters are nearest to Russian, others to English. */
function classifierFor({ document, tags }: TaggedText, { classifiers }: TagResources): Classifier {
  const language = findTag<LanguageTag>(tags, 'language')?.value;
  const own = classifiers.get(language?.code ?? '');
  const nearest = /\p{Script=Cyrillic}/u.test(document.text.slice(0, 2000)) ? 'ru' : 'en';
  const found = own ?? classifiers.get(nearest);
  if (!found) throw new TypeError('no model of opinions is loaded');
  return found;
}

const besides = new WeakMap<readonly Target[], (Answers | null)[]>();

/**
 * Answers about what is said beside each target alone: in its clauses, and in those after them until another target is named. null
 * where that is the whole text, or nothing. Of what others are only set against nothing is said. At most so many targets are told apart.
 */
export function answersBeside(
  { classifier, text }: Opinion,
  targets: readonly Target[],
): readonly (Answers | null)[] {
  const known = besides.get(targets);
  if (known) return known;
  const made = textsBeside(text, targets).map((own) => own && classifier.classify(own));
  besides.set(targets, made);
  return made;
}

/** What is said beside each target, as above. */
export function textsBeside(text: OpinionText, targets: readonly Target[]): (OpinionText | null)[] {
  const meant = meantAmong(text.tokens, targets);
  if (meant.length < 2) return targets.map(() => null);
  const owners = ownersOf(text, meant);
  return targets.map((target) => {
    const own = meant.indexOf(target);
    if (own < 0 || own >= TOLD_APART) return null;
    const tokens = text.tokens.filter((_token, place) => owners[place]?.has(own));
    const isAll = tokens.length === text.tokens.length;
    return tokens.length === 0 || isAll ? null : { ...text, tokens };
  });
}

const TOLD_APART = 20;

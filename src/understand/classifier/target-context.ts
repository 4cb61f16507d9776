import type { Answers, Classifier, OpinionText, TargetView } from '../../model/opinion.ts';
import { areTones, TONES } from './tone.ts';

/** Words to each side that stand near a target. */
const NEAR = 6;
const RAREST = 0.01;

/** The questions of a classifier that ask for a tone. */
export function toneQuestions(classifier: Classifier): string[] {
  return classifier.questions.filter((name) => areTones(classifier.answers(name)));
}

/**
 * What a model of targets is told beside the view itself: how the whole text sounds, what stands near the target, and its clause; each as
 * logarithms of probabilities, question by question. `said`: the classifier's answers about the whole.
 */
export function readContext(
  classifier: Classifier,
  text: OpinionText,
  said: Answers,
  { tokens, distances, clauses }: TargetView,
): number[] {
  const questions = toneQuestions(classifier);
  const part = (isMeant: (at: number) => boolean): Answers => {
    const own = tokens.filter((_, at) => isMeant(at));
    return own.length === tokens.length ? said : classifier.classify({ ...text, tokens: own });
  };
  const near = part((at) => Math.abs(distances[at] ?? 0) <= NEAR);
  const clause = part((at) => clauses[at] === 0);
  return [said, near, clause].flatMap((answers) =>
    questions.flatMap((question) =>
      TONES.map((_, tone) =>
        Math.log(Math.max(RAREST, answers.get(question)?.probabilities[tone] ?? RAREST)),
      ),
    ),
  );
}

import type { OpinionText } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { type Half, type Record_, readSet } from './read-set.ts';
import type { LanguagePlan, QuestionPlan } from './sets.ts';

export interface Example {
  text: OpinionText;
  /** Number of the right answer. */
  answer: number;
}

/** Labelled examples of a question, the oldest first where the set has times; the order of the file elsewhere. */
export function readExamples(
  folder: string,
  { from, label, answers, byTime }: QuestionPlan,
  half: Half,
  morphology: Morphology,
): Example[] {
  const records = readSet(folder, from.name, half) ?? [];
  if (byTime) records.sort((one, two) => timeOf(one) - timeOf(two));
  return records.flatMap((record) => {
    const answer = answers.indexOf(label[String(record.label)] ?? '');
    return answer < 0 ? [] : [{ text: toText(record.text, morphology), answer }];
  });
}

/** Every text of the plan once: for word vectors. */
export function readTexts(folder: string, plan: LanguagePlan, morphology: Morphology): OpinionText[] {
  const names = [...plan.questions.map(({ from }) => from.name), ...plan.texts.map(({ name }) => name)];
  const texts = new Set<string>();
  for (const name of names) for (const { text } of readSet(folder, name, 'train') ?? []) texts.add(text);
  return [...texts].map((text) => toText(text, morphology));
}

function toText(text: string, morphology: Morphology): OpinionText {
  return readOpinionText({ title: null, text }, morphology);
}

function timeOf(record: Record_): number {
  return typeof record.ts === 'number' ? record.ts : 0;
}

const HELD_BACK = 0.2;

/** One part to learn from and one to find the blend with: the last by time, or every fifth. */
export function divide(examples: readonly Example[], byTime: boolean): { learn: Example[]; held: Example[] } {
  const isHeld = (at: number): boolean =>
    byTime ? at >= examples.length * (1 - HELD_BACK) : at % Math.round(1 / HELD_BACK) === 0;
  return {
    learn: examples.filter((_, at) => !isHeld(at)),
    held: examples.filter((_, at) => isHeld(at)),
  };
}

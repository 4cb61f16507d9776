import type { OpinionText } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import { readOpinionText } from '../src/understand/classifier/opinion-text.ts';
import { readOwnRows } from './own-files.ts';
import { type Half, type Record_, readSet } from './read-set.ts';
import type { LabelledSet, LanguagePlan, OwnLabels, QuestionPlan } from './sets.ts';

export interface Example {
  text: OpinionText;
  /** Number of the right answer. */
  answer: number;
  /** How much it counts beside others; 1 of a set. */
  cost: number;
}

/** Labelled examples of a question, the oldest first where the set has times; the order of the file elsewhere. */
export function readExamples(
  folder: string,
  { from, field, label, answers, byTime }: QuestionPlan,
  half: Half,
  morphology: Morphology,
): Example[] {
  const records = (from && readSet(folder, from.name, half)) ?? [];
  if (byTime) records.sort((one, two) => timeOf(one) - timeOf(two));
  return records.flatMap((record) => {
    const answer = answers.indexOf(label[String(record.label)] ?? '');
    const text = String(record[field ?? 'text']);
    return answer < 0 ? [] : [{ text: toText(text, morphology), answer, cost: 1 }];
  });
}

/** Texts with labels of our own: those that are like what the question is about, or the others. */
export function readOwnExamples(
  folder: string,
  { own = [], answers }: QuestionPlan,
  isLike: boolean,
  morphology: Morphology,
): Example[] {
  return own
    .filter((labels) => labels.isLike === isLike)
    .flatMap((labels) => {
      const texts = textsById(folder, labels.sets);
      return readLabels(labels).flatMap(({ set, id, label }) => {
        const text = texts.get(`${set} ${id}`);
        const answer = answers.indexOf(labels.label[label] ?? '');
        return answer < 0 || text === undefined
          ? []
          : [{ text: toText(text, morphology), answer, cost: labels.cost }];
      });
    });
}

function readLabels({ file }: OwnLabels): { set: string; id: string; label: string }[] {
  return readOwnRows(`labels/${file}`, 3).map(([set = '', id = '', label = '']) => ({ set, id, label }));
}

function textsById(folder: string, sets: readonly LabelledSet[]): ReadonlyMap<string, string> {
  return new Map(
    sets.flatMap(({ name }) =>
      (readSet(folder, name, 'train') ?? []).map(({ id, text }): [string, string] => [`${name} ${id}`, text]),
    ),
  );
}

/** Every text of some sets once. */
export function readSetTexts(
  folder: string,
  sets: readonly LabelledSet[],
  morphology: Morphology,
): OpinionText[] {
  const texts = new Set(
    sets.flatMap(({ name }) => (readSet(folder, name, 'train') ?? []).map(({ text }) => text)),
  );
  return [...texts].map((text) => toText(text, morphology));
}

/** Every text of the plan once: for word vectors. */
export function readTexts(folder: string, plan: LanguagePlan, morphology: Morphology): OpinionText[] {
  const texts = new Set<string>();
  const add = ({ name }: LabelledSet, field: string): void => {
    for (const record of readSet(folder, name, 'train') ?? []) texts.add(String(record[field]));
  };
  for (const { from, field } of plan.questions) if (from) add(from, field ?? 'text');
  for (const set of plan.texts) add(set, 'text');
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

import type { OpinionText } from '../src/model/opinion.ts';
import type { Morphology } from '../src/model/ports.ts';
import type { ClassifierModel } from '../src/understand/classifier/model.ts';
import { readExamples, readOwnExamples, readSetTexts, readTexts } from './examples.ts';
import { type AskedQuestion, fitModel } from './fit-model.ts';
import { readOwnPosts, readPlainPhrases } from './own-posts.ts';
import type { LabelledSet, LanguagePlan } from './sets.ts';
import { readWordLists } from './word-lists.ts';
import { learnWordVectors } from './word-vectors.ts';

export type Say = (progress: string) => void;

export interface Training {
  folder: string;
  morphology: Morphology;
  seed: number;
  say: Say;
}

/** Two to this power are the rows of a model's weights. */
export const BITS = 19;
const VECTORS = { dimensions: 64, rounds: 4 };
const NETWORK = { filters: 48, rounds: 5 };
const COST = 2;
/** The genre of a text is easier to tell than its tone: the network shall not spend itself on it. */
const GENRE_WEIGHT = 0.2;

/** Learns the questions of a plan, and of which genre a text is. */
export function trainOpinion(
  plan: LanguagePlan,
  { folder, morphology, seed, say }: Training,
): ClassifierModel {
  const texts = readTexts(folder, plan, morphology);
  say(`${texts.length} texts`);
  const vectors = learnWordVectors(
    texts.map(({ tokens }) => tokens.map(({ lemma }) => lemma)),
    { ...VECTORS, seed },
  );
  say(`${vectors.words.length} word vectors`);
  const asked = plan.questions.map((question): AskedQuestion => {
    const { name, answers, weight, byTime = false } = question;
    const posts = readOwnPosts(plan, question, morphology);
    const examples = [
      ...readExamples(folder, question, 'train', morphology),
      ...readOwnExamples(folder, question, true, morphology),
      ...(question.from ? [] : posts),
    ];
    const more = [
      ...readOwnExamples(folder, question, false, morphology),
      ...(question.from ? posts : []),
      ...readPlainPhrases(plan, question, morphology),
    ];
    return { name, answers, weight, byTime, examples, more, byOthers: [] };
  });
  const lists = readWordLists(folder, plan, morphology);
  const shape = { language: plan.language, seed, bits: BITS, cost: COST, ...NETWORK };
  const textsOf = (sets: readonly LabelledSet[]) => readSetTexts(folder, sets, morphology);
  const all = withGenre(withOthers(asked, plan), plan, textsOf);
  return fitModel(shape, all, vectors, lists, say);
}

/** A tone that has few texts of its own learns from those of the other tones too. */
function withOthers(asked: readonly AskedQuestion[], { questions }: LanguagePlan): readonly AskedQuestion[] {
  return asked.map((question, at) => {
    const cost = questions[at]?.others;
    if (cost === undefined) return question;
    const teaches = asked.filter(
      (_, other) => other !== at && questions[other]?.isTone && questions[other].from,
    );
    const byOthers = teaches.flatMap(({ examples }) =>
      examples.map(({ text, answer }) => ({ text, answer, cost })),
    );
    return { ...question, byOthers };
  });
}

/** The question of which genre a text is, where there are several. */
function withGenre(
  asked: readonly AskedQuestion[],
  { questions, genres: others }: LanguagePlan,
  textsOf: (sets: readonly LabelledSet[]) => readonly OpinionText[],
): readonly AskedQuestion[] {
  const genres = [
    ...new Set([...questions.filter(({ isTone }) => isTone), ...others].map(({ name }) => name)),
  ];
  if (genres.length < 2) return asked;
  const toExample = (name: string) => (text: OpinionText) => ({
    text,
    answer: genres.indexOf(name),
    cost: 1,
  });
  const textsThat = (isForLinear: boolean) =>
    others
      .filter((other) => (other.isForLinear ?? false) === isForLinear)
      .flatMap(({ name, from }) => textsOf(from).map(toExample(name)));
  const examples = [
    ...asked
      .filter(({ name }) => genres.includes(name))
      .flatMap((question) => question.examples.map(({ text }) => toExample(question.name)(text))),
    ...textsThat(false),
  ];
  const plain = { name: 'genre', answers: genres, byTime: false, more: [], weight: GENRE_WEIGHT };
  return [...asked, { ...plain, examples, byOthers: textsThat(true) }];
}

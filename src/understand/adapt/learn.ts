import type { AdaptedModel, AdaptedPart, AdaptedQuestion } from '../../model/adaptation.ts';
import type { LearnedQuestion } from '../../model/learned-model.ts';
import type { TagResources } from '../../model/ports.ts';
import { adaptResources, baseOf } from './adapt-resources.ts';
import { chooseFit, type GroupedExample } from './choose-fit.ts';
import { BITS, readLesson, type View, viewOf } from './examples.ts';
import { foldOf } from './groups.ts';
import { type Lesson, replyOf, taggersReply } from './lesson.ts';
import { type FittedQuestion, partOf } from './part.ts';

/** A text of which nobody has said anything. */
export type Anchor = Pick<Lesson, 'text' | 'group'>;

/** Fewer teach more chance than sense. */
export const LEAST_LESSONS = 24;
export const LEAST_MISTAKES = 6;

export interface Learned {
  parts: AdaptedPart[];
  questions: LearnedQuestion[];
}

/** One after the other, since what is added to one is seen by the next: a tone by that of its target, a complaint by tones. */
const STAGES: readonly (readonly [AdaptedQuestion, AdaptedModel])[] = [
  ['tone', 'opinion'],
  ['tone', 'towards'],
  ['complaint', 'opinion'],
  ['kind', 'opinion'],
];

interface Taught {
  view: View;
  group: number;
  right: string;
  isMistake: boolean;
}

type AnchorView = Pick<Taught, 'view' | 'group'>;

/**
 * Learns what to add to the shipped models so that they say what people have said. `pause` is called often, so that others get their turn; `say` with what it is at.
 * The same material gives the same numbers.
 */
export async function learn(
  lessons: readonly Lesson[],
  anchors: readonly Anchor[],
  resources: TagResources,
  { pause, say }: { pause?: () => Promise<void>; say?: (progress: string) => void } = {},
): Promise<Learned> {
  const fitted = new Map<string, { about: Parameters<typeof partOf>[0]; questions: FittedQuestion[] }>();
  const questions: LearnedQuestion[] = [];
  const parts = () => [...fitted.values()].map(({ about, questions: own }) => partOf(about, own));
  for (const [question, model] of STAGES) {
    const adapted = adaptResources(resources, { version: 'learning', parts: parts() });
    const taught = await taughtViews(lessons, question, model, adapted, pause);
    const languages = [...new Set(taught.map(({ view }) => view.language))].sort();
    if (languages.length === 0) continue;
    const left = await anchorViews(anchors, question, model, adapted, pause);
    for (const language of languages) {
      const isOwn = ({ view }: AnchorView) => view.language === language;
      const own = taught.filter(isOwn);
      const mistakes = own.filter(({ isMistake }) => isMistake).length;
      const row = { model, language, question, lessons: own.length, mistakes };
      if (own.length < LEAST_LESSONS || mistakes < LEAST_MISTAKES) {
        questions.push({ ...row, outcome: 'too few' });
        continue;
      }
      say?.(`learning ${question}, ${language}: ${own.length} corrections, ${mistakes} of them mistakes`);
      const answers = own[0]?.view.answers.length ?? 0;
      const fit = await chooseFit(toExamples(own, left.filter(isOwn)), answers, pause);
      questions.push({ ...row, outcome: fit ? 'learned' : 'no better' });
      if (!fit) continue;
      const about = { model, language, base: baseOf(resources, model, language) ?? '', bits: BITS };
      const key = `${model} ${language}`;
      const known = fitted.get(key)?.questions ?? [];
      fitted.set(key, { about, questions: [...known, { name: question, answers, fit }] });
    }
  }
  return { parts: parts(), questions };
}

async function taughtViews(
  lessons: readonly Lesson[],
  question: AdaptedQuestion,
  model: AdaptedModel,
  resources: TagResources,
  pause?: () => Promise<void>,
): Promise<Taught[]> {
  const taught: Taught[] = [];
  for (const lesson of lessons) {
    const reply = replyOf(lesson.kind, lesson.said);
    if (reply?.question !== question) continue;
    await pause?.();
    const read = readLesson(lesson, resources);
    const view = viewOf(read, question, lesson.target, resources);
    if (view?.model !== model || !view.answers.includes(reply.answer)) continue;
    const isMistake = taggersReply(read.tags, lesson.kind, lesson.target) !== reply.answer;
    taught.push({ view, group: lesson.group, right: reply.answer, isMistake });
  }
  return taught;
}

async function anchorViews(
  anchors: readonly Anchor[],
  question: AdaptedQuestion,
  model: AdaptedModel,
  resources: TagResources,
  pause?: () => Promise<void>,
): Promise<AnchorView[]> {
  const views: AnchorView[] = [];
  for (const anchor of anchors) {
    await pause?.();
    const read = readLesson(anchor, resources);
    const about = question === 'kind' ? [''] : ['', ...read.text.targets.map(({ key }) => key)];
    for (const target of about) {
      const view = viewOf(read, question, target, resources);
      if (view?.model === model) views.push({ view, group: anchor.group });
    }
  }
  return views;
}

/** Where there are no texts that nobody has judged, one of so many is taken to be wrong. */
export const USUAL_ERROR = 0.25;

/**
 * People correct mistakes, so there are more of them among corrections than among posts. Posts that nobody has corrected, with the models' own
 * answers, are mixed in until mistakes are as rare as the models themselves expect.
 */
function toExamples(taught: readonly Taught[], anchors: readonly AnchorView[]): GroupedExample[] {
  const mistakes = taught.filter(({ isMistake }) => isMistake).length;
  const error = anchors.length === 0 ? USUAL_ERROR : meanError(anchors);
  const missing = Math.max(0, mistakes / error - taught.length);
  const cost = Math.min(1, missing / Math.max(1, anchors.length));
  return [
    ...taught.map(({ view, group, right }) => ({
      ...toExample(view, group),
      aim: view.answers.map((answer) => (answer === right ? 1 : 0)),
      cost: 1,
    })),
    ...(cost > 0 ? anchors : []).map(({ view, group }) => ({
      ...toExample(view, group),
      aim: view.probabilities,
      cost,
    })),
  ];
}

function meanError(anchors: readonly AnchorView[]): number {
  const sum = anchors.reduce((total, { view }) => total + 1 - Math.max(...view.probabilities), 0);
  return Math.max(0.02, sum / anchors.length);
}

function toExample({ vector, probabilities }: View, group: number) {
  return { vector, offset: probabilities.map(Math.log), fold: foldOf(group) };
}

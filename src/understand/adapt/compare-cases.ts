import { mcnemar } from '../../lib/mcnemar.ts';
import { randomFrom } from '../../lib/random.ts';
import { type Interval, wilsonInterval } from '../../lib/wilson.ts';
import type { ComparedCase, ComparedRow, Comparison, SideFigures } from '../../model/comparison.ts';
import type { Estimate } from '../../model/estimate.ts';
import type { Verdict } from '../../model/learned-model.ts';

/** Chance explains less than this share. */
const SURE = 0.05;
/** More than this share of what is right today may not break for sure. */
const MAY_BREAK = 0.03;
const RESAMPLES = 400;

type Side = 'now' | 'candidate';

/** `error`: what share of all posts the models expect to get wrong, 0 to 1. */
export function compareCases(cases: readonly ComparedCase[], error: number): Omit<Comparison, 'others'> {
  const names = [...new Set(cases.map(nameOf))].sort();
  const isRight = (one: ComparedCase): boolean => one.now === one.right;
  const mended = cases.filter((one) => !isRight(one) && one.candidate === one.right);
  const broken = cases.filter((one) => isRight(one) && one.candidate !== one.right);
  const confirmed = cases.filter(isRight).length;
  const mistakes = cases.length - confirmed;
  const chance = mcnemar(mended.length, broken.length);
  const gain =
    confirmed === 0 || mistakes === 0
      ? null
      : (error * mended.length) / mistakes - ((1 - error) * broken.length) / confirmed;
  const counts = { mended: mended.length, broken: broken.length, confirmed, chance, gain };
  return {
    rows: names.map((name) => rowOf(cases.filter((one) => nameOf(one) === name))),
    cases: cases.length,
    mended,
    broken,
    confirmed,
    chance,
    gain,
    verdict: verdictOf(counts),
  };
}

interface Counts {
  mended: number;
  broken: number;
  confirmed: number;
  chance: number;
  gain: number | null;
}

/** What is right today must not be paid with, however much is mended: there is far more of it than corrections show. */
function verdictOf({ mended, broken, confirmed, chance, gain }: Counts): Verdict {
  if (confirmed > 0 && wilsonInterval(broken, confirmed).low > MAY_BREAK) return 'worse';
  if (chance >= SURE) return 'cannot tell';
  if (mended < broken) return 'worse';
  return gain !== null && gain > 0 ? 'better' : 'cannot tell';
}

function nameOf({ question, isTowards, language }: ComparedCase): string {
  return `${question} ${isTowards} ${language}`;
}

function rowOf(cases: readonly ComparedCase[]): ComparedRow {
  const { question, isTowards, language } = cases[0] as ComparedCase;
  const about = { question, isTowards, language, cases: cases.length };
  return { ...about, now: figuresOf(cases, 'now'), candidate: figuresOf(cases, 'candidate') };
}

function figuresOf(cases: readonly ComparedCase[], side: Side): SideFigures {
  const said = cases.filter((one) => one[side] === 'yes');
  const wanted = cases.filter(({ right }) => right === 'yes');
  const hits = said.filter(({ right }) => right === 'yes').length;
  const isComplaint = cases[0]?.question === 'complaint';
  return {
    accuracy: share(cases.filter((one) => one[side] === one.right).length, cases.length),
    macroF1: { value: macroF1(cases, side), ...resampled(cases, side) },
    precision: isComplaint ? share(hits, said.length) : null,
    recall: isComplaint ? share(hits, wanted.length) : null,
  };
}

function share(right: number, of: number): Estimate {
  return { value: of === 0 ? 0 : right / of, ...wilsonInterval(right, of) };
}

/** Over the answers that people have given. */
function macroF1(cases: readonly ComparedCase[], side: Side): number {
  const answers = [...new Set(cases.map(({ right }) => right))];
  const scores = answers.map((answer) => {
    let [hits, others] = [0, 0];
    for (const one of cases) {
      const isSaid = one[side] === answer;
      if (one.right === answer && isSaid) hits += 1;
      else if (one.right === answer || isSaid) others += 1;
    }
    return (2 * hits) / (2 * hits + others);
  });
  return scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length);
}

/** By drawing as many of the cases anew, with repetition. */
function resampled(cases: readonly ComparedCase[], side: Side): Interval {
  const random = randomFrom(1);
  const figures = Float64Array.from({ length: RESAMPLES }, () => {
    const drawn = cases.map(() => cases[Math.floor(random() * cases.length)] as ComparedCase);
    return macroF1(drawn, side);
  }).sort();
  const at = (place: number): number => figures[Math.floor(place * (RESAMPLES - 1))] as number;
  return { low: at(0.025), high: at(0.975) };
}

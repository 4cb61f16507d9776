import { wilsonInterval } from '../../lib/wilson.ts';
import { type ContextModel, learnFrom, readExamples, type TopicContext } from './check.ts';
import { probability } from './logistic.ts';

/** How well the check does on a topic's own examples, each judged by what was learnt from the others. */
export interface ContextPrecision {
  examples: number;
  /** Of what it lets through, the part that is the brand; null when it let nothing through. */
  precision: number | null;
  /** Of the brand's mentions, the part that it lets through; null when there are none among the examples. */
  recall: number | null;
  /** Precision without the check, when everything counts as a mention; null without examples. */
  before: number | null;
  /** What precision may be at worst, with 95 % confidence (Wilson's lower bound); null like precision. */
  precisionAtLeast: number | null;
}

/** Beyond that examples are held out in groups, so that the cost stays linear in them. */
const GROUPS_AT_MOST = 20;

export function measureContextCheck(model: ContextModel, topic: TopicContext): ContextPrecision {
  const examples = readExamples(model, topic);
  const groups = Math.min(examples.length, GROUPS_AT_MOST);
  let [right, passed] = [0, 0];
  for (let group = 0; group < groups; group += 1) {
    const others = examples.filter((_, at) => at % groups !== group);
    const weights = learnFrom(model, others);
    for (const { keys, positive } of examples.filter((_, at) => at % groups === group)) {
      if (probability(keys, weights) < 0.5) continue;
      passed += 1;
      if (positive) right += 1;
    }
  }
  const brands = examples.filter(({ positive }) => positive).length;
  return {
    examples: examples.length,
    precision: part(right, passed),
    recall: part(right, brands),
    before: part(brands, examples.length),
    precisionAtLeast: passed === 0 ? null : wilsonInterval(right, passed).low,
  };
}

function part(count: number, of: number): number | null {
  return of === 0 ? null : count / of;
}

import type { Viewer } from '../../auth/session.ts';
import { number } from '../../views/format.ts';
import { type Block, type BlockAsk, type Column, type Figure, hueOf } from '../figure.ts';
import { changeWords, peakOf } from '../findings.ts';
import { type Step, stepsOf, type Unit, unitOf } from '../period.ts';
import { type Side, slotsByStep, sumPosts, type Traits } from '../side.ts';
import { stepName, stepWords } from '../words.ts';

/** Something can be known of this time. */
export function isKnown(step: Step | undefined, { period }: Side, since: Date | null): boolean {
  return step !== undefined && since !== null && step.from < period.until && step.to > since;
}

/** Posts of each step; null: it has not begun, or was over before anything is known. */
export async function postsByStep(
  side: Side,
  steps: readonly Step[],
  isOf: (traits: Traits) => boolean,
  since: Date | null,
): Promise<(number | null)[]> {
  const slots = (await side.slots()).filter(({ traits }) => isOf(traits));
  return slotsByStep(slots, steps).map((own, at) => (isKnown(steps[at], side, since) ? sumPosts(own) : null));
}

/** What all posts of the time before were, or of the other topic. */
function againstWords(viewer: Viewer, { ask, other }: BlockAsk, now: number, before: number): string {
  const { t } = viewer;
  if (!other) return number(viewer, now);
  if (ask.against.kind === 'topic')
    return t('analytics.versus', {
      n: number(viewer, now),
      topic: ask.against.topic.name,
      other: number(viewer, before),
    });
  return `${number(viewer, now)}, ${changeWords(viewer, now, before)}`;
}

function findingOf(asked: BlockAsk, totals: { now: number; before: number }, peak: string | null): string {
  const words = againstWords(asked.viewer, asked, totals.now, totals.before);
  return peak === null ? words : `${words}; ${asked.viewer.t('analytics.peak', { when: peak })}`;
}

function columnsOf(
  { viewer, own }: BlockAsk,
  steps: readonly Step[],
  unit: Unit,
  [values, before]: readonly (readonly (number | null)[])[],
): Column[] {
  const [topic] = own.topics;
  const look = topic && own.topics.length === 1 ? hueOf(topic) : 'accent';
  return steps.map((step, at): Column => {
    const value = values?.[at] ?? null;
    const words = `${stepWords(viewer, step, unit)}: ${viewer.t.count('mentions', value ?? 0)}`;
    const href = own.href({ from: step.fromKey, to: step.toKey });
    return {
      name: stepName(viewer, step, unit),
      parts: value === null ? null : [{ look, value, words, href }],
      before: before?.[at] ?? null,
    };
  });
}

async function read(asked: BlockAsk): Promise<Figure> {
  const { viewer, own, other, since } = asked;
  const { t } = viewer;
  const [unit, steps] = [unitOf(own.period), stepsOf(own.period)];
  const values = await postsByStep(own, steps, () => true, since);
  const before = other ? await postsByStep(other, stepsOf(other.period), () => true, since) : [];
  const sum = (list: readonly (number | null)[]): number =>
    list.reduce<number>((all, one) => all + (one ?? 0), 0);
  const [now, then] = [sum(values), sum(before)];
  const peak = steps[peakOf(values) ?? -1];
  return {
    finding: findingOf(asked, { now, before: then }, peak ? stepWords(viewer, peak, unit) : null),
    notes: [],
    head: [t('analytics.when'), t('analytics.posts'), ...(other ? [t('analytics.before')] : [])],
    rows: steps.flatMap((step, at) => {
      const value = values[at] ?? null;
      if (value === null) return [];
      const cells = [stepWords(viewer, step, unit), value, ...(other ? [before[at] ?? ''] : [])];
      return [{ cells, key: step.fromKey, href: own.href({ from: step.fromKey, to: step.toKey }) }];
    }),
    drawing: { kind: 'columns', columns: columnsOf(asked, steps, unit, [values, before]), legend: [] },
  };
}

/** How many posts there are of each hour, day or week. */
export const volume: Block = { key: 'volume', title: 'analytics.volume', read };

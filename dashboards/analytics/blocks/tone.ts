import type { SentimentLabel } from '../../../src/model/tag.ts';
import { percent } from '../../views/format.ts';
import type { Block, BlockAsk, Column, Figure, Part } from '../figure.ts';
import { THIN } from '../findings.ts';
import { type Step, stepsOf, type Unit, unitOf } from '../period.ts';
import { type Side, TONES } from '../side.ts';
import { stepName, stepWords } from '../words.ts';
import { postsByStep } from './volume.ts';

interface Shares {
  posts: number;
  negative: number;
}

async function sharesOf(side: Side): Promise<Shares> {
  const counts = await side.counts();
  const sum = (isOf: (tones: ReadonlySet<SentimentLabel>) => boolean): number =>
    counts.reduce((all, { traits, posts }) => all + (isOf(traits.tones) ? posts : 0), 0);
  return { posts: sum(() => true), negative: sum((tones) => tones.has('negative')) };
}

/** Two shares differ by more than three standard deviations of their difference. */
function sharesDiffer(a: Shares, b: Shares): boolean {
  const both = (a.negative + b.negative) / (a.posts + b.posts);
  const deviation = Math.sqrt(both * (1 - both) * (1 / a.posts + 1 / b.posts));
  return Math.abs(a.negative / a.posts - b.negative / b.posts) > 3 * deviation;
}

function findingOf({ viewer, ask }: BlockAsk, now: Shares, before: Shares | null): string | null {
  const { t } = viewer;
  if (now.posts === 0) return null;
  const share = percent(viewer, now.negative / now.posts);
  if (!before || now.posts < THIN || before.posts < THIN) return t('analytics.tone.share', { share });
  const was = percent(viewer, before.negative / before.posts);
  if (ask.against.kind === 'topic')
    return t('analytics.tone.versus', { share, topic: ask.against.topic.name, was });
  if (!sharesDiffer(now, before)) return t('analytics.tone.same', { share, was });
  const isMore = now.negative / now.posts > before.negative / before.posts;
  return t(isMore ? 'analytics.tone.more' : 'analytics.tone.less', { share, was });
}

function columnOf(
  { viewer, own }: BlockAsk,
  step: Step,
  unit: Unit,
  values: readonly (number | null)[],
): Column {
  const { t } = viewer;
  const isKnown = values.some((value) => value !== null);
  const parts = TONES.map((tone, at): Part => {
    const value = values[at] ?? 0;
    return {
      look: tone,
      value,
      words: `${stepWords(viewer, step, unit)}: ${t(`tone.${tone}`)} ${value}`,
      href: own.href({ from: step.fromKey, to: step.toKey, tone: [tone] }),
    };
  });
  return { name: stepName(viewer, step, unit), parts: isKnown ? parts : null, before: null };
}

async function read(asked: BlockAsk): Promise<Figure> {
  const { viewer, own, other, since } = asked;
  const { t } = viewer;
  const [unit, steps] = [unitOf(own.period), stepsOf(own.period)];
  const byTone: (number | null)[][] = [];
  for (const tone of TONES) byTone.push(await postsByStep(own, steps, ({ tones }) => tones.has(tone), since));
  const now = await sharesOf(own);
  const valuesOf = (at: number): (number | null)[] => byTone.map((values) => values[at] ?? null);
  return {
    finding: findingOf(asked, now, other ? await sharesOf(other) : null),
    notes: own.topics.length === 1 ? [] : [t('analytics.tone.twice')],
    head: [t('analytics.when'), ...TONES.map((tone) => t(`tone.${tone}`))],
    rows: steps.flatMap((step, at) => {
      const values = valuesOf(at);
      if (values.every((value) => value === null)) return [];
      const cells = [stepWords(viewer, step, unit), ...values.map((value) => value ?? 0)];
      return [{ cells, key: step.fromKey, href: own.href({ from: step.fromKey, to: step.toKey }) }];
    }),
    drawing: {
      kind: 'columns',
      columns: steps.map((step, at) => columnOf(asked, step, unit, valuesOf(at))),
      legend: TONES.map((tone) => ({ look: tone, name: t(`tone.${tone}`) })),
    },
  };
}

/** How posts sound, over time; what nobody is sure of is shown as that. */
export const tone: Block = { key: 'tone', title: 'analytics.tone', read };

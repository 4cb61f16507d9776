import { number, reasonName } from '../../views/format.ts';
import type { Block, BlockAsk, Figure } from '../figure.ts';
import { changeWords, peakOf } from '../findings.ts';
import { stepsOf, unitOf } from '../period.ts';
import { type Slot, slotsByStep, sumPosts } from '../side.ts';
import { stepWords } from '../words.ts';
import { isKnown } from './volume.ts';

/** Complaints by what they are about; one about two things counts with both. */
function byReason(slots: readonly Pick<Slot, 'traits' | 'posts'>[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { traits, posts } of slots)
    for (const reason of traits.reasons) found.set(reason, (found.get(reason) ?? 0) + posts);
  return found;
}

const largest = (reasons: ReadonlyMap<string, number>): string | undefined =>
  [...reasons].sort((a, b) => b[1] - a[1])[0]?.[0];

/** `34 complaints …; most on Tuesday: delivery`. */
function findingOf(
  { viewer, ask, own, other, since }: BlockAsk,
  now: readonly Slot[],
  before: readonly { posts: number }[],
): string {
  const { t } = viewer;
  const steps = stepsOf(own.period);
  const byStep = slotsByStep(now, steps);
  const at = peakOf(
    byStep.map((slots, place) => (isKnown(steps[place], own, since) ? sumPosts(slots) : null)),
  );
  const n = number(viewer, sumPosts(now));
  const isBefore = other && ask.against.kind === 'before';
  const words = isBefore ? `${n}, ${changeWords(viewer, sumPosts(now), sumPosts(before))}` : n;
  const [step, slots] = [steps[at ?? -1], byStep[at ?? -1]];
  const reason = slots && largest(byReason(slots));
  if (!step || !reason) return words;
  const when = stepWords(viewer, step, unitOf(own.period));
  return `${words}; ${t('analytics.causes.peak', { when, reason: reasonName(viewer, reason) })}`;
}

async function read(asked: BlockAsk): Promise<Figure | null> {
  const { viewer, own, other } = asked;
  const { t } = viewer;
  const now = await own.complaints();
  const before = other ? (await other.counts()).filter(({ traits }) => traits.reasons.size > 0) : [];
  const [counts, then] = [byReason(now), byReason(before)];
  const reasons = [...new Set([...counts.keys(), ...then.keys()])].sort(
    (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0),
  );
  const href = own.href({ complaints: '1' });
  if (reasons.length === 0) return null;
  return {
    finding: findingOf(asked, now, before),
    notes: [t('analytics.causes.how')],
    head: [t('analytics.cause'), t('analytics.complaints'), ...(other ? [t('analytics.before')] : [])],
    rows: reasons.map((reason) => ({
      cells: [reasonName(viewer, reason), counts.get(reason) ?? 0, ...(other ? [then.get(reason) ?? 0] : [])],
      href,
    })),
    drawing: {
      kind: 'bars',
      legend: [],
      bars: reasons.map((reason) => {
        const [name, value] = [reasonName(viewer, reason), counts.get(reason) ?? 0];
        return {
          name,
          said: number(viewer, value),
          before: other ? (then.get(reason) ?? 0) : null,
          parts: [{ look: 'negative' as const, value, words: `${name}: ${number(viewer, value)}`, href }],
        };
      }),
    },
  };
}

/** What people complain of. */
export const causes: Block = { key: 'causes', title: 'analytics.causes', read };

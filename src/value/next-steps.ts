import type { ChurnRisk, ComputedTier, Lifecycle, PreferredContact, Reason } from '../model/value.ts';
import type { Suggestion } from './also-bought.ts';
import { type ConsentFact, hasRefusedOffers, isRefused, mayOffer } from './consent.ts';

export const STEPS = [
  'answer-case',
  'answer-contact',
  'answer-posts',
  'look-after',
  'win-back',
  'offer',
  'write-by',
  'ask-consent',
] as const;
export type StepCode = (typeof STEPS)[number];

/** What to do, why, and what it is about (a case's number, or nothing). */
export interface NextStep extends Reason<StepCode> {
  /** When it should be done, at the latest. */
  due: Date | null;
}

export interface StepFacts {
  cases: readonly { id: number; dueAt: Date; reason: string }[];
  /** The newest contact that the customer began and nobody answered. */
  waiting: { at: Date; channel: string } | null;
  negativePosts: number;
  tier: ComputedTier['tier'];
  lifecycle: Lifecycle;
  churn: ChurnRisk | null;
  contact: PreferredContact | null;
  consents: readonly ConsentFact[];
  suggestions: readonly Suggestion[];
}

const HIGH_RISK = 0.5;
const MOST = 5;

function step(code: StepCode, values: NextStep['values'] = {}, due: Date | null = null): NextStep {
  return { code, values, due };
}

/** What went wrong is put right before anything is sold. */
function duties({ cases, waiting, negativePosts }: StepFacts): NextStep[] {
  const soonest = [...cases].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return [
    ...soonest.map(({ id, dueAt, reason }) => step('answer-case', { id, reason }, dueAt)),
    ...(waiting ? [step('answer-contact', { channel: waiting.channel }, waiting.at)] : []),
    // A case answers its post.
    ...(negativePosts > cases.length ? [step('answer-posts', { n: negativePosts - cases.length })] : []),
  ];
}

function care({ tier, lifecycle, churn, contact, consents }: StepFacts): NextStep[] {
  const reachable = contact?.basis === 'answered' && !isRefused(consents, contact.channel) ? contact : null;
  const steps: NextStep[] = [];
  const days = { days: Math.round(lifecycle.silentDays ?? 0), rhythm: Math.round(lifecycle.rhythmDays ?? 0) };
  if (tier === 'MVC' && (churn?.risk ?? 0) >= HIGH_RISK)
    steps.push(step('look-after', { percent: Math.round((churn?.risk ?? 0) * 100) }));
  else if (['cooling', 'sleeping', 'lost'].includes(lifecycle.stage)) steps.push(step('win-back', days));
  if (reachable)
    steps.push(
      step('write-by', {
        channel: reachable.channel,
        hour: reachable.hour?.hour ?? '',
        n: reachable.times,
        of: reachable.of,
      }),
    );
  return steps;
}

/** Where he has agreed to offers, the channel in which he answers first; null: nowhere. `any`: he does not mind where. */
function channelForOffers({ contact, consents }: StepFacts): string | null {
  const channels = [...(contact ? [contact.channel] : []), ...consents.map(({ channel }) => channel)];
  return channels.find((channel) => mayOffer(consents, channel)) ?? null;
}

function offers(facts: StepFacts): NextStep[] {
  const { contact, consents, suggestions } = facts;
  const [best] = suggestions;
  const channel = channelForOffers(facts);
  if (channel !== null) {
    if (!best) return [];
    const { item, because, customers, of } = best;
    return [step('offer', { item, because, customers, of, channel: channel === 'any' ? '' : channel })];
  }
  if (hasRefusedOffers(consents)) return [];
  return [step('ask-consent', contact ? { channel: contact.channel } : {})];
}

/** What to do next for a customer, the most urgent first. While something of his is not put right, nothing is offered. */
export function nextSteps(facts: StepFacts): NextStep[] {
  const first = duties(facts);
  const later =
    first.length > 0
      ? care(facts).filter(({ code }) => code !== 'win-back')
      : [...care(facts), ...offers(facts)];
  return [...first, ...later].slice(0, MOST);
}

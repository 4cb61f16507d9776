import type { ChurnReason, ChurnRisk, Lifecycle } from '../model/value.ts';
import { type History, YEAR_MS } from './history.ts';

export interface Trouble {
  openCases: number;
  /** Negative public posts, or complaints, of the last 90 days. */
  negativePosts: number;
  /** Times the customer wrote or called and nobody answered, in the last 90 days. */
  unanswered: number;
}

// What a sign adds to the logarithm of the odds. Judged, not learned: nobody has labelled who left (docs/decisions/0026).
const CASE = 0.9;
const POST = 0.6;
const UNANSWERED = 0.5;
const FALLING = 0.6;
const AT_MOST = 3;
/** Odds of a customer whose silence is as long as his rhythm. */
const AT_RHYTHM = Math.log(0.1 / 0.9);
const PER_DOUBLING = 1.1;
/** So many purchases in two half-years tell a fall from chance. */
const LEAST_PURCHASES = 6;

interface Sign {
  weight: number;
  reason: ChurnReason;
}

/** Purchases of the last half-year and of the one before. */
export function halfYears({ days }: Pick<History, 'days'>, now: Date): { recent: number; before: number } {
  const age = (at: Date): number => now.getTime() - at.getTime();
  const recent = days.filter((at) => age(at) < YEAR_MS / 2).length;
  return { recent, before: days.filter((at) => age(at) < YEAR_MS).length - recent };
}

function counted(code: ChurnReason['code'], n: number, each: number): Sign[] {
  return n > 0 ? [{ weight: each * Math.min(n, AT_MOST), reason: { code, values: { n } } }] : [];
}

/** From silence: the model's word where there is one, else how far it exceeds the rhythm; of who bought once, that of others. */
function silenceSign({ rhythmDays, silentDays }: Lifecycle, times: number, alive: number | null): Sign {
  const days = { days: Math.round(silentDays ?? 0), rhythm: Math.max(1, Math.round(rhythmDays ?? 0)) };
  if (alive !== null) {
    const known = Math.min(0.99, Math.max(0.01, alive));
    const percent = Math.round(alive * 100);
    return {
      weight: Math.log((1 - known) / known),
      reason: { code: 'unlikely-active', values: { percent, ...days } },
    };
  }
  const doublings = Math.log2(Math.max(0.25, (silentDays ?? 0) / (rhythmDays || 1)));
  return {
    weight: AT_RHYTHM + PER_DOUBLING * doublings,
    reason: { code: times === 1 ? 'once' : 'silence', values: days },
  };
}

function fallingSign(history: History, now: Date): Sign[] {
  const { recent, before } = halfYears(history, now);
  if (recent + before < LEAST_PURCHASES || recent * 2 > before) return [];
  return [{ weight: FALLING, reason: { code: 'falling', values: { recent, before } } }];
}

/**
 * How likely a customer is to leave, 0 to 1, by signs that are weighed in log-odds. It says whom to look after first. It is never a reason to
 * refuse service or to answer later. null: who has never bought cannot leave.
 */
export function churnRisk(
  history: History | null,
  lifecycle: Lifecycle,
  alive: number | null,
  { openCases, negativePosts, unanswered }: Trouble,
  now: Date,
): ChurnRisk | null {
  if (!history) return null;
  const silence = silenceSign(lifecycle, history.days.length, alive);
  const others = [
    ...fallingSign(history, now),
    ...counted('open-case', openCases, CASE),
    ...counted('negative-posts', negativePosts, POST),
    ...counted('unanswered', unanswered, UNANSWERED),
  ];
  const odds = others.reduce((sum, { weight }) => sum + weight, silence.weight);
  // Silence within the rhythm is no reason; how much beyond it weighs against the others.
  const isLong = silence.weight > AT_RHYTHM + 0.5;
  const shown = isLong ? [{ ...silence, weight: silence.weight - AT_RHYTHM }, ...others] : others;
  const reasons = shown.sort((a, b) => b.weight - a.weight).map(({ reason }) => reason);
  return { risk: Math.min(0.99, Math.max(0.01, 1 / (1 + Math.exp(-odds)))), reasons };
}

import type { Complaint, ComplaintReason } from '../../model/tag.ts';
import type { FaultSign } from './signs.ts';

const READ_AT_MOST = 5_000;
/** Money taken, law invoked: answer today. */
const URGENT =
  /роспотребнадзор|прокуратур|(?<!\p{L})в суд(?!\p{L})|полици|украли|списал[иа]? (?:деньги|с)|мошенн|юрист|адвокат|second time|third time|lawyer|lawsuit|police|fraud|stole|scam|trading standards/iu;
const LONG =
  /(?:втор|трет|четв[её]рт|пят)\p{L}+ (?:день|недел|месяц)|недел[юи]|месяц|(?<!\d)\d{1,4} (?:дн|недел|месяц|days|weeks|months)|for (?:weeks|months|days)/iu;
/** Below that, a reason is a guess. */
const REASON_WEIGHT = 0.3;
const STRONG = 0.8;

/** 3: money taken, law invoked, or many faults for long; 2: several faults, or for long; 1 otherwise. */
export function severityOf(text: string, faults: readonly FaultSign[]): Complaint['severity'] {
  const head = text.slice(0, READ_AT_MOST);
  const strong = faults.filter(({ weight }) => weight >= STRONG);
  const isLong = LONG.test(head);
  if (URGENT.test(head) || strong.some(({ reason }) => reason === 'fraud')) return 3;
  if (strong.length >= 3 && isLong) return 3;
  return strong.length >= 2 || isLong ? 2 : 1;
}

/** The reason with most weight; a named one wins over `other`. */
export function reasonOf(faults: readonly FaultSign[]): ComplaintReason {
  const sums = new Map<ComplaintReason, number>();
  for (const { reason, weight } of faults) sums.set(reason, (sums.get(reason) ?? 0) + weight);
  const named = [...sums].filter(([reason]) => reason !== 'other').sort((one, two) => two[1] - one[1])[0];
  return named && named[1] >= REASON_WEIGHT ? named[0] : 'other';
}

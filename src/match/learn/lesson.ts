import type { Evidence, IdentityLink, LinkState } from '../../model/customer.ts';
import { EVIDENCE_GROUPS, type MatchWeights } from '../../model/match-weights.ts';
import { NO_NAMESAKE } from '../probability.ts';
import { groupBits } from '../weigh/group-bits.ts';

/** A customer who was shown for an author. Everything in natural logarithms of odds. */
export interface LessonCandidate {
  /** log odds before all signs. */
  prior: number;
  /** 1 for the offset, then the groups in the order of EVIDENCE_GROUPS; all times ln 2. */
  signs: readonly number[];
  /** 0 to 1: how likely he is the author if everything agrees. */
  trust: number;
  /** null: nobody has decided. */
  isRight: boolean | null;
}

/** What people decided about one author: of whom of those who were shown, and nobody of them, it may be the truth. */
export interface Lesson {
  /** The author's number: of one author everything is on one side of a test. */
  author: number;
  at: Date;
  candidates: readonly LessonCandidate[];
}

/** A customer and what was made of him. */
export type DecidedCandidate = Pick<IdentityLink, 'state' | 'evidence' | 'decidedAt'>;

const MOST_BITS = 60;
const IDENTIFIERS = EVIDENCE_GROUPS.indexOf('identifiers') + 1;
const REFUSED: readonly LinkState[] = ['rejected', 'on_behalf'];

const isSound = ({ code, bits }: Evidence): boolean =>
  bits !== undefined && Number.isFinite(bits) && Math.abs(bits) <= MOST_BITS && code !== 'known-account';

function toCandidate({ state, evidence }: DecidedCandidate): LessonCandidate | null {
  const prior = evidence.find(({ code }) => code === 'prior');
  if (!prior || evidence.length < 2 || !evidence.every(isSound)) return null;
  const groups = groupBits(evidence);
  const signs = [1, ...EVIDENCE_GROUPS.map((group) => groups[group])].map((bits) => bits * Math.LN2);
  return {
    prior: (prior.bits ?? 0) * Math.LN2,
    signs,
    trust: (signs[IDENTIFIERS] ?? 0) > 0 ? 1 : NO_NAMESAKE,
    isRight: state === 'confirmed' ? true : REFUSED.includes(state) ? false : null,
  };
}

/**
 * All that was proposed of an author and whose signs are known in bits. null: nothing, or two customers were confirmed. A link that a person made
 * out of nothing tells only that it is none of the others.
 */
export function toLesson(author: number, links: readonly DecidedCandidate[]): Lesson | null {
  const candidates = links.flatMap((link) => toCandidate(link) ?? []);
  if (candidates.length === 0 || candidates.filter(({ isRight }) => isRight).length > 1) return null;
  const decided = links.filter(({ state }) => state !== 'proposed' && state !== 'linked');
  const at = new Date(Math.max(0, ...decided.map(({ decidedAt }) => decidedAt.getTime())));
  return { author, at, candidates };
}

/** Somebody has decided something of it. */
export const isDecided = ({ candidates }: Lesson): boolean =>
  candidates.some(({ isRight }) => isRight !== null);

/** Offset and weights as one list, in the order of a candidate's signs. */
export const toList = ({ offset, groups }: MatchWeights): number[] => [
  offset,
  ...EVIDENCE_GROUPS.map((group) => groups[group]),
];

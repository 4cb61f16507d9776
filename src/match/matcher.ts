import type { MatchWeights } from '../model/match-weights.ts';
import { countedKeys, keysOfSigns, rowsUnder } from './candidates.ts';
import type { Counts } from './counts.ts';
import {
  type AccountHistory,
  areSamePerson,
  type Decision,
  isNotReal,
  isStillBound,
  mayLink,
} from './decide.ts';
import type { BitsOfEvidence } from './evidence.ts';
import { FACTORY_WEIGHTS, isFactory, learnedBits } from './learn/weights.ts';
import type { MatchPost } from './post.ts';
import { priorBits, probabilitiesOf } from './probability.ts';
import { KEY } from './register/keys.ts';
import type { Holders, Register } from './register/register.ts';
import { type MatchWords, readSigns, type Signs } from './signs.ts';
import { type Weighed, weigh } from './weigh/weigh.ts';

export interface MatchCandidate {
  customerId: string;
  /** 0 to 1: how likely the author is this customer. */
  probability: number;
  /** Sum of the evidence, log2 of odds against anybody else. */
  bits: number;
  evidence: readonly BitsOfEvidence[];
  /** By the weights as they were shipped, where learned ones are in force. */
  asShipped?: number;
}

export interface MatchResult {
  decision: Decision;
  /** The likeliest first, at most three. */
  candidates: readonly MatchCandidate[];
  /** log2 of the odds of any one customer before the evidence. */
  prior: number;
}

/** Finds the customer behind the author of a post. */
export interface Matcher {
  match(post: MatchPost, history: AccountHistory): Promise<MatchResult>;
}

/** Candidates that are weighed; those under rarer keys come first. */
const WEIGHED = 24;
/** Keys with more holders tell too little to look at them all. */
const MOST_HOLDERS = 300;
const SHOWN = 3;
/** Below this nobody is asked. */
const REVIEW_FROM = 0.22;
const KNOWN_ACCOUNT = { probability: 0.999, bits: 40 };

/** Readings of a handle that name somebody in the register; the others only cost time. */
function readable(signs: Signs, counts: Counts): Signs {
  const names = signs.handle.names.filter(
    ({ firsts, lasts }) => firsts.length > 0 || lasts.some((last) => counts.of(KEY.last(last)) > 0),
  );
  return { ...signs, handle: { ...signs.handle, names } };
}

/** What tells of somebody: a sighting that is everybody's counts for nothing, whoever holds it. */
function withoutGeneric(
  signs: Signs,
  found: ReadonlyMap<string, Holders>,
): { signs: Signs; found: ReadonlyMap<string, Holders> } {
  if (![...found.values()].some(({ isGeneric }) => isGeneric)) return { signs, found };
  const sightings = signs.sightings.filter(({ key }) => !found.get(key)?.isGeneric);
  return {
    signs: { ...signs, sightings },
    found: new Map([...found].filter(([, { isGeneric }]) => !isGeneric)),
  };
}

/** What weights make of candidates, the likeliest first. */
function relearned(weighed: readonly Weighed[], weights: MatchWeights): Weighed[] {
  return weighed
    .map((one) => {
      const bits = learnedBits(one.groups, weights);
      const evidence = [
        ...one.evidence,
        { code: 'learned' as const, bits, where: 'history' as const, masked: '' },
      ];
      return { ...one, bits: one.bits + bits, evidence };
    })
    .sort((a, b) => b.bits - a.bits);
}

/** Those who are shown, with their probabilities among all. */
function toCandidates(weighed: readonly Weighed[], size: number): MatchCandidate[] {
  const probabilities = probabilitiesOf(weighed, size);
  return weighed.slice(0, SHOWN).map(({ customer, bits, evidence }, at) => ({
    customerId: customer.id,
    probability: probabilities[at] ?? 0,
    bits,
    evidence,
  }));
}

/**
 * `weights`: how far signs are trusted. They were learned from what people were shown, so they order those who are shown and say how likely each
 * is; whether somebody is shown, and what is linked without a person, is decided without them.
 */
export function createMatcher(
  register: Register,
  words: MatchWords,
  weights: MatchWeights = FACTORY_WEIGHTS,
): Matcher {
  async function weighAll(all: Signs): Promise<{ weighed: Weighed[]; size: number }> {
    const { signs, found } = withoutGeneric(all, await register.find(keysOfSigns(all), MOST_HOLDERS));
    const rows = rowsUnder(found, WEIGHED);
    const customers = await register.customers(rows);
    const known = await register.counts(countedKeys(signs, customers));
    const size = await register.size();
    const counts: Counts = { size, of: (key) => known.get(key) ?? found.get(key)?.count ?? 0 };
    const withNick = new Set(signs.nick === '' ? [] : found.get(KEY.nick(signs.nick))?.rows);
    const scales = { signs: readable(signs, counts), counts, places: words.places };
    const weighed = customers.map((customer, at) => weigh(customer, withNick.has(rows[at] ?? -1), scales));
    return { weighed: weighed.sort((a, b) => b.bits - a.bits), size };
  }

  return {
    async match(post, { bound, rejected }) {
      // Who plays somebody is not he, whatever the profile shows.
      if (isNotReal(post)) return { decision: 'none', candidates: [], prior: 0 };
      const { weighed: all, size } = await weighAll(readSigns(post, words));
      const refused = all.filter(({ customer }) => rejected.has(customer.id));
      const weighed = all.filter(
        (one) => !refused.some((other) => other === one || areSamePerson(other.customer, one.customer)),
      );
      const prior = priorBits(size);
      const candidates = toCandidates(weighed, size);
      if (bound !== null && isStillBound(weighed, post, bound)) {
        const others = candidates.filter(({ customerId }) => customerId !== bound);
        const evidence: BitsOfEvidence[] = [
          { code: 'known-account', bits: KNOWN_ACCOUNT.bits, where: 'history', masked: '' },
        ];
        return {
          decision: 'auto',
          candidates: [{ customerId: bound, ...KNOWN_ACCOUNT, evidence }, ...others].slice(0, SHOWN),
          prior,
        };
      }
      // An account that was another's links to nobody by itself.
      if (bound === null && mayLink(weighed, post)) return { decision: 'auto', candidates, prior };
      const isLikely = (candidates[0]?.probability ?? 0) >= REVIEW_FROM;
      if (!isLikely || isFactory(weights))
        return { decision: isLikely ? 'review' : 'none', candidates, prior };
      // Who is shown is decided by the shipped weights: what is never shown is never learned about.
      const shipped = new Map(candidates.map(({ customerId, probability }) => [customerId, probability]));
      const learned = toCandidates(relearned(weighed, weights), size).map((one) => ({
        ...one,
        asShipped: shipped.get(one.customerId) ?? 0,
      }));
      return { decision: 'review', candidates: learned, prior };
    },
  };
}

import type { Claim, IdentifierKind } from './claim.ts';
import {
  COMPARED,
  type Cue,
  cueOf,
  DISOWNED,
  FOR_SOMEBODY,
  isSentenceEnd,
  LOOKED_BACK,
  NOT_MINE,
  OTHER_SHOP,
  wordsAndEnds,
} from './words.ts';

const LOOKED_ON = 70;
const AROUND_ORDER = 90;
/** How many words back a cue still speaks of the identifier. */
const REACH: Readonly<Record<Cue, number>> = { own: 12, ask: 4, kin: 12, them: 4, who: 7, said: 7, label: 3 };
/** And over a label or a request that stands between. */
const REACH_OVER = { who: 1, said: 3 };
/** Words on within which a relative owns it: «… — телефон брата». */
const KIN_AFTER = 5;

const MEANT: Readonly<Record<Exclude<Cue, 'label' | 'ask'>, Claim>> = {
  own: 'own',
  kin: 'behalf',
  them: 'behalf',
  who: 'quoted',
  said: 'quoted',
};

interface Read {
  word: string;
  cue: Cue | null;
}

const read = (text: string): Read[] =>
  wordsAndEnds(text).map((word) => ({ word, cue: isSentenceEnd(word) ? null : cueOf(word) }));

/** A clerk on the other side of a label or a request, `between` words back, is somebody of whom was told before. */
const isTooFar = (cue: Cue, reach: number, between: number): boolean =>
  (cue === 'who' || cue === 'said') && between > 0 && reach - between > REACH_OVER[cue];

const isEnd = ({ word }: Read): boolean => isSentenceEnd(word);

/**
 * The nearest word that says whose it is decides: «моя бабушка» is about the grandmother, for she stands nearer. Clerks and what they said
 * count only close by, since most posts tell of them; over the end of a sentence nothing is sure.
 */
function claimBefore(words: readonly Read[]): Claim | null {
  let reach = 0;
  let between = 0;
  let isAsked = false;
  for (const one of words) {
    if (isEnd(one) && reach > 0) break;
    if (isEnd(one)) continue;
    reach += 1;
    const { cue } = one;
    if (cue === null || reach > REACH[cue]) continue;
    if (cue === 'label' || cue === 'ask') {
      between ||= reach;
      isAsked ||= cue === 'ask';
    } else if (!isTooFar(cue, reach, between)) return MEANT[cue];
  }
  return isAsked ? 'own' : null;
}

function isOfKin(words: readonly Read[]): boolean {
  const end = words.findIndex(isEnd);
  const near = words.slice(0, end === -1 ? KIN_AFTER : Math.min(end, KIN_AFTER));
  return near.some(({ cue }) => cue === 'kin');
}

function speaksFor(text: string): boolean {
  return [...text.matchAll(FOR_SOMEBODY)].some(([, word = '']) =>
    ['kin', 'them'].includes(cueOf(word) ?? ''),
  );
}

/** Does a sentence before tell of a relative? */
function tellsOfKin(words: readonly Read[]): boolean {
  return words.some(({ cue }) => cue === 'kin');
}

/** Whose the identifier from `start` to `end` is, by the nearest words. */
export function claimByRule(text: string, start: number, end: number, kind: IdentifierKind): Claim {
  const before = text.slice(Math.max(0, start - LOOKED_BACK), start);
  const after = text.slice(end, end + LOOKED_ON);
  if (kind === 'order') {
    const clause = text.slice(Math.max(0, start - AROUND_ORDER), end + AROUND_ORDER);
    if (OTHER_SHOP.test(clause) || COMPARED.test(clause)) return 'shop';
  }
  if (speaksFor(before)) return 'behalf';
  const wordsBefore = read(before).reverse();
  const claim = claimBefore(wordsBefore);
  if (DISOWNED.test(after) || NOT_MINE.test(before)) return claim === 'behalf' ? 'behalf' : 'quoted';
  if (claim !== 'quoted' && isOfKin(read(after))) return 'behalf';
  if (claim !== null) return claim;
  return tellsOfKin(wordsBefore) ? 'behalf' : 'unsaid';
}

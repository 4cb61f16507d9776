import { hashText } from '../../lib/hash32.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { OpinionText } from '../../model/opinion.ts';
import { READ_AT_MOST } from '../read-at-most.ts';
import type { FeatureBuffer } from './feature-buffer.ts';

/** Name, the characters without one of which the pattern cannot match, the pattern; null where any of them is enough. */
const SIGNS: readonly [string, string, RegExp | null][] = [
  ['exclaims', '!', null],
  ['exclaims twice', '!', /!!/],
  ['asks', '?', null],
  ['smiles', ')', /\)\)/],
  ['frowns', '(', /\(\(/],
  ['passes on', 'R', /^RT\b/],
  ['links', ':', /https?:/],
  ['ends with a link', ':', /https?:\S+\s*$/],
  ['names an account', '@', /@\w/],
  ['speaks to an account', '@', /^@\w/],
  ['tags', '#', /#\S/],
  ['quotes', '«»"“', null],
  ['begins with a quotation', '«"“', /^[«"“]/],
  ['has numbers', '0123456789', null],
  ['trails off', '.…', /\.\.\.|…/],
];
const CAPITALS_STEPS = 8;
const LONGEST_LENGTH = 12;
const [SHORTEST_SHOUT, LONGEST_SHOUT] = [3, 12];
const STRETCHED_FROM = 3;
const SIGNS_TOLD = 4;
const RUNS_AT_MOST = 200;

/** What a UTF-16 unit is here. */
const [UNKNOWN, LETTER, CAPITAL, DIGIT, SPACE, SIGN, SECOND_HALF] = [0, 1, 2, 3, 4, 5, 6];
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/\p{Lu}/u, CAPITAL],
  [/\p{L}/u, LETTER],
  [/\p{N}/u, DIGIT],
  [/\s/, SPACE],
  [/[\uDC00-\uDFFF]/, SECOND_HALF],
];
const kinds = new Uint8Array(0x10000);
/** Per UTF-16 unit a bit for each of SIGNS that needs it. */
const needed = new Uint16Array(0x10000);
SIGNS.forEach(([, characters], sign) => {
  for (const character of characters) {
    const unit = character.charCodeAt(0);
    needed[unit] = (needed[unit] as number) | (1 << sign);
  }
});

function kindOf(unit: number): number {
  const known = kinds[unit] as number;
  return known === UNKNOWN ? findKind(unit) : known;
}

/** Apart from `kindOf`, for a closure costs memory at each call, wanted or not. */
function findKind(unit: number): number {
  const character = String.fromCharCode(unit);
  const kind = CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? SIGN;
  kinds[unit] = kind;
  return kind;
}

export interface MannerSigns {
  /** What a run of signs is hashed on to. */
  run: number;
  patterns: readonly { pattern: RegExp | null; hash: number }[];
  capitals: Int32Array;
  lengths: Int32Array;
  shouts: Int32Array;
  stretched: number;
}

export function mannerSigns(seed: number): MannerSigns {
  const numbered = (name: string, most: number) =>
    Int32Array.from({ length: most + 1 }, (_, at) => hashText(`${name} ${at}`, seed));
  return {
    run: hashText('signs ', seed),
    patterns: SIGNS.map(([name, , pattern]) => ({ pattern, hash: hashText(name, seed) })),
    capitals: numbered('capitals', CAPITALS_STEPS),
    lengths: numbered('length', LONGEST_LENGTH),
    shouts: numbered('shout', LONGEST_SHOUT),
    stretched: hashText('stretched', seed),
  };
}

/** How a text is written rather than what it says: its length, capitals, signs, stretched letters. */
export function pushManner(buffer: FeatureBuffer, signs: MannerSigns, text: OpinionText): void {
  const whole = text.title ? `${text.title}\n${text.text}` : text.text;
  const written = whole.length > READ_AT_MOST ? whole.slice(0, READ_AT_MOST) : whole;
  const length = Math.min(LONGEST_LENGTH, Math.floor(Math.log2(1 + text.tokens.length) * 1.5));
  buffer.push(signs.lengths[length] as number);
  const { letters, capitals, possible } = pushRuns(buffer, signs, written);
  pushPatterns(buffer, signs, written, possible);
  buffer.push(signs.capitals[Math.floor((CAPITALS_STEPS * capitals) / Math.max(1, letters))] as number);
}

/** `possible`: the bits of those of SIGNS that the text may show. */
function pushPatterns(
  buffer: FeatureBuffer,
  { patterns }: MannerSigns,
  written: string,
  possible: number,
): void {
  for (let sign = 0; sign < patterns.length; sign += 1) {
    if ((possible & (1 << sign)) === 0) continue;
    const { pattern, hash } = patterns[sign] as MannerSigns['patterns'][number];
    if (pattern === null || pattern.test(written)) buffer.push(hash);
  }
}

interface Walk {
  letters: number;
  capitals: number;
  /** Bits of SIGNS. */
  possible: number;
}

/**
 * Words in capitals, stretched letters, runs of signs; one walk, for it is done for every post. A run is of letters, or of one other kind; a half of a
 * character belongs to what stands before it.
 */
function pushRuns(buffer: FeatureBuffer, signs: MannerSigns, written: string): Walk {
  const walk: Walk = { letters: 0, capitals: 0, possible: 0 };
  const left = { shouts: RUNS_AT_MOST, stretched: RUNS_AT_MOST, signs: RUNS_AT_MOST };
  const { length } = written;
  let from = 0;
  let kind = UNKNOWN;
  let capitals = 0;
  let same = 0;
  let before = 0;
  for (let at = 0; at <= length; at += 1) {
    const unit = at < length ? unitAt(written, at) : 0;
    const next = at < length ? kindOf(unit) : UNKNOWN;
    if (!goesOn(kind, next)) {
      if (isLetter(kind)) pushWord(buffer, signs, at - from, capitals, walk, left);
      else if (kind === SIGN) pushSigns(buffer, signs, written, from, at, left);
      from = at;
      kind = next;
      capitals = 0;
      same = 0;
    }
    walk.possible |= needed[unit] as number;
    if (!isLetter(kind)) continue;
    if (next === CAPITAL) capitals += 1;
    same = same > 0 && unit === before ? same + 1 : 1;
    before = unit;
    if (same === STRETCHED_FROM && left.stretched-- > 0) buffer.push(signs.stretched);
  }
  return walk;
}

/** UNKNOWN stands before the text, and behind it. */
function goesOn(kind: number, next: number): boolean {
  if (kind === UNKNOWN) return false;
  return next === kind || next === SECOND_HALF || (isLetter(next) && isLetter(kind));
}

function isLetter(kind: number): boolean {
  return kind === LETTER || kind === CAPITAL;
}

function pushSigns(
  buffer: FeatureBuffer,
  { run }: MannerSigns,
  written: string,
  from: number,
  to: number,
  left: { signs: number },
): void {
  if (isLong(written, from, to) && left.signs-- > 0)
    buffer.push(hashText(written, run, from, Math.min(to, from + SIGNS_TOLD)));
}

/** Two characters or more; an emoji is one. */
function isLong(written: string, from: number, to: number): boolean {
  const first = kindOf(unitAt(written, from + 1)) === SECOND_HALF ? 2 : 1;
  return to - from > first;
}

function pushWord(
  buffer: FeatureBuffer,
  { shouts }: MannerSigns,
  length: number,
  capitals: number,
  walk: Walk,
  left: { shouts: number },
): void {
  if (capitals === length && length >= SHORTEST_SHOUT && left.shouts-- > 0)
    buffer.push(shouts[Math.min(LONGEST_SHOUT, length)] as number);
  walk.letters += length;
  walk.capitals += capitals;
}

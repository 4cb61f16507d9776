import { foldWord } from '../../lib/fold.ts';
import { type Token, tokenize } from '../../lib/tokens.ts';
import type { Morphology } from '../../model/ports.ts';
import { tradeLemmas } from '../trades.ts';

/** Whom a mention may mean. */
export interface Brand {
  name: string;
  /** What it is, in the person's words: «сеть магазинов», `bank`. May be empty. */
  about: string;
}

/** Half-open range of UTF-16 offsets into the text. */
export interface TextSpan {
  start: number;
  end: number;
}

/** One sign, and the word of the text that showed it; '' for signs of the whole. */
export interface Feature {
  key: string;
  word: string;
}

/** Words to each side that are signs themselves. */
const WINDOW = 7;
/** UTF-16 units to each side in which words of the trade count. */
const REACH = 400;
const NEAR_TRADE = 3;
const LONGEST_ENDING = 3;

export type FeatureReader = (text: string, span: TextSpan) => Feature[];

/** Signs around a mention that may speak for or against the brand. Each key stands once. The mention's own word is no sign. */
export function createFeatureReader({ name, about }: Brand, morphology: Morphology): FeatureReader {
  const trade = tradeLemmas(about, morphology);
  const folded = foldWord(name);
  return (whole, place) => {
    const { text, span } = surroundings(whole, place);
    const tokens = tokenize(text);
    const from = tokens.findIndex((token) => token.end > span.start);
    if (from < 0) return [];
    let to = from + 1;
    while (to < tokens.length && (tokens[to] as Token).start < span.end) to += 1;
    const mention: Place = { text, tokens, from, to, morphology };
    const found = [
      ...spellingSigns(mention, name, folded),
      ...neighbourSigns(mention),
      ...tradeSigns(mention, trade),
      ...wordSigns(mention),
    ];
    return [...new Map(found.map((feature) => [feature.key, feature])).values()];
  };
}

/** What is further away tells of something else, and a long text must not cost more than a short one. */
function surroundings(text: string, { start, end }: TextSpan): { text: string; span: TextSpan } {
  let from = Math.max(0, start - REACH);
  while (from > 0 && from < start && !/\s/.test(text.charAt(from))) from += 1;
  return { text: text.slice(from, end + REACH), span: { start: start - from, end: end - from } };
}

interface Place {
  text: string;
  tokens: readonly Token[];
  /** Tokens of the mention; `to` excluded. */
  from: number;
  to: number;
  morphology: Morphology;
}

function sign(key: string, word = ''): Feature {
  return { key, word };
}

function original({ text }: Place, token: Token): string {
  return text.slice(token.start, token.end);
}

/** The token when it stands in the mention's sentence. */
function neighbour({ tokens, from, to }: Place, distance: number): Token | undefined {
  const token = tokens[distance < 0 ? from + distance : to - 1 + distance];
  return token?.sentence === tokens[from]?.sentence ? token : undefined;
}

function spellingSigns(place: Place, name: string, folded: string): Feature[] {
  const { text, tokens, from, to, morphology } = place;
  const first = tokens[from] as Token;
  const last = tokens[to - 1] as Token;
  const written = text.slice(first.start, last.end);
  const at = neighbour(place, -1) === undefined ? 'start' : 'middle';
  const letters = caseOf(written, name, morphology);
  const word = foldWord(written).replace(/^[@#]/, '');
  const ending = endingBeside(word, folded);
  const quoted = /[«"“„]$/.test(text.slice(0, first.start)) && /^[»"”“]/.test(text.slice(last.end));
  return [
    sign(`case=${letters} ${at}`, written),
    sign(`ending=${ending}`, written),
    sign(`${ending === '' ? 'as named' : 'inflected'} ${letters}`, written),
    ...(quoted ? [sign('quoted', written)] : []),
    ...(first.kind === 'tag' || first.kind === 'handle' ? [sign(`kind=${first.kind}`, written)] : []),
  ];
}

/**
 * What the word ends in where it differs from the name: «магните» beside «магнит» is «е»; '' when it is the name, - when the rest is
 * no ending.
 */
function endingBeside(word: string, name: string): string {
  let same = 0;
  while (same < word.length && word[same] === name[same]) same += 1;
  const ending = word.slice(same);
  if (word === name) return '';
  return ending === '' || ending.length > LONGEST_ENDING ? '-' : ending;
}

/**
 * How the mention is written beside the name. Small letters speak for the ordinary word, but say nothing of a name that is none:
 * an abbreviation, or one that the dictionary knows as a firm or not at all.
 */
function caseOf(written: string, name: string, morphology: Morphology): string {
  const isUpper = written.length > 1 && written === written.toUpperCase();
  const isAbbreviation = name.length > 1 && name === name.toUpperCase();
  if (isAbbreviation && isUpper) return 'name';
  if (isUpper) return 'upper';
  if (/^[^\p{L}]*\p{Lu}/u.test(written)) return 'name';
  const word = foldWord(name);
  const isInvented = /[а-я]/.test(word) && (!morphology.isKnown(word) || morphology.isFirm(word));
  return isAbbreviation || isInvented ? 'lowered' : 'low';
}

function neighbourSigns(place: Place): Feature[] {
  return [...besideSigns(place, -1, 'before'), ...besideSigns(place, 1, 'after')];
}

function besideSigns(place: Place, step: -1 | 1, side: string): Feature[] {
  const token = neighbour(place, step);
  if (token === undefined) return [sign(`${side}=none`)];
  const word = original(place, token);
  // Whoever is greeted or linked to must not become a sign by name.
  if (token.kind !== 'word') return [sign(`${side}=${token.kind}`, word)];
  const lemmas = place.morphology.lemmas(token.word).slice(0, 2);
  const isName = /^\p{Lu}/u.test(word) && neighbour(place, step * 2) !== undefined;
  return [
    ...lemmas.map((lemma) => sign(`${side}=${lemma}`, word)),
    sign(`${side}~${token.word.slice(-2)}`, word),
    ...(isName ? [sign(`${side}^`, word)] : []),
  ];
}

function tradeSigns(place: Place, trade: ReadonlySet<string>): Feature[] {
  const { tokens, from, to, morphology } = place;
  const found: Feature[] = [];
  let count = 0;
  for (const [index, token] of tokens.entries()) {
    if (index >= from && index < to) continue;
    if (!morphology.lemmas(token.word).some((lemma) => trade.has(lemma))) continue;
    count += 1;
    const distance = index < from ? from - index : index - to + 1;
    const word = original(place, token);
    if (distance <= NEAR_TRADE) found.push(sign('trade near', word));
    if (distance === 1) found.push(sign(index < from ? 'trade before' : 'trade after', word));
    found.push(sign(count > 1 ? 'trade twice' : 'trade', word));
  }
  return count === 0 ? [sign('no trade')] : found;
}

function wordSigns(place: Place): Feature[] {
  const { tokens, from, to, morphology } = place;
  const found: Feature[] = [];
  for (let index = Math.max(0, from - WINDOW); index < Math.min(tokens.length, to + WINDOW); index += 1) {
    if (index >= from && index < to) continue;
    const token = tokens[index] as Token;
    if (token.kind !== 'word') continue;
    const lemma = morphology.lemmas(token.word)[0] ?? token.word;
    if (lemma.length > 1) found.push(sign(`word=${lemma}`, original(place, token)));
  }
  return found;
}

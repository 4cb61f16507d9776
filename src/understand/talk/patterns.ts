import { ADJECTIVE, ADVERB, DENIAL, INFINITIVE, NOUN, PREPOSITION, VERB } from './words.ts';

/** Words in a phrase at most. */
export const LONGEST_PHRASE = 4;

const LETTERS: Readonly<Record<string, number>> = {
  N: NOUN,
  A: ADJECTIVE,
  V: VERB,
  I: INFINITIVE,
  P: PREPOSITION,
  G: DENIAL,
  D: ADVERB,
};

/** Kinds of words in a row that make a phrase: noun phrases, a verb with its object or subject, and what is denied. */
const PATTERNS = (
  'N V I AN NN AAN ANN NAN NNN AANN ANNN NPN NPAN ANPN NNPN NPNN ' +
  'VN NV VAN ANV VNN NNV VPN VPAN NPV NVN IN IAN INN IPN IPAN NI VI VIN VIPN VPNN ' +
  'DV VD DI ID DVN DIN NDV NVD ' +
  'GV GI GN GVN GIN GVI GVIN GVAN GVPN GIPN GNN GNPN NGV NGN NNGV ANGV NGVI NGI NGVN NNGN NGNN GVD GDV'
).split(' ');

/** A pattern as a number: three bits a word, the first word in the highest. */
const ALLOWED = new Uint8Array(1 << (3 * LONGEST_PHRASE));
/** Allowed where a word between was stepped over, too: the words belong together by grammar and not by place. */
const LOOSE = 2;
const TIGHT = 1;
for (const pattern of PATTERNS) {
  const number = [...pattern].reduce((sum, letter) => (sum << 3) | (LETTERS[letter] ?? 0), 0);
  ALLOWED[number] =
    pattern.length > 1 && /[VI]|^N.*GN|GN./.test(pattern) && !/^G.$/.test(pattern) ? LOOSE : TIGHT;
}

/** `skipped`: words stepped over. */
export function isPhrase(pattern: number, skipped: number): boolean {
  const allowed = ALLOWED[pattern] as number;
  return skipped === 0 ? allowed !== 0 : skipped === 1 && allowed === LOOSE;
}

/** Do the words of such a phrase stand in either order and with a word between? */
export function isLoose(pattern: number): boolean {
  return ALLOWED[pattern] === LOOSE;
}

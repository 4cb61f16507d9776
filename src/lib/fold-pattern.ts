import { lookAlikes } from './fold.ts';

/**
 * Characters that folding leaves as they are, or of which it changes nothing but the case: in a text of others a word can be
 * spelt in ways that no pattern foresees.
 */
const PLAIN =
  '\\t\\n\\r -_a-~\u0400-\u045F\u0490\u0491\u00A0«»\u2013\u2014\u201C-\u201E\u2022\u2026\u2116\u20AC\u{1F300}-\u{1F5FF}\u{1F600}-\u{1F64F}\u{1F680}-\u{1F6FF}';

/** In a part: letters that are not known, or none. */
export const ANY_LETTERS = '?';

/**
 * A regular expression, of PostgreSQL and of JavaScript (flag u), that finds every text whose folded form holds one of the parts,
 * be letters stretched, parted by hyphens or written with look-alikes; and some more. Parts are folded, of letters, digits, `_`
 * and `ANY_LETTERS`; the `beginnings` stand at the beginning of words and no hyphen parts them: fewer ways to follow.
 */
export function foldedPattern(parts: readonly string[], beginnings: readonly string[] = []): string {
  const begun = beginnings.length === 0 ? [] : [`(?:^|\\W)${alternatives(beginnings, '')}`];
  return [...branches(parts, '-?'), ...begun, `[^${PLAIN}]`].join('|');
}

/** Common beginnings stand once: PostgreSQL follows all branches at the same time. */
function branches(parts: readonly string[], between: string): string[] {
  const tails = new Map<string, string[]>();
  for (const part of parts) {
    const others = tails.get(part.charAt(0));
    if (others) others.push(part.slice(1));
    else tails.set(part.charAt(0), [part.slice(1)]);
  }
  return [...tails].map(([letter, rest]) => letterPattern(letter, between) + alternatives(rest, between));
}

function alternatives(parts: readonly string[], between: string): string {
  if (parts.includes('')) return '';
  const all = branches(parts, between);
  return all.length === 1 ? (all[0] ?? '') : `(?:${all.join('|')})`;
}

function letterPattern(letter: string, between: string): string {
  return letter === ANY_LETTERS ? '\\S*' : `[${spellingsOf(letter)}]+${between}`;
}

function spellingsOf(letter: string): string {
  const plain = letter === 'е' ? 'еёѐ' : letter;
  const all = [...plain].flatMap((one) => [one, one.toUpperCase(), ...lookAlikes(one)]);
  return [...new Set(all)].join('');
}

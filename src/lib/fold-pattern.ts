import { lookAlikes } from './fold.ts';

/**
 * Characters that folding leaves as they are, or of which it changes nothing but the case: in a text of others a word can be
 * spelt in ways that no pattern foresees.
 */
const PLAIN =
  '\\t\\n\\r -_a-~\u0400-\u045F\u0490\u0491\u00A0«»\u2013\u2014\u201C-\u201E\u2022\u2026\u2116\u20AC\u{1F300}-\u{1F5FF}\u{1F600}-\u{1F64F}\u{1F680}-\u{1F6FF}';

/**
 * A regular expression, of PostgreSQL and of JavaScript (flag u), that finds every text whose folded form holds one of the parts,
 * be letters stretched, parted by hyphens or written with look-alikes; and some more. Parts are folded, of letters, digits and `_`.
 */
export function foldedPattern(parts: readonly string[]): string {
  return `${parts.map(partPattern).join('|')}|[^${PLAIN}]`;
}

function partPattern(part: string): string {
  return [...part].map((letter) => `[${spellingsOf(letter)}]+-?`).join('');
}

function spellingsOf(letter: string): string {
  const plain = letter === 'е' ? 'еёѐ' : letter;
  const all = [...plain].flatMap((one) => [one, one.toUpperCase(), ...lookAlikes(one)]);
  return [...new Set(all)].join('');
}

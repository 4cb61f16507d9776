import type { OpinionText } from '../../model/opinion.ts';
import { READ_AT_MOST } from './opinion-text.ts';

const SIGNS: readonly [string, RegExp][] = [
  ['exclaims', /!/],
  ['exclaims twice', /!!/],
  ['asks', /\?/],
  ['smiles', /\)\)/],
  ['frowns', /\(\(/],
  ['passes on', /^RT\b/],
  ['links', /https?:/],
  ['ends with a link', /https?:\S+\s*$/],
  ['names an account', /@\w/],
  ['speaks to an account', /^@\w/],
  ['tags', /#\S/],
  ['quotes', /[«»"“]/],
  ['begins with a quotation', /^[«"“]/],
  ['has numbers', /\d/],
  ['trails off', /\.\.\.|…/],
];
const SHORTEST_SHOUT = 3;
const RUNS_AT_MOST = 200;

/** How a text is written rather than what it says: its length, capitals, signs, stretched letters. */
export function mannerOf({ title, text, tokens }: OpinionText): string[] {
  const written = (title ? `${title}\n${text}` : text).slice(0, READ_AT_MOST);
  const found = SIGNS.filter(([, pattern]) => pattern.test(written)).map(([name]) => name);
  const letters = count(written, /\p{L}/gu);
  const capitals = count(written, /\p{Lu}/gu);
  found.push(`capitals ${Math.floor((8 * capitals) / Math.max(1, letters))}`);
  found.push(`length ${Math.min(12, Math.floor(Math.log2(1 + tokens.length) * 1.5))}`);
  for (const shout of runs(written, /(?<!\p{L})\p{Lu}{3,}(?!\p{L})/gu))
    found.push(`shout ${Math.min(12, Math.max(SHORTEST_SHOUT, shout.length))}`);
  for (const _ of runs(written, /(\p{L})\1{2,}/gu)) found.push('stretched');
  for (const signs of runs(written, /[^\s\p{L}\p{N}]{2,}/gu)) found.push(`signs ${signs.slice(0, 4)}`);
  return found;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function runs(text: string, pattern: RegExp): string[] {
  return (text.match(pattern) ?? []).slice(0, RUNS_AT_MOST);
}

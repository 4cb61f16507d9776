import { cached } from '../../lib/cache.ts';
import { onceFor } from '../../lib/once-for.ts';
import type { Morphology } from '../../model/ports.ts';
import { headName } from './head-name.ts';
import { foldRussian } from './inflection.ts';
import type { FoundName } from './label.ts';
import { type PersonName, personName } from './person-name.ts';

const LONGEST_NAME = 200;
const LOOKED_BACK = 40;
const REMEMBERED = 20_000;
const BETWEEN = /[ «»"“”]+/;
const BETWEEN_ALL = /[ «»"“”]+/g;

/** A name in the nominative, as it stands in a text; what is not Russian stays as it is written. */
export function nominative(
  text: string,
  { kind, start, end }: FoundName,
  morphology: Morphology,
): PersonName {
  const written = text.slice(start, Math.min(end, start + LONGEST_NAME)).toWellFormed();
  const plain = written.replace(/\s+/g, ' ');
  if (!/[А-ЯЁа-яё]/.test(plain)) return { name: plain };
  const words = plain.split(BETWEEN).filter(Boolean);
  const gaps = plain.match(BETWEEN_ALL) ?? [];
  // Parts that quotation marks begin or end are names within names.
  if (words.length !== gaps.length + 1) return { name: plain };
  const before = foldRussian(
    /([А-ЯЁа-яё-]+)\s*["«“(]?$/.exec(text.slice(Math.max(0, start - LOOKED_BACK), start))?.[1] ?? '',
  );
  return remembered(morphology)(`${kind}\n${before}\n${plain}`);
}

/** The same people and places are named again and again, and the dictionary is slow. */
const remembered = onceFor((morphology: Morphology) => cached((key) => compute(key, morphology), REMEMBERED));

function compute(key: string, morphology: Morphology): PersonName {
  const [kind = '', before = '', plain = ''] = key.split('\n');
  const words = plain.split(BETWEEN).filter(Boolean);
  if (kind === 'person') return personName(words, before, morphology);
  const gaps = plain.match(BETWEEN_ALL) ?? [];
  return { name: headName(words, gaps, before, kind === 'place' ? 'Geox' : 'Orgn', morphology) };
}

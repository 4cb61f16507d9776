import { toLatin } from '../src/query/suggest/transliterate.ts';

const KEY_AT_MOST = 60;

/** A key that nobody has, after a name: «Возвраты и жалобы» → `vozvraty-i-zhaloby`; '' when the name has no letter to take. */
export function keyOfName(name: string, taken: readonly string[]): string {
  const latin = toLatin(name.toLowerCase())[0] ?? '';
  const base = latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, KEY_AT_MOST)
    .replace(/^-+|-+$/g, '');
  if (base === '' || !taken.includes(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
}

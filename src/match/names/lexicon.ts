import { foldName } from './fold-name.ts';
import type { NameLexicon } from './parse-name.ts';

/** `rows`: formal name, gender, variants parted by blanks. The key of a formal name is its fold. */
export function createNameLexicon(rows: readonly (readonly string[])[]): NameLexicon {
  const byForm = new Map<string, string[]>();
  const note = (form: string, key: string): void => {
    const folded = foldName(form);
    if (folded.length < 2) return;
    const known = byForm.get(folded);
    if (!known) byForm.set(folded, [key]);
    else if (!known.includes(key)) known.push(key);
  };
  for (const [formal = '', , variants = ''] of rows) {
    const key = foldName(formal);
    for (const form of [formal, ...variants.split(/\s+/)]) note(form, key);
  }
  return { firstNames: (word) => byForm.get(foldName(word)) ?? [] };
}

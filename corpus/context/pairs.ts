import { readFileSync } from 'node:fs';
import type { Brand } from '../../src/query/context/features.ts';

/** A sentence with the brand's word in it, and whether the brand is meant. */
export interface Pair {
  brand: Brand;
  language: 'ru' | 'en';
  text: string;
  isBrand: boolean;
}

/** Our own sentences. The files read `# name | what it is`, then lines that begin with + or -. */
export function readPairs(): Pair[] {
  return (['ru', 'en'] as const).flatMap((language) => {
    const file = readFileSync(new URL(`./pairs-${language}.txt`, import.meta.url), 'utf8');
    let brand: Brand = { name: '', about: '' };
    return file.split('\n').flatMap((line): Pair[] => {
      if (line.startsWith('# ')) {
        const [name = '', about = ''] = line.slice(2).split(' | ');
        brand = { name, about };
      }
      if (!/^[+-] /.test(line)) return [];
      return [{ brand, language, text: line.slice(2), isBrand: line.startsWith('+') }];
    });
  });
}

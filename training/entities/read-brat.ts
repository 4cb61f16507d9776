import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mark, MarkedText } from '../../corpus/entities/marked-text.ts';

/** Every text of a folder with its marks (brat: «T1\tPERSON 6 11\tОбамы»); those that are cut in two are left out. */
export function readBrat(folder: string, kinds: Readonly<Record<string, number>>): MarkedText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { text, marks: readMarks(join(folder, name.replace(/txt$/, 'ann')), text, kinds) };
    });
}

function readMarks(file: string, text: string, kinds: Readonly<Record<string, number>>): Mark[] {
  const units = unitsOf(text);
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name = '', from, to] = /^T\d+\t(\S+) (\d+) (\d+)\t/.exec(line) ?? [];
      const kind = kinds[name];
      if (kind === undefined) return [];
      return [{ kind, start: units(Number(from)), end: units(Number(to)) }];
    });
}

/** The set counts characters, we count UTF-16 units. */
function unitsOf(text: string): (character: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (character) => character;
  const starts = [0];
  for (const sign of text) starts.push((starts.at(-1) ?? 0) + sign.length);
  return (character) => starts[character] ?? text.length;
}

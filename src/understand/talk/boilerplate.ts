import { foldText } from '../../lib/fold.ts';
import { hashText, spreadBits } from '../../lib/hash32.ts';
import { BREAK } from './words.ts';

/** Lines of a site that stand under many of its texts: «Отправлено с моего телефона», «Читать далее». */
export interface Boilerplate {
  /** A line as it was put among the units, and the text that it belongs to. */
  note(text: { source: number; number: number }, line: string, from: number, to: number): void;
  /** Takes the lines that turned out to be the site's out of the units; `texts`: of each source. */
  blank(numbers: Int32Array, texts: ReadonlyMap<number, number>): void;
}

const LEAST_TEXTS = 4;
/** Of the texts of the source. */
const LEAST_SHARE = 0.02;
const LONGEST_LINE = 300;

interface Seen {
  source: number;
  texts: number;
  last: number;
  /** From, to, from, to … */
  places: number[];
}

/** A line is the site's when many texts of one source have it beside lines of their own. */
export function createBoilerplate(): Boilerplate {
  const lines = new Map<number, Seen>();
  return {
    note: ({ source, number }, line, from, to) => {
      if (line.length > LONGEST_LINE) return;
      const key = source * 2 ** 32 + (spreadBits(hashText(foldText(line).text.trim())) >>> 0);
      const seen = lines.get(key);
      if (seen === undefined) lines.set(key, { source, texts: 1, last: number, places: [from, to] });
      else {
        if (seen.last !== number) seen.texts += 1;
        seen.last = number;
        seen.places.push(from, to);
      }
    },
    blank: (numbers, texts) => {
      for (const { source, texts: many, places } of lines.values()) {
        if (many < LEAST_TEXTS || many < LEAST_SHARE * (texts.get(source) ?? 0)) continue;
        for (let at = 0; at < places.length; at += 2) numbers.fill(BREAK, places[at], places[at + 1]);
      }
    },
  };
}

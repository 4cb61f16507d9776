import { grown } from '../../lib/grown.ts';
import { endsSentence, tokenize } from '../../lib/tokens.ts';
import type { Span } from '../../model/tag.ts';
import { BREAK, LINK, type Words } from './words.ts';

/** Texts as numbers of words, one after the other; LINK and BREAK stand between them. */
export interface Units {
  /** Text `at`: `numbers` from `starts[at]` to `starts[at + 1]`. */
  numbers: Int32Array;
  starts: number[];
}

/** Of a text: what a longer one says often enough, it has said by then. */
const MOST_UNITS = 3_000;
/** Signs that may stand between the words of a phrase: blanks and quotation marks. */
const PLAIN_GAP = new Set([...' \t\u00a0"\'«»„“”‘’*_'].map((sign) => sign.charCodeAt(0)));

export function createUnits(): Units {
  return { numbers: new Int32Array(65_536), starts: [0] };
}

function push(units: Units, at: number, number: number): number {
  if (at >= units.numbers.length) units.numbers = grown(units.numbers, new Int32Array(at * 2)) as Int32Array;
  units.numbers[at] = number;
  return at + 1;
}

/** A text with the places where the topic itself is named. */
export interface NamedText {
  title: string | null;
  text: string;
  spans: readonly Span[];
}

/** Adds a text. `note` hears of each line where there are several: the line, and where its units stand. */
export function addText(
  units: Units,
  words: Words,
  { title, text, spans }: NamedText,
  note: (line: string, from: number, to: number) => void,
): void {
  const start = units.starts.at(-1) as number;
  const most = start + MOST_UNITS;
  let at = start;
  if (title) at = addField(units, words, at, title, placesIn(spans, 'title'), most);
  const places = placesIn(spans, 'text');
  const isSplit = text.includes('\n');
  for (let from = 0; from < text.length && at < most; ) {
    const to = isSplit ? endOfLine(text, from) : text.length;
    const line = isSplit ? text.slice(from, to) : text;
    const before = push(units, at, BREAK);
    at = addField(units, words, before, line, shifted(places, from), most);
    if (isSplit && at > before) note(line, before, at);
    from = to + 1;
  }
  units.starts.push(push(units, at, BREAK));
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

type Place = Pick<Span, 'start' | 'end'>;
const NO_PLACES: readonly Place[] = [];

function placesIn(spans: readonly Span[], field: Span['field']): readonly Place[] {
  return spans.filter((span) => span.field === field).sort((one, two) => one.start - two.start);
}

function shifted(places: readonly Place[], from: number): readonly Place[] {
  if (places.length === 0) return NO_PLACES;
  return places
    .map(({ start, end }) => ({ start: start - from, end: end - from }))
    .filter(({ end }) => end > 0);
}

function addField(
  units: Units,
  words: Words,
  from: number,
  text: string,
  places: readonly Place[],
  most: number,
): number {
  let at = from;
  let place = 0;
  let previous: { end: number; word: string } | null = null;
  for (const token of tokenize(text)) {
    if (at >= most) break;
    if (previous && isApart(text, previous, token)) at = push(units, at, BREAK);
    previous = token;
    while (place < places.length && (places[place]?.end ?? 0) <= token.start) place += 1;
    if ((places[place]?.start ?? Number.POSITIVE_INFINITY) < token.end) at = push(units, at, LINK);
    else if (token.kind === 'word') at = push(units, at, words.number(token.word));
    else {
      at = push(units, at, BREAK);
      if (token.kind === 'tag') at = push(units, push(units, at, words.tag(token.word)), BREAK);
    }
  }
  return at;
}

function isApart(
  text: string,
  previous: { end: number; word: string },
  next: { start: number; end: number },
): boolean {
  for (let at = previous.end; at < next.start; at += 1) {
    const sign = text.charCodeAt(at);
    if (PLAIN_GAP.has(sign)) continue;
    // «г. Москва» is one phrase.
    if (sign === 0x2e) return endsSentence(text, previous, next);
    return true;
  }
  return false;
}

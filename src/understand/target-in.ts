import { foldText } from '../lib/fold.ts';
import type { Target } from '../model/ports.ts';

/** Letters of an ending that a name may change: «Ромашка», «Ромашкой». */
const ENDING = 1;
const LONG = 5;

/** A target by its names, wherever they stand in the text, in any ending of the last word; without spans when it is not named. */
export function targetIn(text: string, key: string, names: readonly string[]): Target {
  const folded = foldText(text);
  const spans = names.flatMap((name) => {
    const form = foldText(name).text.trim();
    const stem = form.length >= LONG && /\p{Script=Cyrillic}$/u.test(form) ? form.slice(0, -ENDING) : form;
    return stem === '' ? [] : placesOf(folded, stem);
  });
  return { key, spans: spans.sort((one, two) => one.start - two.start) };
}

function placesOf(folded: ReturnType<typeof foldText>, stem: string): Target['spans'][number][] {
  const places: Target['spans'][number][] = [];
  for (let at = folded.text.indexOf(stem); at >= 0; at = folded.text.indexOf(stem, at + stem.length)) {
    const rest = /^\p{L}*/u.exec(folded.text.slice(at + stem.length, at + stem.length + 40))?.[0] ?? '';
    const end = folded.endOf(at + stem.length + rest.length - 1);
    places.push({ field: 'text', start: folded.startOf(at), end });
  }
  return places;
}

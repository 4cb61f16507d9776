import type { TargetView } from '../../model/opinion.ts';
import type { FeatureBuffer } from './feature-buffer.ts';
import { isDenied, type WordSigns } from './word-signs.ts';

/** Forms of verbs of which the subject is whom it is done to. */
const PASSIVE = /(?:ся|сь|[ая]н[аоы]?|ен[аоы]?|т[аоы]?)$/;
const PREPOSITIONS = new Set(
  'в на против за к ко от из у о об над под перед при с со для до без через между про по'.split(' '),
);
/** Words between a preposition and the name. */
const PREPOSITION_REACH = 2;
const FACTS_REACH = 7;
const NEAR = 3;

/** In Russian, a case: what is done to the target and what it does are told apart by it. */
function endingOf({ named }: TargetView): string {
  return named.at(-1)?.form.slice(-2) ?? '';
}

function isOutside({ distances, clauses }: TargetView, at: number): boolean {
  return distances[at] === 0 || Math.abs(clauses[at] ?? 0) > 1;
}

/**
 * What happens in the target's clause or beside it, from the list of frames (“to accuse”: bad for whom it is done to): on which side of the
 * target, in which voice, denied or not. Seldom seen verbs count as others of their kind.
 */
export function pushFrames(
  buffer: FeatureBuffer,
  view: TargetView,
  signs: readonly WordSigns[],
  seed: number,
): void {
  const { distances, clauses } = view;
  const ending = endingOf(view);
  for (let at = 0; at < signs.length; at += 1) {
    const { form, frame } = signs[at] as WordSigns;
    if (frame === 0 || isOutside(view, at)) continue;
    const distance = distances[at] ?? 0;
    const sign = `${frame}${PASSIVE.test(form) ? 'p' : ''}${isDenied(signs, at) ? '!' : ''}${clauses[at] === 0 ? '' : '~'}`;
    const side = `${sign}${distance < 0 ? '<' : '>'}`;
    buffer.pushText(sign, seed);
    buffer.pushText(side, seed);
    buffer.pushText(`${side}${ending}`, seed);
    if (Math.abs(distance) <= NEAR) buffer.pushText(`${side}n`, seed);
  }
}

/** The last good or bad word before the target and the first after it, with the preposition and the ending of its name. */
export function pushFacts(
  buffer: FeatureBuffer,
  view: TargetView,
  signs: readonly WordSigns[],
  seed: number,
): void {
  const { distances } = view;
  const ending = endingOf(view);
  let [before, after, preposition] = ['0', '0', '_'];
  for (let at = 0; at < signs.length; at += 1) {
    const distance = distances[at] ?? 0;
    if (isOutside(view, at) || Math.abs(distance) > FACTS_REACH) continue;
    const { form, first } = signs[at] as WordSigns;
    if (distance < 0 && distance >= -PREPOSITION_REACH && PREPOSITIONS.has(form)) preposition = form;
    if (first === 0) continue;
    const sign = first > 0 !== isDenied(signs, at) ? '+' : '-';
    if (distance < 0) before = sign;
    else if (after === '0') after = sign;
  }
  buffer.pushText(`p${preposition}${before}`, seed);
  buffer.pushText(`p${preposition}${after}`, seed);
  buffer.pushText(`p${preposition}${ending}${before}`, seed);
  buffer.pushText(`b${before}${after}`, seed);
  buffer.pushText(`e${ending}${before}`, seed);
  buffer.pushText(`e${ending}${after}`, seed);
  buffer.pushText(`e${ending}${before}${after}`, seed);
}

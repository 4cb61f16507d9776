import type { OpinionToken } from '../model/opinion.ts';
import type { Target } from '../model/ports.ts';
import { CLAUSE_END } from './classifier/word-signs.ts';
import { touchedBy } from './touched.ts';

/** What sets a name against all that is said around it. Forms, folded. «Не то что» is none: «не то что Лютик не отвечает, …» blames Лютик. */
const MARKS: readonly (readonly string[])[] = [
  'отличие от',
  'отличии от',
  'не в пример',
  'не чета',
  'unlike',
  'as opposed to',
  'in contrast to',
].map((mark) => mark.split(' '));
/** Words between the mark and the name: «в отличие от вашего магазина „Лютик“». */
const BETWEEN = 3;

/** Is the target, wherever it is named, what others are set against? */
export function isContrasted(tokens: readonly OpinionToken[], { spans }: Target): boolean {
  const touched = touchedBy(tokens, spans);
  let isNamed = false;
  for (let at = 0; at < tokens.length; at += 1) {
    if (touched[at] !== 1 || touched[at - 1] === 1) continue;
    if (!followsMark(tokens, at)) return false;
    isNamed = true;
  }
  return isNamed;
}

/** Those of which something is said, the others being only what they are set against; the same list where that is all. */
export function meantAmong(tokens: readonly OpinionToken[], targets: readonly Target[]): readonly Target[] {
  const meant = targets.filter((target) => !isContrasted(tokens, target));
  return meant.length === targets.length ? targets : meant;
}

function followsMark(tokens: readonly OpinionToken[], name: number): boolean {
  for (let end = name; end >= Math.max(0, name - BETWEEN); end -= 1) {
    if (MARKS.some((mark) => mark.every((form, at) => tokens[end - mark.length + at]?.form === form)))
      return true;
    // Another clause, or another name's.
    if (CLAUSE_END.test(tokens[end - 1]?.form ?? '')) return false;
  }
  return false;
}

import type { OpinionText, OpinionToken, TargetView } from '../../model/opinion.ts';
import type { Span } from '../../model/tag.ts';
import { touchedBy } from '../touched.ts';

const CLAUSE_END = /^(?:[.!?]+|…|[,;:()—–-]+)$/;
const TURNS = new Set('and but although while however though whereas и но зато однако а хотя'.split(' '));

/** null when the target is not named in the text. */
export function viewFrom(
  { title, text, tokens }: OpinionText,
  target: readonly Span[],
  others: readonly Span[],
): TargetView | null {
  const merged: OpinionToken[] = [];
  const named: (OpinionToken & { isCapital: boolean })[] = [];
  const mentions: number[] = [];
  const ofTarget = touchedBy(tokens, target);
  const ofOthers = touchedBy(tokens, others);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as OpinionToken;
    const isTarget = ofTarget[at] === 1;
    if (isTarget) named.push({ ...token, isCapital: isCapital(token, title, text) });
    const form = isTarget ? '<target>' : ofOthers[at] === 1 ? '<other>' : null;
    if (form === null) merged.push(token);
    else if (merged.at(-1)?.form !== form) {
      if (isTarget) mentions.push(merged.length);
      merged.push({ ...token, form, lemma: form, isWord: false });
    }
  }
  if (mentions.length === 0) return null;
  const clauseOf = clausesOf(merged);
  const nearest = nearestMentions(merged.length, mentions);
  return {
    tokens: merged,
    named,
    distances: nearest.map((mention, at) => at - mention),
    clauses: nearest.map((mention, at) => (clauseOf[at] ?? 0) - (clauseOf[mention] ?? 0)),
  };
}

function isCapital({ field, start, end }: OpinionToken, title: string | null, text: string): boolean {
  return /^\p{Lu}/u.test(((field === 'title' ? title : text) ?? '').slice(start, end));
}

/** Per token the place of the nearest mention, the earlier of two; `mentions` ascend, at least one. One walk. */
function nearestMentions(count: number, mentions: readonly number[]): number[] {
  let next = 0;
  return Array.from({ length: count }, (_, at) => {
    while (next + 1 < mentions.length && isNearer(at, mentions[next + 1], mentions[next])) next += 1;
    return mentions[next] as number;
  });
}

function isNearer(at: number, one = 0, other = 0): boolean {
  return Math.abs(one - at) < Math.abs(other - at);
}

/** Number of the clause of each token. */
export function clausesOf(tokens: readonly OpinionToken[]): number[] {
  let clause = 0;
  return tokens.map(({ form }, at) => {
    if (at > 0 && (CLAUSE_END.test(tokens[at - 1]?.form ?? '') || TURNS.has(form))) clause += 1;
    return clause;
  });
}

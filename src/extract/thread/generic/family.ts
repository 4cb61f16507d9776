import type { TreeElement } from '../../page-tree.ts';
import type { AuthorFact, DateFact, Fact } from './facts.ts';
import { type Outline, parentOf } from './outline.ts';

/** Blocks of one kind, in the page's order: the posts, if all goes well. */
export interface Family {
  key: string;
  members: TreeElement[];
  score: number;
}

const MAX_LEVELS = 30;

function ancestors(element: TreeElement): TreeElement[] {
  const found: TreeElement[] = [];
  for (let at: TreeElement | undefined = element; at && found.length < MAX_LEVELS; at = parentOf(at)) {
    if (at.name === 'body' || at.name === 'html') break;
    found.push(at);
  }
  return found;
}

interface Candidate {
  members: Set<TreeElement>;
  dated: Set<TreeElement>;
  named: Set<TreeElement>;
}

/** Every kind of block around a fact, and which of these blocks hold one. */
function candidatesAround(
  dates: readonly Fact[],
  authors: readonly Fact[],
  outline: Outline,
): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  const note = ({ element }: Fact, field: 'dated' | 'named') => {
    const seen = new Set<string>();
    for (const above of ancestors(element)) {
      const key = outline.keyOf(above);
      const known = found.get(key) ?? { members: new Set(), dated: new Set(), named: new Set() };
      found.set(key, known);
      known.members.add(above);
      if (!seen.has(key)) known[field].add(above);
      seen.add(key);
    }
  };
  for (const fact of dates) note(fact, 'dated');
  for (const fact of authors) note(fact, 'named');
  return found;
}

const POST_LIKE = /post|message|comment|reply|replies|answer|entry|item|msg|row|content|topic|review|отзыв/i;
const NO_POST =
  /side|widget|nav|menu|foot|head|breadcrumb|related|similar|recent|latest|pag|share|avatar|userinfo|profile|popular|trending|card-list|promo|teaser/i;

/** Text of the members that is not in links; a member within another counts once. */
function proseOf(members: ReadonlySet<TreeElement>, outline: Outline): { total: number; filled: number } {
  let total = 0;
  let filled = 0;
  for (const member of members) {
    const prose = (outline.chars.get(member) ?? 0) - (outline.linkChars.get(member) ?? 0);
    if (prose >= 25) filled += 1;
    const isNested = ancestors(member)
      .slice(1)
      .some((above) => members.has(above));
    if (!isNested) total += prose;
  }
  return { total, filled };
}

function scoreOf(key: string, { members, dated, named }: Candidate, outline: Outline, prose: number): number {
  const count = members.size;
  const { total, filled } = proseOf(members, outline);
  const coverage = total / Math.max(1, prose);
  if (coverage < 0.04) return 0;
  const hint = NO_POST.test(key) ? 0.5 : POST_LIKE.test(key) ? 1.25 : 1;
  const size = count === 1 ? 0.35 : Math.min(1.6, 0.9 + Math.log10(count) * 0.5);
  const facts = 0.1 + (0.5 * dated.size + 0.4 * named.size) / count;
  return coverage * facts * (filled / count) * hint * size;
}

/** The family that most looks like posts: it carries most of the page's prose, and each has a date and a name. */
export function chooseFamily(
  outline: Outline,
  dates: readonly DateFact[],
  authors: readonly AuthorFact[],
  root: TreeElement,
): Family | undefined {
  const prose = (outline.chars.get(root) ?? 0) - (outline.linkChars.get(root) ?? 0);
  let best: Family | undefined;
  for (const [key, candidate] of candidatesAround(dates, authors, outline)) {
    const score = scoreOf(key, candidate, outline, prose);
    if (score > (best?.score ?? 0) * 1.001) best = { key, members: [...candidate.members], score };
  }
  if (!best) return undefined;
  const at = (element: TreeElement) => outline.at.get(element) ?? 0;
  return { ...best, members: best.members.sort((one, other) => at(one) - at(other)) };
}

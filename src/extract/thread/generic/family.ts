import type { TreeElement } from '../../page-tree.ts';
import type { AuthorFact, DateFact, Fact } from './facts.ts';
import { type Outline, parentOf } from './outline.ts';

/** Blocks of one kind, in the page's order: the posts, if all goes well. */
export interface Family {
  key: string;
  members: TreeElement[];
  score: number;
  /** Share of the members that have a date and a name. */
  both: number;
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
export function candidatesAround(
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

function bothShare({ members, dated, named }: Candidate): number {
  let both = 0;
  for (const member of dated) if (named.has(member)) both += 1;
  return both / members.size;
}

/** One block alone is a post only if it says so. */
function sizeFactor(key: string, count: number): number {
  if (count > 1) return Math.min(1.6, 0.9 + Math.log10(count) * 0.5);
  return POST_LIKE.test(key.slice(key.lastIndexOf('>') + 1)) ? 0.5 : 0.3;
}

function scoreOf(key: string, candidate: Candidate, outline: Outline, prose: number): number {
  const { members, dated, named } = candidate;
  const count = members.size;
  const { total, filled } = proseOf(members, outline);
  const coverage = total / Math.max(1, prose);
  if (coverage < 0.04) return 0;
  const hint = NO_POST.test(key) ? 0.5 : POST_LIKE.test(key) ? 1.25 : 1;
  const facts = 0.1 + (0.25 * dated.size + 0.2 * named.size) / count + 0.45 * bothShare(candidate);
  return coverage * facts * (filled / count) * hint * sizeFactor(key, count);
}

const MANY_TIMES = 5;

/** Most are whole posts; or, where answers are folded away to a line, so many that the blocks around them are none. */
function areWhole({ members, both }: Family, outer: Family): boolean {
  return both >= 0.7 || members.length * both >= outer.members.length * MANY_TIMES;
}

/** Blocks within the blocks that are posts just as well, and more of them: then the outer ones are columns or pages. */
function finer(best: Family, ranked: readonly Family[]): Family | undefined {
  const outer = new Set(best.members);
  return ranked.find(
    (family) =>
      family.members.length >= best.members.length * 1.5 &&
      areWhole(family, best) &&
      family.score >= best.score * 0.4 &&
      family.members.every((member) =>
        ancestors(member)
          .slice(1)
          .some((above) => outer.has(above)),
      ),
  );
}

/** Families by how much they look like posts, best first. */
export function rankFamilies(
  outline: Outline,
  dates: readonly DateFact[],
  authors: readonly AuthorFact[],
  root: TreeElement,
): Family[] {
  const prose = (outline.chars.get(root) ?? 0) - (outline.linkChars.get(root) ?? 0);
  return [...candidatesAround(dates, authors, outline)]
    .map(([key, candidate]) => ({
      key,
      members: [...candidate.members],
      score: scoreOf(key, candidate, outline, prose),
      both: bothShare(candidate),
    }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}

/** The family that most looks like posts: it carries most of the page's prose, and each has a date and a name. */
export function chooseFamily(
  outline: Outline,
  dates: readonly DateFact[],
  authors: readonly AuthorFact[],
  root: TreeElement,
): Family | undefined {
  const ranked = rankFamilies(outline, dates, authors, root);
  const [first] = ranked;
  if (!first) return undefined;
  const best = finer(first, ranked) ?? first;
  const at = (element: TreeElement) => outline.at.get(element) ?? 0;
  return { ...best, members: best.members.sort((one, other) => at(one) - at(other)) };
}

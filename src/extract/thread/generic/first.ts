import type { TreeElement } from '../../page-tree.ts';
import type { AuthorFact, DateFact, Fact } from './facts.ts';
import { type Outline, parentOf } from './outline.ts';

function highestWithout(element: TreeElement, members: ReadonlySet<TreeElement>): TreeElement | undefined {
  let found: TreeElement | undefined;
  for (let at: TreeElement | undefined = element; at; at = parentOf(at)) {
    if (members.has(at)) return found;
    found = at;
  }
  return found;
}

/** Every element that holds a member. */
function holdersOf(members: readonly TreeElement[]): Set<TreeElement> {
  const found = new Set<TreeElement>();
  for (const member of members) {
    for (let at: TreeElement | undefined = member; at && !found.has(at); at = parentOf(at)) found.add(at);
  }
  return found;
}

function standsIn(element: TreeElement, blocks: ReadonlySet<TreeElement>): boolean {
  for (let at: TreeElement | undefined = element; at; at = parentOf(at)) if (blocks.has(at)) return true;
  return false;
}

const ENOUGH_CHARS = 60;
/** So many words of its own make a post even of what is mostly links: a list of changes, a digest. */
const MANY_CHARS = 500;

const ASIDE = /(?:^|[\s_-])(?:side(?:bar)?|aside|widgets?|nav(?:bar)?|menu|rules)(?:$|[\s_-])/i;

/** Rules, lists of moderators and last posts beside a thread have names and dates too, and may stand before it in the source. */
function isAside({ name, attribs }: TreeElement): boolean {
  return name === 'aside' || name === 'nav' || ASIDE.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`);
}

/**
 * The post that opens the thread often looks unlike its answers: what stands before them with a date, words of its own and,
 * where a name is marked in the answers, a name.
 */
export function openingBlock(
  members: readonly TreeElement[],
  outline: Outline,
  dates: readonly DateFact[],
  authors: readonly AuthorFact[],
): TreeElement | undefined {
  const [first] = members;
  if (!first) return undefined;
  const holders = holdersOf(members);
  const inside = new Set(members);
  const start = outline.at.get(first) ?? 0;
  const before = (facts: readonly Fact[]) =>
    new Set(
      facts
        .filter(({ element }) => (outline.at.get(element) ?? 0) < start && !holders.has(element))
        .map(({ element }) => highestWithout(element, holders)),
    );
  const named = before(authors);
  const isSigned = authors.some(({ element }) => standsIn(element, inside));
  const prose = (element: TreeElement) =>
    (outline.chars.get(element) ?? 0) - (outline.linkChars.get(element) ?? 0);
  const found = [...before(dates)]
    .filter(
      (element): element is TreeElement =>
        element !== undefined && (named.has(element) || !isSigned) && !isAside(element),
    )
    .filter(
      (element) =>
        prose(element) >= ENOUGH_CHARS &&
        (prose(element) >= MANY_CHARS || (outline.linkChars.get(element) ?? 0) < prose(element)),
    )
    .sort((one, other) => prose(other) - prose(one));
  return found[0];
}

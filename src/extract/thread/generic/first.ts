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

const ENOUGH_CHARS = 60;

/**
 * The post that opens the thread often looks unlike its answers: what stands before them with a name, a date and words
 * of its own.
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
  const start = outline.at.get(first) ?? 0;
  const before = (facts: readonly Fact[]) =>
    new Set(
      facts
        .filter(({ element }) => (outline.at.get(element) ?? 0) < start && !holders.has(element))
        .map(({ element }) => highestWithout(element, holders)),
    );
  const named = before(authors);
  const prose = (element: TreeElement) =>
    (outline.chars.get(element) ?? 0) - (outline.linkChars.get(element) ?? 0);
  const found = [...before(dates)]
    .filter((element): element is TreeElement => element !== undefined && named.has(element))
    .filter(
      (element) => prose(element) >= ENOUGH_CHARS && (outline.linkChars.get(element) ?? 0) < prose(element),
    )
    .sort((one, other) => prose(other) - prose(one));
  return found[0];
}

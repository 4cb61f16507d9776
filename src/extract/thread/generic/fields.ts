import type { TreeElement, TreeNode } from '../../page-tree.ts';
import { descendants, isWithin } from '../tree-text.ts';
import type { AuthorFact, DateFact, Fact } from './facts.ts';
import { isQuote, type Outline, parentOf } from './outline.ts';

/** One block and the facts that stand in it and in no block within it. */
export interface Block {
  element: TreeElement;
  dates: DateFact[];
  authors: AuthorFact[];
  /** Blocks of the same kind within: answers to this one. */
  inner: Set<TreeNode>;
}

function holderOf(element: TreeElement, members: ReadonlySet<TreeElement>): TreeElement | undefined {
  for (let at: TreeElement | undefined = element; at; at = parentOf(at)) if (members.has(at)) return at;
  return undefined;
}

export function blocksOf(
  members: readonly TreeElement[],
  dates: readonly DateFact[],
  authors: readonly AuthorFact[],
): Block[] {
  const all = new Set(members);
  const blocks = new Map(
    members.map((element): [TreeElement, Block] => [
      element,
      { element, dates: [], authors: [], inner: new Set() },
    ]),
  );
  for (const fact of dates) blocks.get(holderOf(fact.element, all) ?? fact.element)?.dates.push(fact);
  for (const fact of authors) blocks.get(holderOf(fact.element, all) ?? fact.element)?.authors.push(fact);
  for (const element of members) {
    const parent = parentOf(element);
    const above = parent && holderOf(parent, all);
    if (above) blocks.get(above)?.inner.add(element);
  }
  return [...blocks.values()];
}

/** The first fact of each key in a block. */
function firstByKey<Kind extends Fact>(facts: readonly Kind[]): Map<string, Kind> {
  const found = new Map<string, Kind>();
  for (const fact of facts) if (!found.has(fact.key)) found.set(fact.key, fact);
  return found;
}

interface Vote<Kind> {
  facts: Kind[];
  /** How far into their blocks they stand, together. */
  order: number;
}

function votes<Kind extends Fact>(
  blocks: readonly Block[],
  pick: (block: Block) => readonly Kind[],
): Map<string, Vote<Kind>> {
  const found = new Map<string, Vote<Kind>>();
  for (const block of blocks) {
    let order = 0;
    for (const [key, fact] of firstByKey(pick(block))) {
      const vote = found.get(key) ?? { facts: [], order: 0 };
      vote.facts.push(fact);
      vote.order += order;
      order += 1;
      found.set(key, vote);
    }
  }
  return found;
}

function best<Kind>(found: ReadonlyMap<string, Vote<Kind>>, scoreOf: (vote: Vote<Kind>) => number): string[] {
  return [...found]
    .map(([key, vote]): [string, number] => [key, scoreOf(vote)])
    .filter(([, score]) => score > 0)
    .sort((one, other) => other[1] - one[1])
    .map(([key]) => key);
}

function risingShare(facts: readonly DateFact[]): number {
  const steps = facts.slice(1).filter((fact, at) => fact.date >= (facts[at]?.date ?? fact.date));
  return facts.length < 2 ? 0.5 : steps.length / (facts.length - 1);
}

/** Keys of what dates the blocks, best first: in all of them, exact, rising down the page, near the top of the block. */
export function dateKeys(blocks: readonly Block[]): string[] {
  return best(
    votes(blocks, ({ dates }) => dates),
    ({ facts, order }) => {
      const exact = facts.filter(({ isExact }) => isExact).length / facts.length;
      const different = new Set(facts.map(({ date }) => date.getTime())).size / facts.length;
      const rising = Math.max(risingShare(facts), risingShare([...facts].reverse()));
      return (
        (facts.length / blocks.length) * (1 + exact + rising + 0.5 * different) -
        (0.1 * order) / blocks.length
      );
    },
  );
}

/** Keys of what names the blocks' authors, best first. */
export function authorKeys(blocks: readonly Block[]): string[] {
  return best(
    votes(blocks, ({ authors }) => authors),
    ({ facts, order }) => {
      const hints = facts.reduce((sum, fact) => sum + fact.hints, 0) / facts.length;
      const names = new Set(facts.map(({ text }) => text));
      const isChrome = names.size === 1 && facts.length > 3;
      const linked = facts.filter(({ href }) => href !== undefined).length / facts.length;
      const score = (facts.length / blocks.length) * (hints + 0.3 * linked) - (0.25 * order) / blocks.length;
      return isChrome ? score * 0.3 : score;
    },
  );
}

export function factAt<Kind extends Fact>(facts: readonly Kind[], keys: readonly string[]): Kind | undefined {
  for (const key of keys) {
    const found = facts.find((fact) => fact.key === key);
    if (found) return found;
  }
  return undefined;
}

interface Region {
  chars: number;
  blocks: number;
}

const MAX_INNER = 4000;

/** What holds answers to the post is more than the post's body. */
function holdersOf({ element, inner }: Block): Set<TreeNode> {
  const found = new Set<TreeNode>();
  for (const answer of inner) {
    for (let at = answer.parent; at && at !== element && !found.has(at as TreeNode); at = at.parent)
      found.add(at as TreeNode);
  }
  return found;
}

/** Largest part of a block that holds neither its date nor its author, by kind: the post's body. */
export function bodyKeys(
  blocks: readonly Block[],
  outline: Outline,
  known: (block: Block) => readonly TreeElement[],
): string[] {
  const regions = new Map<string, Region>();
  for (const block of blocks) {
    const facts = known(block);
    const holders = holdersOf(block);
    const largest = new Map<string, number>();
    let budget = MAX_INNER;
    for (const element of descendants(block.element, block.inner)) {
      budget -= 1;
      if (budget < 0) break;
      const key = outline.keyOf(element);
      if (holders.has(element) || isQuote(element) || outline.isQuoted(element)) continue;
      if (facts.some((fact) => isWithin(fact, element) || isWithin(element, fact))) continue;
      largest.set(key, Math.max(largest.get(key) ?? 0, proseOf(element, outline)));
    }
    for (const [key, prose] of largest) {
      const region = regions.get(key) ?? { chars: 0, blocks: 0 };
      region.chars += Math.min(prose, 1500);
      region.blocks += 1;
      regions.set(key, region);
    }
  }
  return [...regions]
    .filter(([, { chars }]) => chars > 0)
    .sort((one, other) => other[1].chars * bodyHint(other[0]) - one[1].chars * bodyHint(one[0]))
    .map(([key]) => key)
    .slice(0, 12);
}

const BODY = /content|body|text|message|entry|comment|prose|postcolor|msg/i;
const NO_BODY =
  /user|author|avatar|profile|sign?ature|\bsig\b|foot|menu|control|button|action|share|attribution|header|meta/i;

function bodyHint(key: string): number {
  const own = key.slice(key.lastIndexOf('>') + 1);
  if (NO_BODY.test(own)) return 0.3;
  return BODY.test(own) ? 1.15 : 1;
}

/** The largest element of the first key that is found, clear of the block's name and date. */
export function elementAt(
  block: Block,
  keys: readonly string[],
  outline: Outline,
  facts: readonly TreeElement[],
): TreeElement | undefined {
  const inBlock = [...descendants(block.element, block.inner)].slice(0, MAX_INNER);
  const holders = holdersOf(block);
  for (const key of keys) {
    const found = inBlock
      .filter((element) => outline.keyOf(element) === key && !holders.has(element))
      .filter((element) => !outline.isQuoted(element) && !isQuote(element))
      .filter((element) => !facts.some((fact) => isWithin(fact, element) || isWithin(element, fact)));
    const largest = found.sort((one, other) => proseOf(other, outline) - proseOf(one, outline))[0];
    if (largest && (outline.chars.get(largest) ?? 0) > 0) return largest;
  }
  return undefined;
}

function proseOf(element: TreeElement, outline: Outline): number {
  return (outline.chars.get(element) ?? 0) - 0.8 * (outline.linkChars.get(element) ?? 0);
}

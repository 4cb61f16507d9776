import { pageRoot, type TreeElement } from '../../page-tree.ts';
import { withoutHash } from '../address.ts';
import type { BoardPage, BoardThread, PageTree } from '../model.ts';
import { type PageLink, pageLinks } from '../page-links.ts';
import { readRow } from '../row-facts.ts';
import { lineOf } from '../tree-text.ts';
import { dateFacts } from './facts.ts';
import { candidatesAround } from './family.ts';
import { type Outline, outlineOf } from './outline.ts';

const PERSON =
  /\/(?:users?|members?|profiles?|people|u|author|account)\/|[?&](?:u|uid|showuser|user)=|\/@|action=profile/i;
const BOARD =
  /\/(?:forums?|boards?|categor(?:y|ies)|sections?|c|f)(?:[/.-]|\.php)|forum(?:display|id)|[?&;](?:board|forum|fid|f)=/i;
const NO_TITLE = /^[\d\s.,:#»›→<>«-]*$/;
const MIN_ROWS = 3;

interface Row {
  row: TreeElement;
  title: PageLink;
}

function isTitle(link: PageLink): boolean {
  return link.text.length >= 3 && !NO_TITLE.test(link.text) && !PERSON.test(link.address) && !link.isSamePage;
}

function linksByRow(
  members: ReadonlySet<TreeElement>,
  links: readonly PageLink[],
): Map<TreeElement, PageLink[]> {
  const found = new Map<TreeElement, PageLink[]>();
  for (const link of links) {
    for (let at = link.element.parent; at; at = at.parent) {
      if (!('attribs' in at) || !members.has(at)) continue;
      found.set(at, [...(found.get(at) ?? []), link]);
      break;
    }
  }
  return found;
}

/** In each row the link of the kind that names things in most rows: the one with the longest texts. */
function titled(members: ReadonlySet<TreeElement>, links: readonly PageLink[], outline: Outline): Row[] {
  const byRow = linksByRow(members, links.filter(isTitle));
  const weights = new Map<string, number>();
  for (const within of byRow.values()) {
    const longest = [...within].sort((one, other) => other.text.length - one.text.length)[0];
    const key = longest && outline.keyOf(longest.element);
    if (key !== undefined) weights.set(key, (weights.get(key) ?? 0) + 1);
  }
  const [key] = [...weights].sort((one, other) => other[1] - one[1])[0] ?? [];
  return [...byRow].flatMap(([row, within]) => {
    const title = within.find(({ element }) => outline.keyOf(element) === key) ?? within[0];
    return title ? [{ row, title }] : [];
  });
}

/** The rows of the longest list whose lines name something and tell a date. */
function bestRows(page: PageTree, outline: Outline, links: readonly PageLink[]): Row[] {
  let best: Row[] = [];
  for (const { members, dated } of candidatesAround(dateFacts(outline, page.dates), [], outline).values()) {
    if (members.size < MIN_ROWS || dated.size < members.size * 0.6) continue;
    const rows = titled(members, links, outline);
    const addresses = new Set(rows.map(({ title }) => withoutHash(title.address)));
    if (addresses.size >= members.size * 0.6 && addresses.size >= best.length) best = rows;
  }
  return best;
}

function asThread({ row, title }: Row, page: PageTree): BoardThread {
  const url = withoutHash(title.address);
  return { id: url, url, title: lineOf(title.element), ...readRow(row, title.element, page.dates) };
}

function once<Thing extends { url: string }>(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((thing) => [thing.url, thing])).values()];
}

/** Lists of links with dates and counts; those whose address speaks of a board are boards. */
export function readGenericBoard(page: PageTree): Pick<BoardPage, 'threads' | 'boards'> {
  const root = pageRoot(page.$);
  if (!root) return { threads: [], boards: [] };
  const links = pageLinks(page).filter(({ element }) => element.name === 'a');
  const rows = bestRows(page, outlineOf(root), links);
  const threads = rows.filter(
    ({ title }) => !BOARD.test(title.address) || /\/(?:topic|thread|t|d)s?\//i.test(title.address),
  );
  const boards = links.filter((link) => isTitle(link) && BOARD.test(link.address) && !link.isSamePage);
  return {
    threads: once(threads.map((row) => asThread(row, page))),
    boards: once(
      boards.map(({ address, element }) => ({ url: withoutHash(address), title: lineOf(element) })),
    ).filter(({ url }) => !threads.some(({ title }) => withoutHash(title.address) === url)),
  };
}

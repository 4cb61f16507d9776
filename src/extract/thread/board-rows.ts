import type { TreeElement, TreeNode } from '../page-tree.ts';
import { idIn, withoutHash } from './address.ts';
import type { Addresses } from './markup.ts';
import type { BoardPage, BoardThread, PageTree } from './model.ts';
import { type PageLink, pageLinks } from './page-links.ts';
import { nextPageIn } from './pager.ts';
import { readRow } from './row-facts.ts';
import { isElement, lineOf } from './tree-text.ts';

const MANY = Symbol('several ids');
type Owners = Map<TreeNode, string | typeof MANY>;

/** Which elements hold links to one thread (or board) only. */
function ownersOf(links: readonly { element: TreeElement; id: string }[]): Owners {
  const owners: Owners = new Map();
  for (const { element, id } of links) {
    for (let at: TreeNode | null = element; at; at = at.parent) {
      const owner = owners.get(at);
      if (owner === MANY) break;
      owners.set(at, owner === undefined || owner === id ? id : MANY);
    }
  }
  return owners;
}

const ROW_NAMES = new Set(['tr', 'li', 'article']);

/** The row of a list that a link stands in: the nearest table row or list item, else all that belongs to it alone. */
function rowOf(element: TreeElement, id: string, owners: Owners): TreeElement {
  let row = element;
  for (let at: TreeNode | null = element; isElement(at) && owners.get(at) === id; at = at.parent) {
    if (at.name === 'body' || at.name === 'html') break;
    row = at;
    if (ROW_NAMES.has(at.name) && at !== element) break;
  }
  return row;
}

const ASIDE =
  /breadcrumb|crumbs|navstrip|navbar|navigate_section|linktree|sidebar|widget|footer|online|statistic|p-nav|similar|related|suggested|relateddisc/i;
const ASIDE_NAMES = new Set(['nav', 'footer', 'aside', 'select']);

function isAside(element: TreeElement): boolean {
  for (let at: TreeNode | null = element; isElement(at); at = at.parent) {
    if (ASIDE_NAMES.has(at.name)) return true;
    if (
      at.name !== 'body' &&
      at.name !== 'html' &&
      ASIDE.test(`${at.attribs.class ?? ''} ${at.attribs.id ?? ''}`)
    )
      return true;
  }
  return false;
}

interface Entry {
  id: string;
  links: PageLink[];
}

function entriesOf(links: readonly PageLink[], patterns: readonly RegExp[]): Entry[] {
  const byId = new Map<string, Entry>();
  for (const link of links) {
    const id = idIn(link.address, patterns);
    if (id === undefined) continue;
    const entry = byId.get(id);
    if (entry) entry.links.push(link);
    else byId.set(id, { id, links: [link] });
  }
  return [...byId.values()];
}

/** Page numbers, arrows and "last post" are no titles. */
function isTitle({ text }: PageLink): boolean {
  return text !== '' && !/^[\d\s.,:…#>»›→-]+$/.test(text);
}

/** First link that names the entry; a post's link (last post, unread post) only when nothing else does. */
function titleLink(entry: Entry, posts: readonly RegExp[]): PageLink | undefined {
  const titled = entry.links.filter(isTitle);
  return titled.find(({ address }) => idIn(address, posts) === undefined) ?? titled[0];
}

function lastPageOf(entry: Entry, posts: readonly RegExp[]): string | undefined {
  const pages = entry.links.filter(
    ({ text, address }) => /^\d+$/.test(text) && idIn(address, posts) === undefined,
  );
  const last = pages.sort((one, other) => Number(other.text) - Number(one.text))[0];
  return last && Number(last.text) > 1 ? last.address : undefined;
}

function lastPostId(links: readonly PageLink[], posts: readonly RegExp[]): string | undefined {
  const ids = links.map(({ address }) => idIn(address, posts)).filter((id) => id !== undefined);
  return ids.at(-1);
}

function fullTitle(link: PageLink): string {
  return lineOf(link.element) || link.label;
}

interface Board {
  page: PageTree;
  addresses: Addresses;
}

function asThread(
  { entry, title, row }: Titled,
  byRow: Map<TreeElement, PageLink[]>,
  board: Board,
): BoardThread {
  const posts = board.addresses.post;
  const facts = readRow(row, title.element, board.page.dates);
  const lastId = lastPostId(byRow.get(row) ?? [], posts);
  const lastPage = lastPageOf(entry, posts);
  return {
    id: entry.id,
    url: withoutHash(title.address),
    title: fullTitle(title),
    ...facts,
    ...(lastId === undefined ? {} : { lastPostId: lastId }),
    ...(lastPage === undefined ? {} : { lastPage }),
  };
}

function linksByRow(links: readonly PageLink[], rows: ReadonlySet<TreeNode>): Map<TreeElement, PageLink[]> {
  const found = new Map<TreeElement, PageLink[]>();
  for (const link of links) {
    for (let at: TreeNode | null = link.element; isElement(at); at = at.parent) {
      if (!rows.has(at)) continue;
      const known = found.get(at);
      if (known) known.push(link);
      else found.set(at, [link]);
      break;
    }
  }
  return found;
}

interface Titled {
  entry: Entry;
  title: PageLink;
  row: TreeElement;
}

function titledRows(entries: readonly Entry[], posts: readonly RegExp[]): Titled[] {
  const marked = entries.flatMap(({ id, links }) => links.map(({ element }) => ({ element, id })));
  const owners = ownersOf(marked);
  return entries.flatMap((entry) => {
    const title = titleLink(entry, posts);
    return title ? [{ entry, title, row: rowOf(title.element, entry.id, owners) }] : [];
  });
}

/** A front page names a board's last threads within the board's row, behind its title. */
const LAST_THREADS = 2;

function lastThreads(boards: readonly Titled[], threads: readonly Titled[]): Set<Titled> {
  const found = new Set<Titled>();
  const inRow = linkOwners(threads, new Map(boards.map((board) => [board.row, board])));
  for (const [board, within] of inRow) {
    const behind = within.filter(({ title }) => title.at > board.title.at);
    if (within.length <= LAST_THREADS) for (const thread of behind) found.add(thread);
  }
  return found;
}

function linkOwners(threads: readonly Titled[], rows: ReadonlyMap<TreeNode, Titled>): Map<Titled, Titled[]> {
  const found = new Map<Titled, Titled[]>();
  for (const thread of threads) {
    let board: Titled | undefined;
    for (let at: TreeNode | null = thread.title.element; at && !board; at = at.parent) board = rows.get(at);
    if (board) found.set(board, [...(found.get(board) ?? []), thread]);
  }
  return found;
}

/** Threads and boards that a page lists, told by the form of their addresses. */
export function readBoardBy(page: PageTree, addresses: Addresses, next?: string): BoardPage {
  const links = pageLinks(page).filter(({ element }) => element.name === 'a' && !isAside(element));
  const here = idIn(page.url, addresses.board);
  const boards = titledRows(
    entriesOf(links, addresses.board).filter(({ id }) => id !== here),
    [],
  );
  const found = titledRows(entriesOf(links, addresses.thread), addresses.post);
  const ofBoards = lastThreads(boards, found);
  const threads = found.filter((thread) => !ofBoards.has(thread));
  const byRow = linksByRow(links, new Set(threads.map(({ row }) => row)));
  const nextPage = nextPageIn(page, next);
  const title = headingOf(page);
  return {
    ...(title === '' ? {} : { title }),
    threads: threads.map((thread) => asThread(thread, byRow, { page, addresses })),
    boards: boards.map((board) => ({ url: withoutHash(board.title.address), title: fullTitle(board.title) })),
    ...(nextPage === undefined ? {} : { nextPage }),
  };
}

function headingOf({ $ }: PageTree): string {
  const headings = $<TreeElement, string>('h1, h2, title').toArray();
  const last = headings.filter(({ name }) => name !== 'title').map((heading) => lineOf(heading));
  return last.filter((text) => text !== '').at(-1) ?? lineOf(headings[0]);
}

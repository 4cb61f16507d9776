import { cleanAddress, withoutHash } from './address.ts';

/** Where addresses keep the number of a page or of its first entry; the number is the last group. */
const PAGE_PARTS: readonly RegExp[] = [
  /([?&;](?:page|p|pg|pn|paged|pagina|seite|pagenumber|page_?num|pageno|currentpage|pagen_\d|start|st|offset|from|skip|first|sp|np|pageindex|iu|startat|o|startrow|start_index|begin|page%5b%5d|before|after|cursor)=)(-?\d+)/i,
  /(\/|[-_.])(?:page|pg|p|seite|stranica|str|pagina)([-_/=]?)(\d+)(?=$|[/?.])/i,
  /([?&](?:topic|board)=\d+\.)(\d+)/i,
  /(\/index-?)(\d+)(?=\.\w+$|$)/i,
  /([-_])(\d{1,4})(?=\.(?:html?|php|aspx?)$)/i,
  /(\/)(\d{1,4})(?=\/?$)/,
];

interface Split {
  base: string;
  number: number | undefined;
}

function normalBase(address: string): string {
  return withoutHash(address)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/\/index\.(?:php|html?)(?=\?|$)/i, '/')
    .replace(/[?&;]+$/, '')
    .replace(/\?&/, '?')
    .replace(/\/+(?=\?|$)/, '')
    .toLowerCase();
}

function splitBy(address: string, pattern: RegExp): Split | undefined {
  const found = pattern.exec(address);
  if (!found) return undefined;
  return { base: normalBase(address.replace(pattern, '')), number: Number(found.at(-1)) };
}

/** The page number, or the number of the first entry, that an address tells. */
export function pageNumber(address: string): number | undefined {
  for (const pattern of PAGE_PARTS.slice(0, 4)) {
    const split = splitBy(withoutHash(address), pattern);
    if (split) return split.number;
  }
  return undefined;
}

function readings(address: string): Split[] {
  const clean = withoutHash(cleanAddress(address, address) ?? address);
  const split = PAGE_PARTS.map((pattern) => splitBy(clean, pattern)).filter((found) => found !== undefined);
  return [{ base: normalBase(clean), number: undefined }, ...split];
}

const known = new Map<string, Split[]>();

function readingsOf(address: string): Split[] {
  const found = known.get(address);
  if (found) return found;
  if (known.size > 2000) known.clear();
  const made = readings(address);
  known.set(address, made);
  return made;
}

function withoutExtension(base: string): string {
  return base.replace(/\.(?:html?|php|aspx?)$/, '');
}

/** Do two addresses differ in nothing but the page's number? */
export function isSameList(one: string, other: string): boolean {
  const bases = new Set(readingsOf(one).map(({ base }) => withoutExtension(base)));
  return readingsOf(other).some(({ base }) => bases.has(withoutExtension(base)));
}

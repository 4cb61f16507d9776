import type { CheerioAPI } from 'cheerio/slim';
import { type DateContext, readDate } from './dates.ts';
import { loadTree, type Selection } from './page-tree.ts';
import { cleanAddress, queryNumber } from './phpbb-address.ts';
import { nextPage } from './phpbb-pager.ts';

export interface BoardThread {
  /** The thread's number. */
  externalId: string;
  title: string;
  /** Its first page, without session id. */
  url: string;
  replies: number;
  lastPostId?: string;
  lastPostAt?: Date;
}

export interface Board {
  threads: BoardThread[];
  nextPage?: string;
}

/** The date stands in `time`, in the link, or behind the author's name. */
function lastPostDate($: CheerioAPI, cell: Selection, context: DateContext): Date | undefined {
  const bare = cell.clone();
  bare.find('dfn, .username, .username-coloured, .sr-only').remove();
  const link = cell.find('a').last().text();
  const candidates = [
    cell.find('time').attr('datetime'),
    cell.find('time').text(),
    bare.text(),
    link,
    $(cell).text(),
  ];
  for (const text of candidates) {
    const date = text?.trim() ? readDate(text.trim().replace(/^\S{1,6} (?=\d)/, ''), context) : undefined;
    if (date) return date;
  }
  return undefined;
}

function lastPostNumber($: CheerioAPI, cell: Selection, url: string): string | undefined {
  for (const element of cell.find('a').toArray()) {
    const number = queryNumber(cleanAddress($(element).attr('href'), url), 'p');
    if (number !== undefined) return number;
  }
  return undefined;
}

function readThread(
  $: CheerioAPI,
  link: Selection,
  url: string,
  context: DateContext,
): BoardThread | undefined {
  const address = cleanAddress(link.attr('href'), url);
  const title = link.text().replace(/\s+/g, ' ').trim();
  const externalId = queryNumber(address, 't');
  if (address === undefined || externalId === undefined || title === '') return undefined;
  const row = link.closest('li, tr');
  const cell = row.find('.lastpost').first();
  const lastPostId = lastPostNumber($, cell, url);
  const lastPostAt = cell.length > 0 ? lastPostDate($, cell, context) : undefined;
  const replies = Number(
    /\d+/.exec(
      row
        .find('.posts, .replies')
        .first()
        .text()
        .replace(/[\s.,]/g, ''),
    )?.[0] ?? 0,
  );
  return {
    externalId,
    title,
    url: address,
    replies,
    ...(lastPostId === undefined ? {} : { lastPostId }),
    ...(lastPostAt === undefined ? {} : { lastPostAt }),
  };
}

/** Threads listed on a phpBB 3 board page (viewforum), in the page's order. Announcements elsewhere repeat: each id once. */
export function readBoard(html: string, url: string, context: DateContext): Board {
  const $ = loadTree(html);
  const threads = new Map<string, BoardThread>();
  // A row has one thread: looking through it again for every link would take a time that grows with their square.
  const rows = new Set<unknown>();
  for (const element of $('a.topictitle').toArray()) {
    const [row] = $(element).closest('li, tr').toArray();
    if (row && rows.has(row)) continue;
    rows.add(row);
    const thread = readThread($, $(element), url, context);
    if (thread && !threads.has(thread.externalId)) threads.set(thread.externalId, thread);
  }
  const next = nextPage($, url);
  return { threads: [...threads.values()], ...(next === undefined ? {} : { nextPage: next }) };
}

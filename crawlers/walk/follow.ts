import type { KnownPage, PageMemory } from '../../src/model/ports.ts';
import { type Finding, newPage } from './reading.ts';

export interface Followed {
  pages: KnownPage[];
  /** Whether anything found was new or had changed. */
  hasNews: boolean;
}

/** The thread's last page that we know: what was added stands there or behind it. */
async function lastPageOf(thread: KnownPage, memory: PageMemory): Promise<KnownPage> {
  return (await memory.ofThread(thread.thread)).at(-1) ?? thread;
}

function marked(finding: Finding, known: KnownPage): KnownPage {
  const { mark, hint } = finding;
  const marks = mark ? { ...known.marks, [mark.by]: mark.says } : known.marks;
  return { ...known, marks, hint: hint ?? known.hint };
}

async function wake(finding: Finding, known: KnownPage, memory: PageMemory, now: Date): Promise<KnownPage[]> {
  const last = await lastPageOf(known, memory);
  const isItself = last.url === known.url;
  const due = { ...(isItself ? marked(finding, known) : last), dueAt: now, urgency: 2 as const };
  return isItself ? [due] : [marked(finding, known), due];
}

type Change = 'changed' | 'first-said' | 'same';

/** A kind of list that says something of a page for the first time says nothing new. */
function changeOf({ mark, holds }: Finding, known: KnownPage): Change {
  if (holds !== undefined && !known.items.includes(holds)) return 'changed';
  if (mark === undefined || known.marks[mark.by] === mark.says) return 'same';
  return known.marks[mark.by] === undefined ? 'first-said' : 'changed';
}

/**
 * What is to be kept in mind of the pages that a page tells of. New ones are due at once, changed ones at the end of what we
 * know of their thread. Links into the past are followed only while the last thing before them is news.
 */
export async function follow(
  findings: readonly Finding[],
  memory: PageMemory,
  now: Date,
  urgency: 0 | 1 | 2,
  isPageNews: boolean,
): Promise<Followed> {
  const known = await memory.get(findings.map(({ url }) => url));
  const pages: KnownPage[] = [];
  let hasNews = false;
  let isLastNews = isPageNews;
  for (const finding of findings) {
    const page = known.get(finding.url);
    if (page) {
      const change = changeOf(finding, page);
      if (change === 'changed') pages.push(...(await wake(finding, page, memory, now)));
      if (change === 'first-said') pages.push(marked(finding, page));
      if (!finding.behind && finding.mark !== undefined) isLastNews = change === 'changed';
      hasNews ||= change === 'changed';
    } else if (!finding.behind || isLastNews) {
      pages.push(newPage(finding, now, finding.behind ? 0 : urgency));
      if (!finding.behind) isLastNews = true;
      hasNews ||= !finding.behind;
    } else continue;
    if (page && finding.behind && isLastNews) pages.push({ ...page, dueAt: now, urgency: 0 });
  }
  return { pages: mergePages(pages), hasNews };
}

/** The last word on each address. */
function mergePages(pages: readonly KnownPage[]): KnownPage[] {
  return [...new Map(pages.map((page) => [page.url, page])).values()];
}

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

async function wake(finding: Finding, known: KnownPage, memory: PageMemory, now: Date): Promise<KnownPage[]> {
  const marked = { ...known, mark: finding.mark ?? known.mark, hint: finding.hint ?? known.hint };
  const last = await lastPageOf(known, memory);
  const due = { ...(last.url === known.url ? marked : last), dueAt: now, urgency: 2 as const };
  return last.url === known.url ? [due] : [marked, due];
}

function isChanged(finding: Finding, known: KnownPage): boolean {
  return finding.mark !== undefined && finding.mark !== '' && finding.mark !== known.mark;
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
      const changed = isChanged(finding, page);
      if (changed) pages.push(...(await wake(finding, page, memory, now)));
      if (!finding.behind && finding.mark !== undefined) isLastNews = changed;
      hasNews ||= changed;
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

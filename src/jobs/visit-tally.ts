import type { SourceId } from '../model/ids.ts';
import type { CrawlBatch, CrawlContext, Page } from '../model/ports.ts';
import type { Db } from '../store/db.ts';
import { type KeptPage, keepPage } from '../store/kept-pages.ts';
import { addVisit } from '../store/source-visits.ts';

/** Counts what a visit reads, to judge the source by later. */
export interface VisitTally {
  watch(fetch: CrawlContext['fetch']): CrawlContext['fetch'];
  count(batch: CrawlBatch, stored: number): void;
  /** Stores the counts; `error` is the code of what went wrong. */
  save(db: Db, id: SourceId, at: Date, error: string | null): Promise<void>;
}

type Role = KeptPage['role'];

export function createVisitTally(): VisitTally {
  const sums = { pages: 0, lists: 0, links: 0, documents: 0, stored: 0, withAuthor: 0, withDate: 0 };
  const good = new Map<Role, Page>();
  const bad = new Map<Role, Page>();
  let last: Page | undefined;

  function countPage({ role, links }: NonNullable<CrawlBatch['read']>, documents: number): void {
    sums.pages += 1;
    if (role === 'list') {
      sums.lists += 1;
      sums.links += links;
    }
    if (!last) return;
    const isGood = links + documents > 0;
    if (isGood) good.set(role, last);
    else if (!bad.has(role)) bad.set(role, last);
  }

  return {
    watch: (fetch) => async (url, validators) => {
      const page = await fetch(url, validators);
      last = page ?? undefined;
      return page;
    },
    count: ({ documents, read }, stored) => {
      // A crawler that tells nothing of its pages is taken by what it brings.
      if (read) countPage(read, documents.length);
      else if (documents.length > 0) countPage({ role: 'content', links: 0 }, documents.length);
      sums.documents += documents.length;
      sums.stored += stored;
      sums.withAuthor += documents.filter(({ author, guestName }) => author ?? guestName).length;
      sums.withDate += documents.filter(({ publishedAt }) => publishedAt).length;
    },
    save: async (db, id, at, error) => {
      await addVisit(db, id, { ...sums, at, error });
      for (const role of ['list', 'content'] as const) {
        const page = good.get(role) ?? bad.get(role);
        if (page)
          await keepPage(db, id, { role, isGood: good.has(role), url: page.url, at, text: page.text });
      }
    },
  };
}

import type { KnownPage, PageMemory } from '../model/ports.ts';

export interface LocalPageMemory extends PageMemory {
  save(pages: readonly KnownPage[]): void;
}

function byUrgency(a: KnownPage, b: KnownPage): number {
  return b.urgency - a.urgency || Number(a.dueAt) - Number(b.dueAt) || a.number - b.number;
}

/** A memory that ends with the process: for previews, in which nothing is stored. */
export function createPageMemory(): LocalPageMemory {
  const pages = new Map<string, KnownPage>();
  const all = () => [...pages.values()];
  return {
    save: (changed) => {
      for (const page of changed) pages.set(page.url, page);
    },
    get: async (urls) => new Map(urls.flatMap((url) => pages.get(url) ?? []).map((page) => [page.url, page])),
    lists: async () => all().filter(({ role, number }) => role === 'list' && number === 1),
    ofThread: async (thread) =>
      all()
        .filter((page) => thread !== '' && page.thread === thread)
        .sort((a, b) => a.number - b.number),
    due: async (now, limit) =>
      all()
        .filter(({ dueAt }) => dueAt !== null && dueAt <= now)
        .sort(byUrgency)
        .slice(0, limit),
    health: async (since) => {
      const looked = all().filter(
        ({ role, fetchedAt, doubts }) =>
          role === 'content' && (doubts > 0 || (fetchedAt !== null && fetchedAt >= since)),
      );
      return { looked: looked.length, doubted: looked.filter(({ doubts }) => doubts > 0).length };
    },
  };
}

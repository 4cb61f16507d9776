import { type Read, readers } from '../src/extract/readers.ts';
import type { CrawlContext } from '../src/model/ports.ts';

type AnyReader = (...args: readonly unknown[]) => unknown;

/** The readers of pages and feeds: in another thread with a deadline where the context offers that, else here. */
export function readingBy({ read }: Pick<CrawlContext, 'read'>): Read {
  const here = readers as unknown as Record<string, AnyReader>;
  const by = read ?? (async (name: string, args: readonly unknown[]) => here[name]?.(...args));
  return ((name: string, ...args: unknown[]) => by(name, args)) as Read;
}

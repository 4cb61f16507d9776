import type { CrawlContext } from '../model/ports.ts';
import type { Read } from './readers.ts';

type AnyReader = (...args: readonly unknown[]) => unknown;

/** Loaded when they are used: where threads read, this one never needs their parsers. */
async function readHere(name: string, args: readonly unknown[]): Promise<unknown> {
  const { readers } = await import('./readers.ts');
  return (readers as unknown as Record<string, AnyReader>)[name]?.(...args);
}

/** The readers of pages and feeds: in another thread with a deadline where the context offers that, else here. */
export function readingBy({ read }: { read?: CrawlContext['read'] | undefined }): Read {
  const by = read ?? readHere;
  return ((name: string, ...args: unknown[]) => by(name, args)) as Read;
}

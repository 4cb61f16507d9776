import type { AccountHistory } from './decide.ts';

/** What is known of accounts from earlier posts and from people's decisions. */
export interface AccountBook {
  historyOf(authorId: string): AccountHistory;
  /** A person said it is he, or a strong sign of a post did. */
  bind(authorId: string, customerId: string): void;
  /** A person said it is not he. */
  reject(authorId: string, customerId: string): void;
}

const NONE: ReadonlySet<string> = new Set();

/** A book in memory, for files. */
export function createAccountBook(): AccountBook {
  const bound = new Map<string, string>();
  const rejected = new Map<string, Set<string>>();
  return {
    historyOf: (authorId) => ({
      bound: bound.get(authorId) ?? null,
      rejected: rejected.get(authorId) ?? NONE,
    }),
    bind(authorId, customerId) {
      bound.set(authorId, customerId);
      rejected.get(authorId)?.delete(customerId);
    },
    reject(authorId, customerId) {
      if (bound.get(authorId) === customerId) bound.delete(authorId);
      const known = rejected.get(authorId);
      if (known) known.add(customerId);
      else rejected.set(authorId, new Set([customerId]));
    },
  };
}

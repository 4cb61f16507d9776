import type { Author } from '../model/document.ts';

/** Where a site has no accounts, the handle is only the name that was typed: every «Анна» there has it. */
export const isOnlyNamed = ({
  handle,
  name,
  profileUrl,
}: Pick<Author, 'handle' | 'name' | 'profileUrl'>): boolean => handle === name && profileUrl === null;

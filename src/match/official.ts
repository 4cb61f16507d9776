import type { Author } from '../model/document.ts';
import { normaliseHandle } from './identifiers.ts';

/** As much of an author as tells which account it is. */
export type Account = Pick<Author, 'site' | 'handle' | 'profileUrl'>;

/** Is an account one of these? Each is named as `site/handle`, or by the address of its profile. */
export function createOfficial(accounts: readonly string[]): (author: Account) => boolean {
  const known = new Set(accounts.flatMap(namesOf));
  if (known.size === 0) return () => false;
  const isKnown = (name: string): boolean => known.has(normaliseHandle(name) ?? '');
  return ({ site, handle, profileUrl }) =>
    isKnown(`${site}/${handle}`) || (profileUrl !== null && isKnown(profileUrl));
}

/** The address as it stands, and without what stands between: profiles lie at `habr.com/users/romashka`. */
function namesOf(account: string): string[] {
  const whole = normaliseHandle(account);
  if (whole === null || !whole.includes('/')) return [];
  const parts = whole.split('/');
  return [whole, `${parts[0]}/${parts.at(-1)}`];
}

import type { IdentityLink } from '../model/customer.ts';

/** The customer the author certainly is, or null: a confirmed link goes before the matcher's, two of a kind mean none. */
export function certainLink(links: readonly IdentityLink[]): IdentityLink | null {
  const confirmed = links.filter((link) => link.state === 'confirmed');
  const strongest = confirmed.length > 0 ? confirmed : links.filter((link) => link.state === 'linked');
  return strongest.length === 1 ? (strongest[0] ?? null) : null;
}

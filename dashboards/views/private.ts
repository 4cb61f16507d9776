import { withoutPrivate } from '../../src/lib/private/mask.ts';
import type { PrivateKind } from '../../src/model/entity.ts';
import { hasRole, type Viewer } from '../auth/session.ts';

/** What staff need to find a customer and an order. Card numbers nobody needs. */
const FOR_STAFF: readonly PrivateKind[] = ['email', 'phone', 'order', 'account'];

/** Text of a document as this viewer may see it, of the same length: card numbers are masked for all, the rest for the role `viewer`. */
export function shownText({ user }: Pick<Viewer, 'user'>, text: string): string {
  return withoutPrivate(text, { keep: hasRole(user, 'pr') ? FOR_STAFF : [] });
}

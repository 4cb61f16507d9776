import { withoutPrivate } from '../../src/lib/private/mask.ts';
import type { PrivateKind } from '../../src/model/entity.ts';
import { hasRight, type Viewer } from '../auth/session.ts';

/** What staff need to find a customer and an order. Card numbers nobody needs. */
export const FOR_STAFF: readonly PrivateKind[] = ['email', 'phone', 'order', 'account'];

/** Text of a document as this viewer may see it, of the same length: card numbers are masked for all, the rest for those who may not see contacts. */
export function shownText({ user }: Pick<Viewer, 'user'>, text: string): string {
  return withoutPrivate(text, { keep: hasRight(user, 'customers:unmask') ? FOR_STAFF : [] });
}

import { z } from 'zod';
import type { SavedViewId, UserId } from './ids.ts';

/** Of the mentions page, as browsers write it: `/mentions?q=…&topic=…`. Nothing else, or a link or a form would lead elsewhere. */
export const searchAddressSchema = z
  .string()
  .max(16_000)
  .regex(/^\/mentions(\?[!$-~]*)?$/);

/** What people keep of a search, as they send it. */
export const savedViewSchema = z.object({
  name: z.string().trim().min(1).max(80),
  address: searchAddressSchema,
  isShared: z.boolean(),
});

export interface SavedView {
  id: SavedViewId;
  ownerId: UserId;
  ownerName: string;
  name: string;
  /** Path and query string of the mentions page. */
  address: string;
  /** Seen by everybody; else by its owner alone. */
  isShared: boolean;
  createdAt: Date;
}

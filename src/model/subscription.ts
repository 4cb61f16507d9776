/** What an endpoint can be told of. `complaints` is the whole of a case's way: opened, updated, withdrawn. */
export const SUBSCRIBED = [
  'complaints',
  'case.changed',
  'mention.created',
  'mention.updated',
  'customer.matched',
  'source.failing',
] as const;
export type Subscribed = (typeof SUBSCRIBED)[number];

/** What one endpoint wants to hear. */
export interface Subscription {
  /** Of the configuration. */
  key: string;
  events: readonly Subscribed[];
  /** A condition in the query language; it is asked of each mention. null: all. */
  filter: string | null;
  /** Whose days `published:today` means. */
  zone: string;
}

import type { Span } from './tag.ts';

/** What a name is the name of. */
export const NAMED_KINDS = ['person', 'organisation', 'place', 'product'] as const;
/** What belongs to one person or one purchase: masked in everything that leaves the store. */
export const PRIVATE_KINDS = ['email', 'phone', 'card', 'account', 'order'] as const;
export const ENTITY_KINDS = [...NAMED_KINDS, ...PRIVATE_KINDS, 'link', 'hashtag'] as const;

export type NamedKind = (typeof NAMED_KINDS)[number];
export type PrivateKind = (typeof PRIVATE_KINDS)[number];
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** A person, a firm, a place, a number … that a document speaks of, with every place where it does. */
export interface Entity {
  kind: EntityKind;
  /**
   * Names in the nominative («с Ивановой Марией» → «Иванова Мария»), links and hashtags as they are compared (without tracking,
   * in lower case). Private ones masked: a tag is read by more people than the text.
   */
  name: string;
  /** The gender of a person whose name tells it. */
  gender?: 'female' | 'male';
  /** In the order of the text, at least one. */
  spans: Span[];
}

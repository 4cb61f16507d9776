import type { Place } from './finder.ts';

/** Patterns over path and query of an address; the first group is the site's id. */
export interface Addresses {
  thread: readonly RegExp[];
  board: readonly RegExp[];
  post: readonly RegExp[];
}

/** Where an engine's default themes keep what; a list is tried in order. */
export interface PostMarkup {
  /** The blocks that hold one post each. */
  post: string;
  /** Where the id stands, and the pattern whose first group it is. */
  id: readonly (readonly [Place, RegExp])[];
  author: readonly Place[];
  /** When not the link that names the author. */
  profile?: readonly Place[];
  about?: string;
  /** What `about` must start with where no class tells it from its neighbours; it is cut off. */
  aboutLead?: RegExp;
  date: readonly string[];
  edited?: readonly string[];
  body: readonly string[];
  /** Others' words within the body. */
  quotes: string;
  /** Captions, buttons and notes within the body: neither own words nor quoted ones. */
  furniture?: string;
  quoteAuthor?: readonly Place[];
  quoteId?: readonly Place[];
  /** What the post answers, when that stands outside of its body. */
  replyTo?: readonly Place[];
  /** The answered post's id, when the place of `replyTo` neither has it nor links it. */
  replyId?: readonly (readonly [Place, RegExp])[];
  likes?: readonly Place[];
  /** Marks of a post that was taken away: the post itself or something in it. */
  deleted?: string;
  permalink?: readonly string[];
  /** When no link has it. */
  makePermalink?: (id: string, threadUrl: string) => string;
}

export interface EngineMarkup {
  kind: string;
  name: string;
  /** What is seen of the engine on a page, and how sure it makes, 0…1. */
  signs: readonly (readonly [selector: string, weight: number])[];
  posts: PostMarkup;
  title: readonly string[];
  addresses: Addresses;
  /** Takes the page's number out of a thread's address. */
  firstPage: readonly (readonly [RegExp, string])[];
  /** Link to the next page, before the general rules. */
  next?: string;
}

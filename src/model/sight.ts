import type { TopicId } from './ids.ts';

/** What somebody in a team may see: what is about these topics, and what is his own. */
export interface Sight {
  topics: readonly { id: TopicId; key: string }[];
  /** As the audit names him. */
  email: string;
}

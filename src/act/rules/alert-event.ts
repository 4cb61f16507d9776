import type { MentionPayload } from '../mention-event.ts';

/** One mention; several that came faster than a rule may alert. */
export const ALERT_EVENTS = { one: 'mention.alerted', many: 'mentions.alerted' } as const;

interface RulePart {
  key: string;
  name: string;
  link: string;
}

/** What leaves the house as `mention.alerted`. */
export interface AlertPayload extends MentionPayload {
  rule: RulePart;
}

/** What leaves the house as `mentions.alerted`. */
export interface AlertsPayload {
  rule: RulePart;
  /** The hour in which they were found. */
  from: string;
  to: string;
  count: number;
  /** The newest of them, at most 25. */
  mentions: {
    id: number;
    link: string;
    topic: { key: string; name: string };
    url: string;
    title: string | null;
  }[];
}

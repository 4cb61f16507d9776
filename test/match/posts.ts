import type { AccountHistory } from '../../src/match/decide.ts';
import type { MatchPost } from '../../src/match/post.ts';

export const NO_HISTORY: AccountHistory = { bound: null, rejected: new Set() };

/** A post of somebody of whom nothing is known but what is given. */
export function matchPost(given: Partial<MatchPost> = {}): MatchPost {
  return {
    id: 'm1',
    platform: 'forum.example',
    authorId: 'a1',
    displayName: 'пельмень-84',
    handle: null,
    bio: null,
    city: null,
    links: [],
    text: 'Опять не привезли',
    publishedAt: new Date('2026-11-29T10:00:00Z'),
    ...given,
  };
}

import type { TalkOf } from '../../act/digest/collect-news.ts';
import type { Morphology } from '../../model/ports.ts';
import type { Talk } from '../../model/talk.ts';
import { readTalk } from './read-talk.ts';

/** For digests that are written together: many recipients ask about the same topics and the same day. */
export function createDigestTalk(morphology: Morphology): TalkOf {
  const known = new Map<string, Talk>();
  return async (db, { id, name }, { from, to }) => {
    const key = JSON.stringify([id, from, to]);
    const talk =
      known.get(key) ?? (await readTalk(db, morphology, { topic: { id, name }, from, to, by: 'found' }));
    known.set(key, talk);
    return talk;
  };
}

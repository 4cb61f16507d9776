import type { Talk } from '../../model/talk.ts';
import type { JobDeps } from '../deps.ts';
import { readTalk, type TalkAsk } from './read-talk.ts';

const KEPT_MS = 2 * 60_000;
const KEPT = 30;

interface Kept {
  until: number;
  talk: Promise<Talk>;
}

/** Worked out when asked for and kept for two minutes: who goes back and forth between pages waits once. One at a time. */
export function createTalkDesk({
  db,
  clock,
  resources,
}: Pick<JobDeps, 'db' | 'clock' | 'resources'>): (ask: TalkAsk) => Promise<Talk> {
  const kept = new Map<string, Kept>();
  let last: Promise<unknown> = Promise.resolve();
  return ({ topic, from, to, by }) => {
    const now = clock.now().getTime();
    const key = JSON.stringify([topic.id, topic.name, from, to, by]);
    const known = kept.get(key);
    if (known && known.until > now) return known.talk;
    const talk = last.then(() => readTalk(db, resources.morphology, { topic, from, to, by }));
    last = talk.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { until: now + KEPT_MS, talk });
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return talk;
  };
}

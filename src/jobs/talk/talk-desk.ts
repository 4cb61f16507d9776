import type { TalkAt } from '../../model/talk.ts';
import type { JobDeps } from '../deps.ts';
import { readTalk, type TalkAsk } from './read-talk.ts';

/** So long it is as good as new. */
const NEW_MS = 2 * 60_000;
/** So long it is better than to wait: it is shown, and worked out anew meanwhile. */
const KEPT_MS = 60 * 60_000;
const KEPT = 30;

/** Worked out when asked for, one at a time, and kept for an hour: who goes back and forth between pages waits once. */
export function createTalkDesk({
  db,
  clock,
  resources,
}: Pick<JobDeps, 'db' | 'clock' | 'resources'>): (ask: TalkAsk) => Promise<TalkAt> {
  const kept = new Map<string, TalkAt>();
  const running = new Map<string, Promise<TalkAt>>();
  let last: Promise<unknown> = Promise.resolve();

  const keep = (key: string, talk: TalkAt): TalkAt => {
    kept.delete(key);
    kept.set(key, talk);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return talk;
  };
  const workOut = (key: string, ask: TalkAsk, at: Date): Promise<TalkAt> => {
    const work = last
      .then(() => readTalk(db, resources.morphology, ask))
      .then((talk) => keep(key, { ...talk, at }))
      .finally(() => running.delete(key));
    last = work.catch(() => undefined);
    running.set(key, work);
    return work;
  };
  return async (ask) => {
    const now = clock.now();
    const key = JSON.stringify([ask.topic.id, ask.topic.name, ask.from, ask.to, ask.by]);
    const known = kept.get(key);
    const age = known ? now.getTime() - known.at.getTime() : Number.POSITIVE_INFINITY;
    if (known && age < NEW_MS) return known;
    const work = running.get(key) ?? workOut(key, ask, now);
    return known && age < KEPT_MS ? known : work;
  };
}

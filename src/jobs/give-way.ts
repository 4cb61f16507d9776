import type { JobDeps } from './deps.ts';

const LOOK_EVERY_MS = 250;
/** Even where new posts never end, the past gets on. */
const LOOKS = 40;
const REST_AT_MOST_MS = 2000;

/** New posts go first: waits while any is still to be understood or acted on, for ten seconds at most. */
export async function giveWay({ queue, clock }: Pick<JobDeps, 'queue' | 'clock'>): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const { understand, act } = await queue.backlog();
    if (understand + act === 0) return;
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** As long as the work took: the other half of the time belongs to everything else. */
export async function rest({ clock }: Pick<JobDeps, 'clock'>, startedAt: Date): Promise<void> {
  const tookMs = clock.now().getTime() - startedAt.getTime();
  await clock.sleep(Math.min(REST_AT_MOST_MS, tookMs));
}

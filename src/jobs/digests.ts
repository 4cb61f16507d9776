import type { DigestEdges } from '../act/digest/collect.ts';
import { digestPeriod, nextDigestAt } from '../act/digest/schedule.ts';
import { issueDigest, scheduleOf } from '../act/digest/send.ts';
import { lockDueRecipient, scheduleRecipient } from '../store/digests.ts';
import type { JobDeps } from './deps.ts';
import { createDigestTalk } from './talk/digest-talk.ts';

/** For digests that are written together. */
export function digestEdges(deps: Pick<JobDeps, 'casePolicy' | 'resources' | 'vault'>): DigestEdges {
  const { dashboardUrl } = deps.casePolicy;
  return { dashboardUrl, talkOf: createDigestTalk(deps.resources.morphology), sign: deps.vault.hash };
}

/** Writes one recipient's digest and sets the next time, in one transaction. Returns who it was, or null when nobody is due. */
function issueNext(
  deps: JobDeps,
  edges: DigestEdges,
  except: readonly string[],
  onLocked: (key: string) => void,
): Promise<string | null> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const recipient = await lockDueRecipient(tx, now, except);
    if (!recipient) return null;
    onLocked(recipient.key);
    const settings = scheduleOf(recipient);
    await issueDigest(tx, recipient, digestPeriod(settings, now), edges, { now, mayBeSilent: true });
    await scheduleRecipient(tx, recipient.key, nextDigestAt(settings, now));
    return recipient.key;
  });
}

/** Writes every digest whose time has come. One that fails is left for the next tick and does not hold up the others. */
export async function issueDueDigests(deps: JobDeps): Promise<number> {
  const tried: string[] = [];
  const edges = digestEdges(deps);
  let issued = 0;
  for (;;) {
    const before = tried.length;
    try {
      if ((await issueNext(deps, edges, tried, (key) => tried.push(key))) === null) return issued;
      issued += 1;
    } catch (error) {
      if (tried.length === before) throw error;
      deps.log.error(
        { err: error, recipient: tried.length },
        'a digest could not be written, it is tried again',
      );
    }
  }
}

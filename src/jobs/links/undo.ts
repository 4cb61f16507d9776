import type { AuthorId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { beginAct, CERTAIN, changeLink, isOvertaken, type LinkEvent, lockAct } from '../../store/links.ts';
import { actAgainOn, endLink, type LinkDeps, settle } from './decide.ts';

/** overtaken: one of the links has been changed since, or this was taken back before. unknown: there was no such act. */
export type UndoOutcome = 'done' | 'overtaken' | 'unknown';

const wasCertain = (link: LinkEvent['before']): boolean => link !== null && CERTAIN.includes(link.state);

/**
 * Makes all links of an act what they were before it. Cases that only it had opened are withdrawn; those that it had withdrawn are opened anew,
 * for the author's posts are acted on again.
 */
export async function undoLinkAct(
  tx: Db,
  deps: LinkDeps,
  { act: number, actor }: { act: number; actor: string },
): Promise<UndoOutcome> {
  const events = await lockAct(tx, number);
  if (events.length === 0) return 'unknown';
  if (await isOvertaken(tx, number)) return 'overtaken';
  const authors = new Set<AuthorId>(events.map(({ authorId }) => authorId));
  for (const author of authors) await actAgainOn(tx, deps, author);
  const act = await beginAct(tx, actor, deps.clock.now(), number);
  for (const { authorId, customerId, before, after } of events.toReversed()) {
    await changeLink(tx, act, authorId, customerId, before);
    if (wasCertain(after) && !wasCertain(before))
      await endLink(tx, deps, authorId, [customerId], before?.state ?? null);
  }
  for (const author of authors) await settle(tx, deps, author);
  return 'done';
}

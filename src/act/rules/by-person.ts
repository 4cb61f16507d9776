import type { MentionId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { lockMentionState, type MentionState, saveMentionStates } from '../../store/decisions.ts';
import { touchDocuments } from '../../store/progress.ts';
import { grant, isSo, type Wish } from './decide.ts';

export interface PersonsChange {
  state: MentionState;
  /** What was not so before. */
  changed: Wish[];
}

/**
 * What a person decides about a mention goes before every rule, and is kept when the document is understood again. null: there is no
 * such mention.
 */
export async function decideByPerson(
  tx: Db,
  id: MentionId,
  wishesOf: (state: MentionState) => Wish[],
  person: string,
  now: Date,
): Promise<PersonsChange | null> {
  const state = await lockMentionState(tx, id);
  if (!state) return null;
  const changed = wishesOf(state).filter((wish) => !isSo(state, wish));
  for (const wish of changed) grant(state, wish, { person, at: now.toISOString() });
  if (changed.length > 0) {
    await saveMentionStates(tx, [state]);
    await touchDocuments(tx, [state.documentId], now);
  }
  return { state, changed };
}

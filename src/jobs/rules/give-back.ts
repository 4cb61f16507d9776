import type { DocumentId } from '../../model/ids.ts';
import { asksFields } from '../../query/ast.ts';
import type { Db } from '../../store/db.ts';
import { lockMentionStates, type MentionState, saveMentionStates } from '../../store/decisions.ts';
import type { JobDeps } from '../deps.ts';
import { knownDocuments } from '../known-facts.ts';
import { judgeMentions } from './judge.ts';
import type { ReadyRule } from './read-rule.ts';

/** Conditions on what people correct about a post as such. */
const CORRECTED = ['intent', 'sure', 'complaint'];

function hiddenBy(state: MentionState, rules: readonly ReadyRule[]): ReadyRule | undefined {
  const { basket } = state.decided;
  if (state.basketAt === null || !basket || !('rule' in basket)) return undefined;
  return rules.find(({ key, query }) => key === basket.rule && asksFields(query, CORRECTED));
}

function outOfBasket(state: MentionState): MentionState {
  const { basket: _, ...decided } = state.decided;
  return { ...state, basketAt: null, decided };
}

/**
 * After a person's word, or its undoing: what a rule has hidden for what the post was taken for comes out of the basket, when the rule is
 * not met any more. By no decision: rules may hide it again for another reason.
 */
export async function giveBack(
  tx: Db,
  { clock, resources, rules }: Pick<JobDeps, 'clock' | 'resources' | 'rules'>,
  documentId: DocumentId,
): Promise<void> {
  const compiled = await rules.current(tx);
  const states = await lockMentionStates(tx, [documentId]);
  const hiding = new Map(states.map((state) => [state.id, hiddenBy(state, compiled.rules)]));
  const hidden = states.filter(({ id }) => hiding.get(id));
  if (hidden.length === 0) return;
  const now = clock.now();
  const document = (await knownDocuments(tx, resources, [documentId], { now })).get(documentId);
  if (!document) return;
  const isMeant = (rule: ReadyRule, { id }: MentionState): boolean => hiding.get(id) === rule;
  const judged = judgeMentions(compiled, document, hidden, isMeant, now);
  const free = judged.filter(({ fired }) => fired.length === 0).map(({ state }) => outOfBasket(state));
  await saveMentionStates(tx, free);
}

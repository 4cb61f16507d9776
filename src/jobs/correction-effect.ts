import type { Correction } from '../model/correction.ts';
import type { DocumentId } from '../model/ids.ts';
import type { Complaint, Sentiment, Tag } from '../model/tag.ts';
import { correctionsInForce } from '../store/corrections.ts';
import type { Db } from '../store/db.ts';
import { lockMentionStates, type MentionState, saveMentionStates } from '../store/decisions.ts';
import { saveComplaint, saveTagValue } from '../store/mentions.ts';
import { reopenActing, touchDocuments } from '../store/progress.ts';
import { findTopicByKey } from '../store/topics.ts';
import { applyCorrections } from '../understand/corrections.ts';
import { ASKED_BY_TOPICS } from './asked-by-topics.ts';
import type { JobDeps } from './deps.ts';
import { giveBack } from './rules/give-back.ts';

interface Effect {
  documentId: DocumentId;
  kind: string;
  target: string;
  version: string;
  /** What the tagger says. */
  tagger: unknown;
  /** A rule's tone that is back when nobody's word counts any more. */
  standing?: Correction['standing'];
}

/** The person's tone, else the rule's that was there before, else the taggers'. */
function tonedState(state: MentionState, tag: Tag, standing: Correction['standing']): MentionState {
  const tagger = (tag.corrected?.tagger ?? tag.value) as Sentiment;
  const { tone: _, ...others } = state.decided;
  if (tag.corrected) {
    const tone = { person: tag.corrected.by, at: tag.corrected.at };
    const sentiment = tag.value as Sentiment;
    return { ...state, sentiment, taggerSentiment: tagger, decided: { ...others, tone } };
  }
  if (!standing) return { ...state, sentiment: tagger, taggerSentiment: null, decided: others };
  const { value, decision } = standing;
  return {
    ...state,
    sentiment: value,
    taggerSentiment: tagger,
    decided: { ...others, tone: decision },
  };
}

async function correctMention(tx: Db, documentId: DocumentId, tag: Tag, effect: Effect): Promise<void> {
  const topic = await findTopicByKey(tx, effect.target);
  const state = (await lockMentionStates(tx, [documentId])).find(({ topicId }) => topicId === topic?.id);
  if (!state) return;
  if (tag.kind === 'sentiment')
    await saveMentionStates(tx, [tonedState(state, tag, effect.standing ?? null)]);
  if (tag.kind === 'complaint') await saveComplaint(tx, state.id, tag.value as Complaint);
}

/**
 * The tag and the mention become what counts now; index, rules and cases follow. Where topics may find it otherwise, it is
 * understood again.
 */
export async function takeEffect(
  tx: Db,
  deps: Pick<JobDeps, 'clock' | 'queue' | 'resources' | 'rules'>,
  effect: Effect,
): Promise<void> {
  const { clock, queue } = deps;
  const { documentId, kind, target, version, tagger } = effect;
  const made: Tag = { kind, target, version, value: tagger, spans: [] };
  const [tag = made] = applyCorrections([made], await correctionsInForce(tx, [documentId]));
  await saveTagValue(tx, documentId, tag);
  if (target !== '') await correctMention(tx, documentId, tag, effect);
  await giveBack(tx, deps, documentId);
  await touchDocuments(tx, [documentId], clock.now());
  await reopenActing(tx, [documentId]);
  await queue.send(tx, ASKED_BY_TOPICS.has(kind) ? 'understand' : 'act', { documentIds: [documentId] });
}

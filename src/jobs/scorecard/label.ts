import type { CorrectionOutcome } from '../../model/correction.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { LabelOutcome, LabelRequest, MachineWord } from '../../model/scorecard.ts';
import { type Complaint, findTag, type Sentiment, type Tag } from '../../model/tag.ts';
import type { Db } from '../../store/db.ts';
import { listMentions, listTags } from '../../store/mentions.ts';
import { lockDocuments } from '../../store/progress.ts';
import { getItem, lockItem, saveLabel } from '../../store/scorecard-items.ts';
import { findTopicByKey } from '../../store/topics.ts';
import { taggersValue } from '../../understand/corrections.ts';
import { correct } from '../correct.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'clock' | 'queue' | 'resources' | 'rules'>;

function told<Value>(tag: Tag | undefined, fallback: Value): { value: Value; version: string } {
  return tag ? { value: taggersValue(tag) as Value, version: tag.version } : { value: fallback, version: '' };
}

/** What the taggers say of a mention at the moment, whoever has corrected it; null when it is none any more. */
async function machineWord(tx: Db, document: DocumentId, key: string): Promise<MachineWord | null> {
  const topic = await findTopicByKey(tx, key);
  const mention = (await listMentions(tx, [document])).find(({ topicId }) => topicId === topic?.id);
  if (!mention) return null;
  const tags = await listTags(tx, document);
  const { taggerSentiment, sentiment, complaint: ofMention } = mention;
  const tone = told<Sentiment>(findTag(tags, 'sentiment', key), taggerSentiment ?? sentiment);
  const complaint = told<Complaint>(findTag(tags, 'complaint', key), ofMention);
  return {
    tone: tone.value.label,
    toneVersion: tone.version,
    complaint: complaint.value.isComplaint,
    complaintVersion: complaint.version,
  };
}

/** One after the other: the second is asked only when the first has found the text as it was read. */
async function correctBoth(
  tx: Db,
  deps: Deps,
  documentId: DocumentId,
  target: string,
  { revision, tone, complaint, by }: LabelRequest,
): Promise<CorrectionOutcome> {
  const about = { documentId, revision, target, by };
  const outcome = await correct(tx, deps, { ...about, kind: 'sentiment', said: { label: tone } });
  if (outcome !== 'done' && outcome !== 'same') return outcome;
  return correct(tx, deps, { ...about, kind: 'complaint', said: { isComplaint: complaint } });
}

/**
 * A person says how a mention is meant, without having seen what the taggers say. It counts as a correction from now on, and is kept with the
 * taggers' word of this moment, by which they are measured.
 */
export async function labelItem(tx: Db, deps: Deps, request: LabelRequest): Promise<LabelOutcome> {
  const { item: id, by, isAgain } = request;
  const known = await getItem(tx, id);
  if (!known || known.documentId === null || known.topicKey === null) return 'gone';
  const { documentId, topicKey } = known;
  // First the document, as all do who change it or delete it.
  if ((await lockDocuments(tx, [documentId])).length === 0) return 'gone';
  const item = await lockItem(tx, id);
  if (!item) return 'gone';
  if (item.label && !isAgain) return 'known';
  const machine = await machineWord(tx, documentId, topicKey);
  if (!machine) return 'gone';
  const outcome = await correctBoth(tx, deps, documentId, topicKey, request);
  if (outcome !== 'done' && outcome !== 'same') return outcome === 'edited' ? 'edited' : 'gone';
  await saveLabel(tx, id, request, machine, { by, at: deps.clock.now() });
  return 'done';
}

import type { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import {
  addSaid,
  CORRECTABLE,
  type Correction,
  type CorrectionOutcome,
  type CorrectionRequest,
  type Said,
  sayable,
} from '../model/correction.ts';
import type { CorrectionId } from '../model/ids.ts';
import { type Complaint, findTag, type Sentiment, type Tag } from '../model/tag.ts';
import type { Topic } from '../model/topic.ts';
import { addCorrection, correctionsInForce, getCorrection, type InForce } from '../store/corrections.ts';
import type { Db } from '../store/db.ts';
import { lockMentionStates, type MentionState } from '../store/decisions.ts';
import { getDocument } from '../store/documents.ts';
import { listMentions, listTags } from '../store/mentions.ts';
import { lockDocuments } from '../store/progress.ts';
import { listTopics } from '../store/topics.ts';
import { taggersValue } from '../understand/corrections.ts';
import { takeEffect } from './correction-effect.ts';
import type { JobDeps } from './deps.ts';

type Deps = Pick<JobDeps, 'clock' | 'queue' | 'resources' | 'rules'>;

function bad(at: string, message: string): InputError {
  return new InputError([{ at, message }]);
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const [field] = issue.code === 'unrecognized_keys' ? issue.keys : issue.path;
  return String(field ?? 'said');
}

/** Throws InputError whose `at` names the field of the form. */
function checkSaid({ kind, target, said }: CorrectionRequest): void {
  const way = Object.hasOwn(CORRECTABLE, kind) ? CORRECTABLE[kind] : undefined;
  if (!way) throw bad('kind', `nobody can correct that; there are ${Object.keys(CORRECTABLE).join(', ')}`);
  if (target !== '' && !way.isTowardsTopics)
    throw bad('target', `${kind} is told of the whole post, not of a topic`);
  if (said === 'right') return;
  const read = way.said.safeParse(said);
  if (read.success) return;
  throw new InputError(read.error.issues.map((issue) => ({ at: fieldOf(issue), message: issue.message })));
}

/** What is to be corrected, with what stands around it; no one else changes it until the transaction ends. */
interface Subject {
  tag: Tag;
  /** Of the topic; undefined of the whole document. */
  state: MentionState | undefined;
  earlier: InForce | undefined;
  targets: Correction['targets'];
}

/** A mention whose topic does not match any more has no tags: there its own columns speak. */
function tagOfMention(kind: string, target: string, tone: Sentiment, complaint: Complaint): Tag | undefined {
  if (kind !== 'sentiment' && kind !== 'complaint') return undefined;
  return { kind, target, version: '', value: kind === 'sentiment' ? tone : complaint, spans: [] };
}

async function readSubject(tx: Db, { documentId, kind, target }: CorrectionRequest): Promise<Subject> {
  const topics = new Map((await listTopics(tx)).map((topic: Topic) => [topic.id, topic.key]));
  const states = await lockMentionStates(tx, [documentId]);
  const mentions = await listMentions(tx, [documentId]);
  const state = target === '' ? undefined : states.find(({ topicId }) => topics.get(topicId) === target);
  if (target !== '' && !state) throw bad('target', 'this topic is not named in the post');
  const own = mentions.find(({ id }) => id === state?.id);
  const tag =
    findTag(await listTags(tx, documentId), kind, target) ??
    (own && tagOfMention(kind, target, own.taggerSentiment ?? own.sentiment, own.complaint));
  if (!tag) throw bad('kind', `the post has no tag of the kind ${kind}`);
  const earlier = (await correctionsInForce(tx, [documentId])).find(
    (one) => one.kind === kind && one.target === target,
  );
  const targets = mentions.map(({ topicId, spans }) => ({ key: topics.get(topicId) ?? '', spans }));
  return { tag, state, earlier, targets };
}

/** A rule's tone that the correction replaces, or has replaced from the first. */
function standingOf({ tag, state, earlier }: Subject): Correction['standing'] {
  if (tag.kind !== 'sentiment' || !state) return null;
  const decision = state.decided.tone;
  if (decision && 'rule' in decision) return { value: state.sentiment, decision };
  return earlier?.standing ?? null;
}

function isSameWord(earlier: InForce | undefined, after: Said, by: string): boolean {
  const fields = Object.keys(after);
  return (
    earlier?.by === by &&
    fields.length === Object.keys(earlier.after).length &&
    fields.every((field) => earlier.after[field] === after[field])
  );
}

/**
 * A person says what a tag should have been, or that it is right. It is kept, counts from now on over what the taggers say, and what
 * follows from it is done: rules, cases, and for a language the topics. Throws InputError naming the field.
 */
export async function correct(tx: Db, deps: Deps, request: CorrectionRequest): Promise<CorrectionOutcome> {
  checkSaid(request);
  const { documentId, revision, kind, target, said, by } = request;
  const [state] = await lockDocuments(tx, [documentId]);
  const document = state && (await getDocument(tx, documentId));
  if (!document) return 'gone';
  if (state.revision !== revision || state.understood < revision) return 'edited';
  const subject = await readSubject(tx, request);
  const { tag, earlier, targets } = subject;
  const before = taggersValue(tag);
  const after = said === 'right' ? sayable(kind, before) : addSaid(earlier?.after ?? {}, said);
  if (isSameWord(earlier, after, by)) return 'same';
  await addCorrection(tx, {
    documentId,
    kind,
    target,
    revision,
    textHash: document.contentHash,
    version: tag.version,
    before,
    after,
    undoes: null,
    standing: standingOf(subject),
    targets,
    by,
    at: deps.clock.now(),
  });
  await takeEffect(tx, deps, { documentId, kind, target, version: tag.version, tagger: before });
  return 'done';
}

/** Takes a correction back, by a row of its own: the one before it counts again, or what taggers and rules say. */
export async function undoCorrection(
  tx: Db,
  deps: Deps,
  { id, by }: { id: CorrectionId; by: string },
): Promise<{ outcome: CorrectionOutcome; correction: Correction | null }> {
  const correction = await getCorrection(tx, id);
  if (!correction || correction.after === null) return { outcome: 'gone', correction: null };
  const { documentId, kind, target } = correction;
  await lockDocuments(tx, [documentId]);
  const stands = (await correctionsInForce(tx, [documentId])).some((one) => one.id === id);
  if (!stands) return { outcome: 'late', correction };
  const at = deps.clock.now();
  await addCorrection(tx, { ...correction, after: null, undoes: id, standing: null, by, at });
  const tag = findTag(await listTags(tx, documentId), kind, target);
  const tagger = tag ? taggersValue(tag) : correction.before;
  const { version, standing } = correction;
  await takeEffect(tx, deps, { documentId, kind, target, version, tagger, standing });
  return { outcome: 'done', correction };
}

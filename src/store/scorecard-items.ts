import type { DocumentId } from '../model/ids.ts';
import type { Label, MachineWord, Mistake, ScorecardCard, Stratum } from '../model/scorecard.ts';
import { type Db, json, queryOne } from './db.ts';
import { IS_THERE } from './scorecard-samples.ts';

const LABEL = `case when i.labelled_at is not null then jsonb_build_object('tone', i.tone, 'complaint', i.complaint) end`;

/** One of the newest sample that can be shown. */
export interface ItemState {
  id: number;
  isOpen: boolean;
}

/** Those of the newest sample that can be shown, in the order in which they are labelled. */
export function listItems(db: Db): Promise<ItemState[]> {
  return db.query<ItemState>(
    `select i.id, i.labelled_at is null and i.skipped_at is null as "isOpen" from scorecard_items i
     where i.sample_id = (select id from scorecard_samples order by period_to desc limit 1) and ${IS_THERE} order by i.position`,
  );
}

/** null: there is no such item, or nothing left of it. */
export function getScorecardCard(db: Db, id: number): Promise<ScorecardCard | null> {
  return queryOne<ScorecardCard>(
    db,
    `select i.id, d.id as "documentId", d.revision, d.title, d.text, m.spans, h.title as "threadTitle", t.name as "topicName", s.name as "sourceName",
       d.published_at as "publishedAt", ${LABEL} as label
     from scorecard_items i join documents d on d.id = i.document_id join sources s on s.id = d.source_id join topics t on t.id = i.topic_id
     join mentions m on m.document_id = i.document_id and m.topic_id = i.topic_id left join threads h on h.id = d.thread_id
     where i.id = $1`,
    [id],
  );
}

export interface LockedItem {
  id: number;
  documentId: DocumentId | null;
  topicKey: string | null;
  label: Label | null;
}

export function getItem(db: Db, id: number): Promise<LockedItem | null> {
  return readItem(db, id, '');
}

/** Nobody else changes it until the transaction ends. */
export function lockItem(tx: Db, id: number): Promise<LockedItem | null> {
  return readItem(tx, id, 'for update of i');
}

function readItem(db: Db, id: number, lock: string): Promise<LockedItem | null> {
  return queryOne<LockedItem>(
    db,
    `select i.id, i.document_id as "documentId", t.key as "topicKey", ${LABEL} as label
     from scorecard_items i left join topics t on t.id = i.topic_id where i.id = $1 ${lock}`,
    [id],
  );
}

/** What the taggers said stays as it was when the item was labelled first. */
export async function saveLabel(
  tx: Db,
  id: number,
  { tone, complaint }: Label,
  machine: MachineWord,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx.query(
    `update scorecard_items set tone = $2, complaint = $3, machine = coalesce(machine, $4::jsonb), by = $5, labelled_at = coalesce(labelled_at, $6),
       skipped_at = null where id = $1`,
    [id, tone, complaint, json(machine), by, at],
  );
}

/** False: it is labelled, or there is no such item. */
export async function saveSkip(db: Db, id: number, at: Date): Promise<boolean> {
  const rows = await db.query(
    'update scorecard_items set skipped_at = $2 where id = $1 and labelled_at is null returning id',
    [id, at],
  );
  return rows.length > 0;
}

/** A label, with what the weight of its mention follows from. */
export interface LabelRow {
  sampleId: number;
  from: Date;
  to: Date;
  stratum: number;
  language: string;
  sourceKind: string;
  mentions: number;
  label: Label;
  machine: MachineWord;
  at: Date;
}

/** Of periods that ended after `since`, the oldest first. */
export function listLabels(db: Db, since: Date): Promise<LabelRow[]> {
  return db.query<LabelRow>(
    `select i.sample_id as "sampleId", s.period_from as "from", s.period_to as "to", i.stratum, i.language, i.source_kind as "sourceKind", i.mentions,
       ${LABEL} as label, i.machine, i.labelled_at as at
     from scorecard_items i join scorecard_samples s on s.id = i.sample_id
     where i.labelled_at is not null and s.period_to > $1 order by s.period_to, i.position`,
    [since],
  );
}

/** Sample → what it was drawn of, of periods that ended after `since`. */
export async function readStrata(db: Db, since: Date): Promise<Map<number, Stratum[]>> {
  const rows = await db.query<{ id: number; strata: Stratum[] }>(
    'select id, strata from scorecard_samples where period_to > $1',
    [since],
  );
  return new Map(rows.map(({ id, strata }) => [id, strata]));
}

/** Labels that contradict the taggers, the newest first, of documents that are there. */
export function listMistakes(db: Db, limit: number): Promise<Mistake[]> {
  return db.query<Mistake>(
    `select d.id as "documentId", t.name as "topicName", d.title, d.text, m.spans, ${LABEL} as label, i.machine, i.labelled_at as at
     from scorecard_items i join documents d on d.id = i.document_id join topics t on t.id = i.topic_id
     join mentions m on m.document_id = i.document_id and m.topic_id = i.topic_id
     where i.labelled_at is not null and ((i.tone <> 'unsure' and i.tone <> i.machine->>'tone') or i.complaint <> (i.machine->>'complaint')::boolean)
     order by i.labelled_at desc, i.id desc limit $1`,
    [limit],
  );
}

import type { Correction, Said } from '../model/correction.ts';
import type { CorrectionId, DocumentId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `c.id, c.document_id as "documentId", c.kind, coalesce(t.key, '') as target, c.revision, c.text_hash as "textHash", c.version,
  c.before, c.after, c.undoes, c.standing, c.targets, c.by, c.at`;
const FROM = 'corrections c left join topics t on t.id = c.topic_id';
const STANDS = 'c.undoes is null and not exists (select 1 from corrections u where u.undoes = c.id)';

/** A correction that counts. */
export type InForce = Correction & { after: Said };

export type NewCorrection = Omit<Correction, 'id'>;

/** Of a topic that is gone nothing can be said: then nothing is added. */
export async function addCorrection(tx: Db, correction: NewCorrection): Promise<CorrectionId | null> {
  const { documentId, target, kind, revision, textHash, version, before, after, undoes } = correction;
  const { standing, targets, by, at } = correction;
  const row = await queryOne<{ id: CorrectionId }>(
    tx,
    `insert into corrections (document_id, topic_id, kind, revision, text_hash, version, before, after, undoes, standing, targets, by, at)
     select $1::bigint, (select id from topics where key = $2), $3::text, $4::integer, $5::text, $6::text, $7::jsonb, $8::jsonb, $9::bigint, $10::jsonb,
       $11::jsonb, $12::text, $13::timestamptz where $2 = '' or exists (select 1 from topics where key = $2) returning id`,
    [
      documentId,
      target,
      kind,
      revision,
      textHash,
      version,
      json(before ?? null),
      after && json(after),
      undoes,
      standing && json(standing),
      json(targets),
      by,
      at,
    ],
  );
  return row?.id ?? null;
}

export async function getCorrection(db: Db, id: CorrectionId): Promise<Correction | null> {
  return queryOne<Correction>(db, `select ${COLUMNS} from ${FROM} where c.id = $1`, [id]);
}

/** All that was ever said of a document's tags, the newest first. */
export function listCorrections(db: Db, document: DocumentId): Promise<Correction[]> {
  return db.query<Correction>(`select ${COLUMNS} from ${FROM} where c.document_id = $1 order by c.id desc`, [
    document,
  ]);
}

/** What is left null asks nothing. */
export interface CorrectionFilter {
  kind: string | null;
  /** Key of a topic; '' is the whole document. */
  target: string | null;
  /** Who said it, in any case. */
  by: string | null;
  document: DocumentId | null;
}

export type ListedCorrection = Correction & {
  /** The correction that takes this one back. */
  undoneBy: CorrectionId | null;
};

/** The newest first. `below`: only those of smaller numbers. */
export function findCorrections(
  db: Db,
  { kind, target, by, document }: CorrectionFilter,
  limit: number,
  below: number | null = null,
): Promise<ListedCorrection[]> {
  return db.query<ListedCorrection>(
    `select ${COLUMNS}, (select min(u.id) from corrections u where u.undoes = c.id) as "undoneBy" from ${FROM}
     where ($1::text is null or c.kind = $1) and ($2::text is null or coalesce(t.key, '') = $2)
       and ($3::text is null or lower(c.by) = lower($3)) and ($4::bigint is null or c.document_id = $4)
       and ($5::bigint is null or c.id < $5) order by c.id desc limit $6`,
    [kind, target, by, document, below, limit],
  );
}

/** Those that count: of each tag the newest that was not undone, of texts that are as they were judged. */
export function correctionsInForce(db: Db, documents: readonly DocumentId[]): Promise<InForce[]> {
  return db.query<InForce>(
    `select distinct on (c.document_id, c.kind, c.topic_id) ${COLUMNS} from ${FROM} join documents d on d.id = c.document_id
     where c.document_id = any($1::bigint[]) and c.text_hash = d.content_hash and ${STANDS}
     order by c.document_id, c.kind, c.topic_id, c.id desc`,
    [documents],
  );
}

/** A correction with the text that was judged. */
export interface JudgedCase extends InForce {
  title: string | null;
  text: string;
  documentKind: string;
  declaredLanguage: string | null;
  /** Code; null when no tagger has told it. */
  language: string | null;
  /** Of the topic; null of the whole document. */
  targetName: string | null;
}

/**
 * Cases to learn from and to measure by, in the order in which they were made, after the one of this number: one of each tag. `isEdited`: of
 * texts that were edited since too, with the text as it was.
 */
export function nextCases(
  db: Db,
  { after, isEdited, limit }: { after: number; isEdited: boolean; limit: number },
): Promise<JudgedCase[]> {
  return db.query<JudgedCase>(
    `select ${COLUMNS}, t.name as "targetName", d.kind as "documentKind", d.declared_language as "declaredLanguage",
       case when r.document_id is null then d.title else r.title end as title, coalesce(r.text, d.text) as text,
       (select g.value->>'code' from tags g where g.document_id = d.id and g.kind = 'language' and g.target = '') as language
     from ${FROM} join documents d on d.id = c.document_id
     left join document_revisions r on r.document_id = d.id and r.revision = c.revision and c.text_hash <> d.content_hash
     where c.id > $1 and ${STANDS} and (c.text_hash = d.content_hash or ($2 and r.document_id is not null))
       and not exists (select 1 from corrections n where n.document_id = c.document_id and n.kind = c.kind and n.topic_id is not distinct from c.topic_id
         and n.text_hash = c.text_hash and n.id > c.id and n.undoes is null and not exists (select 1 from corrections u where u.undoes = n.id))
     order by c.id limit $3`,
    [after, isEdited, limit],
  );
}

/** Documents with mentions of whose tags nobody has said anything: some of them, the same ones each time. */
export async function uncorrectedDocuments(db: Db, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id from documents d join document_progress p on p.document_id = d.id and p.understood = d.revision
     where exists (select 1 from mentions m where m.document_id = d.id and m.basket_at is null)
       and not exists (select 1 from corrections c where c.document_id = d.id)
     order by md5(d.id::text) limit $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

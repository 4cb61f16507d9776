import type { DocumentId, ModelId } from '../model/ids.ts';
import type { LearnedModel, NewModel } from '../model/learned-model.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `m.id, m.made_at as "madeAt", m.by, m.corrections, m.version, m.base, m.figures, length(m.bytes)::int as size`;
/** Of those that were never in use. */
const KEPT = 10;
/** The row that tells what is used: the newest that has not ended. */
const CURRENT_USE = 'from model_uses where ended_at is null order by id desc limit 1';
const NEVER_USED = 'not exists (select 1 from model_uses u where u.model_id = m.id)';

/** Adds it, and forgets the oldest of those that were never used. */
export async function addModel(tx: Db, model: NewModel): Promise<ModelId> {
  const { madeAt, by, corrections, documents, version, base, bytes, figures } = model;
  const row = await queryOne<{ id: ModelId }>(
    tx,
    `insert into models (made_at, by, corrections, documents, version, base, bytes, figures)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8::jsonb) returning id`,
    [madeAt, by, corrections, json(documents), version, base, bytes, json(figures)],
  );
  if (!row) throw new Error('insert returned no model');
  await tx.query(
    `delete from models where id in (select m.id from models m where ${NEVER_USED} order by m.id desc offset $1)`,
    [KEPT],
  );
  return row.id;
}

/** The newest first. */
export function listModels(db: Db): Promise<LearnedModel[]> {
  return db.query<LearnedModel>(`select ${COLUMNS} from models m order by m.id desc`);
}

export async function newestModel(db: Db): Promise<ModelId | null> {
  const row = await queryOne<{ id: ModelId }>(db, 'select id from models order by id desc limit 1');
  return row?.id ?? null;
}

export async function modelBytes(db: Db, id: ModelId): Promise<Uint8Array | null> {
  const row = await queryOne<{ bytes: Uint8Array }>(db, 'select bytes from models where id = $1', [id]);
  return row?.bytes ?? null;
}

/** Documents that it has learned from. */
export async function modelDocuments(db: Db, id: ModelId): Promise<ReadonlySet<DocumentId>> {
  const row = await queryOne<{ documents: DocumentId[] }>(db, 'select documents from models where id = $1', [
    id,
  ]);
  return new Set(row?.documents ?? []);
}

export interface ModelUse {
  id: number;
  /** null: the shipped models as they are. */
  modelId: ModelId | null;
  at: Date;
  by: string;
}

/** Since when what is used; null: nothing but the shipped models ever was, or all was rolled back. */
export function currentUse(db: Db): Promise<ModelUse | null> {
  return queryOne<ModelUse>(db, `select id, model_id as "modelId", at, by ${CURRENT_USE}`);
}

export async function addUse(tx: Db, model: ModelId | null, by: string, at: Date): Promise<void> {
  await tx.query('insert into model_uses (model_id, at, by) values ($1, $2, $3)', [model, at, by]);
}

/** Afterwards what was used before it is used again. */
export async function endUse(tx: Db, id: number, at: Date): Promise<void> {
  await tx.query('update model_uses set ended_at = $2 where id = $1', [id, at]);
}

/** Until the transaction ends nobody else changes what is used. */
export async function lockUses(tx: Db): Promise<void> {
  await tx.query('lock table model_uses in share row exclusive mode');
}

/** What is in use; null: the shipped models as they are. */
export function modelInUse(db: Db): Promise<Pick<LearnedModel, 'id' | 'version'> | null> {
  return queryOne(db, `select m.id, m.version from models m where m.id = (select model_id ${CURRENT_USE})`);
}

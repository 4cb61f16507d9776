import type { DocumentId, TopicId } from '../model/ids.ts';
import type { SampleProgress, Stratum } from '../model/scorecard.ts';
import { type Db, json, queryOne } from './db.ts';

export interface Period {
  from: Date;
  to: Date;
}

/** Documents of a period with mentions that are not in the basket. `$1`, `$2`: the period. */
const POPULATION = `select d.id, coalesce(g.value->>'code', 'und') as language, s.kind as "sourceKind", count(*)::int as mentions
  from documents d join mentions m on m.document_id = d.id and m.basket_at is null join sources s on s.id = d.source_id
  left join tags g on g.document_id = d.id and g.kind = 'language' and g.target = ''
  where d.found_at >= $1 and d.found_at < $2 group by d.id, 2, 3`;

/** What there is to draw from, the largest first. */
export function countStrata(db: Db, { from, to }: Period): Promise<Stratum[]> {
  return db.query<Stratum>(
    `select language, "sourceKind", count(*)::int as documents, sum(mentions)::int as mentions from (${POPULATION}) p
     group by 1, 2 order by 3 desc, 1, 2`,
    [from, to],
  );
}

export interface Drawn {
  stratum: number;
  documentId: DocumentId;
  topicId: TopicId;
  language: string;
  sourceKind: string;
  mentions: number;
}

/** Which part of the population belongs to which stratum, and how many are taken of that. */
export interface Share {
  language: string;
  sourceKind: string;
  stratum: number;
  take: number;
}

/**
 * Draws documents, and of each one of its mentions, in the order of a hash of seed and number: an order of chance that is the same whenever it is
 * asked for (bottom-k sampling by permanent random numbers, E. Ohlsson 1995). Each document of a stratum has the same chance.
 */
export function drawMentions(
  db: Db,
  { from, to }: Period,
  shares: readonly Share[],
  seed: string,
): Promise<Drawn[]> {
  return db.query<Drawn>(
    `with p as (${POPULATION}), ranked as (
       select p.*, h.stratum, h.take, md5($4::text || ':' || p.id) as chance,
         row_number() over (partition by h.stratum order by md5($4::text || ':' || p.id), p.id) as rank
       from p join jsonb_to_recordset($3::jsonb) as h (language text, "sourceKind" text, stratum int, take int)
         on h.language = p.language and h."sourceKind" = p."sourceKind")
     select r.stratum, r.id as "documentId", r.language, r."sourceKind", r.mentions,
       (select m.topic_id from mentions m where m.document_id = r.id and m.basket_at is null
         order by md5($4::text || ':' || m.document_id || ':' || m.topic_id), m.topic_id limit 1) as "topicId"
     from ranked r where r.rank <= r.take order by r.chance, r.id`,
    [from, to, json(shares), seed],
  );
}

export function newestPeriod(db: Db): Promise<Period | null> {
  return queryOne<Period>(
    db,
    'select period_from as "from", period_to as "to" from scorecard_samples order by period_to desc limit 1',
  );
}

/** False when another process has drawn the same period. */
export async function addSample(
  tx: Db,
  { from, to }: Period,
  strata: readonly Stratum[],
  drawn: readonly Drawn[],
  now: Date,
): Promise<boolean> {
  const sample = await queryOne<{ id: number }>(
    tx,
    `insert into scorecard_samples (period_from, period_to, drawn_at, strata) values ($1, $2, $3, $4::jsonb)
     on conflict (period_from) do nothing returning id`,
    [from, to, now, json(strata)],
  );
  if (!sample) return false;
  await tx.query(
    `insert into scorecard_items (sample_id, position, stratum, document_id, topic_id, language, source_kind, mentions)
     select $1::bigint, row_number() over (), r.stratum, r."documentId", r."topicId", r.language, r."sourceKind", r.mentions
     from jsonb_to_recordset($2::jsonb) as r (stratum int, "documentId" bigint, "topicId" bigint, language text, "sourceKind" text, mentions int)
     on conflict (document_id) do nothing`,
    [sample.id, json(drawn)],
  );
  return true;
}

/** Something can still be said of it: its text is there, and names the topic. */
export const IS_THERE = `exists (select 1 from mentions m where m.document_id = i.document_id and m.topic_id = i.topic_id)`;

/** Of the newest sample. What is gone before somebody has labelled it counts nowhere. */
export function readProgress(db: Db): Promise<SampleProgress | null> {
  return queryOne<SampleProgress>(
    db,
    `select s.period_from as "from", s.period_to as "to", count(i.labelled_at)::int as labelled,
       count(*) filter (where i.labelled_at is null and i.skipped_at is not null)::int as skipped,
       count(*) filter (where i.id is not null and i.labelled_at is null and i.skipped_at is null and ${IS_THERE})::int as open
     from (select * from scorecard_samples order by period_to desc limit 1) s left join scorecard_items i on i.sample_id = s.id
     group by s.id, s.period_from, s.period_to`,
  );
}

export async function countOpenItems(db: Db): Promise<number> {
  return (await readProgress(db))?.open ?? 0;
}

export async function deleteOldSamples(db: Db, before: Date): Promise<void> {
  await db.query('delete from scorecard_samples where period_to < $1', [before]);
}

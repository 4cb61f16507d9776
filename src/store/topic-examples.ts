import { sha256 } from '../lib/hash.ts';
import type { TopicId } from '../model/ids.ts';
import type { ExampleText, TopicExample } from '../model/topic.ts';
import { type Db, queryOne } from './db.ts';
import { storable, storableOrNull } from './text.ts';

const COLUMNS = `id, topic_id as "topicId", must_match as "mustMatch", url, title, author, text, note,
  added_by as "addedBy", added_at as "addedAt"`;

/** What is held against a query is kept as it is: a longer text is refused by whoever takes it from people. */
export const MAX_EXAMPLE_TEXT = 100_000;

/** In the order in which they were added. */
export function listExamples(db: Db, topic: TopicId): Promise<TopicExample[]> {
  return db.query<TopicExample>(`select ${COLUMNS} from topic_examples where topic_id = $1 order by id`, [
    topic,
  ]);
}

export function listAllExamples(db: Db): Promise<TopicExample[]> {
  return db.query<TopicExample>(`select ${COLUMNS} from topic_examples order by topic_id, id`);
}

/** As the store holds it. */
export function storableExample(example: ExampleText): ExampleText {
  const lines = (text: string): string => storable(text).replace(/\r\n?/g, '\n');
  return {
    mustMatch: example.mustMatch,
    url: storableOrNull(example.url),
    title: example.title === null ? null : lines(example.title),
    author: storableOrNull(example.author),
    text: lines(example.text),
    note: lines(example.note),
  };
}

/** The same for two examples that hold the same words against a query, whatever they ask of it. */
export function exampleHash({ url, title, author, text }: ExampleText): string {
  return sha256(JSON.stringify([url, title, author, text]));
}

/** Adds an example; one that is known by its words gets what it must do and its note. */
export async function saveExample(
  tx: Db,
  topic: TopicId,
  given: ExampleText,
  by: string,
  now: Date,
): Promise<number> {
  const example = storableExample(given);
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into topic_examples (topic_id, must_match, url, title, author, text, note, content_hash, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (topic_id, content_hash) do update set must_match = excluded.must_match, note = excluded.note
     returning id`,
    [
      topic,
      example.mustMatch,
      example.url,
      example.title,
      example.author,
      example.text,
      example.note,
      exampleHash(example),
      by,
      now,
    ],
  );
  if (!row) throw new Error('upsert returned no example');
  return row.id;
}

/** Of this topic alone. Returns whether it was there. */
export async function removeExample(tx: Db, topic: TopicId, id: number): Promise<boolean> {
  const rows = await tx.query('delete from topic_examples where topic_id = $1 and id = $2 returning id', [
    topic,
    id,
  ]);
  return rows.length > 0;
}

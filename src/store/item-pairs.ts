import { type Db, json } from './db.ts';

export interface StoredPair {
  item: string;
  also: string;
  itemName: string;
  alsoName: string;
  customers: number;
  of: number;
  score: number;
}

const BATCH = 5000;

/** The pairs become exactly these. */
export async function replaceItemPairs(tx: Db, pairs: readonly StoredPair[]): Promise<void> {
  await tx.query('delete from item_pairs');
  for (let at = 0; at < pairs.length; at += BATCH)
    await tx.query(
      `insert into item_pairs (item, also, item_name, also_name, customers, of_customers, score)
       select p.item, p.also, p."itemName", p."alsoName", p.customers, p."of", p.score
       from jsonb_to_recordset($1::jsonb) as p(item text, also text, "itemName" text, "alsoName" text, customers int, "of" int, score float8)
       on conflict do nothing`,
      [json(pairs.slice(at, at + BATCH))],
    );
}

/** What is bought together with these things, by their keys. */
export function pairsOfItems(db: Db, items: readonly string[]): Promise<StoredPair[]> {
  return db.query(
    `select item, also, item_name as "itemName", also_name as "alsoName", customers, of_customers as "of", score
     from item_pairs where item = any($1::text[]) order by item, score desc`,
    [items],
  );
}

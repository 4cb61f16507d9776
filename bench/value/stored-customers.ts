import { randomFrom } from '../../src/lib/random.ts';
import { type Db, json } from '../../src/store/db.ts';
import { simulateCustomers } from './simulated-customers.ts';

const WEEKS = 78;
const DAY_MS = 86_400_000;
const MODEL = { r: 1.2, alpha: 3, a: 0.6, b: 4 };
const MONEY = { p: 6, q: 4, gamma: 15 };
const ITEMS = ['Чай чёрный', 'Чашка фарфоровая', 'Кофе в зёрнах', 'Running shoes', 'Витамины D3'];

/** So many customers, from number `from` on, who buy and leave as the models say, until `now`. The same for the same numbers. */
export async function addSimulated(
  db: Db,
  customers: number,
  { now, from = 0 }: { now: Date; from?: number },
): Promise<void> {
  const random = randomFrom(77 + from);
  const all = simulateCustomers(MODEL, MONEY, { customers, weeks: WEEKS, random });
  const rows = all.map(({ past }, n) => ({
    external: `s${from + n}`,
    purchases: past.map(({ day, amount }, at) => ({
      external_id: String(at),
      at: new Date(now.getTime() - (WEEKS * 7 - day) * DAY_MS),
      amount: Math.round(amount * 100) / 100,
      item: ITEMS[Math.floor(random() * ITEMS.length)],
    })),
  }));
  await db.query(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as g(external text, purchases jsonb)),
       made as (insert into customers (external_id, name, created_at, updated_at) select external, external, $2, $2 from given returning id, external_id)
     insert into purchases (customer_id, external_id, at, amount, currency, item)
     select m.id, p.external_id, p.at, p.amount, 'EUR', p.item from made m join given g on g.external = m.external_id
     cross join lateral jsonb_to_recordset(g.purchases) as p(external_id text, at timestamptz, amount numeric, item text)`,
    [json(rows), now],
  );
}

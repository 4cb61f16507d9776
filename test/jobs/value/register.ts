import type { CustomerId } from '../../../src/model/ids.ts';
import type { Db } from '../../../src/store/db.ts';
import { NOW } from '../../support/rows.ts';

const DAY_MS = 86_400_000;

export interface Bought {
  daysAgo: number;
  amount?: number;
  currency?: string;
  item?: string;
}

/** One customer with these purchases. */
export async function addBuyer(
  db: Db,
  externalId: string,
  purchases: readonly Bought[],
): Promise<CustomerId> {
  const [row] = await db.query<{ id: CustomerId }>(
    'insert into customers (external_id, name, created_at, updated_at) values ($1, $1, $2, $2) returning id',
    [externalId, NOW],
  );
  for (const [n, { daysAgo, amount = 20, currency = 'EUR', item = 'Чай чёрный' }] of purchases.entries())
    await db.query(
      'insert into purchases (customer_id, external_id, at, amount, currency, item) values ($1, $2, $3, $4, $5, $6)',
      [row!.id, String(n), new Date(NOW.getTime() - daysAgo * DAY_MS), amount, currency, item],
    );
  return row!.id;
}

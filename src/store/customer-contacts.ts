import type { CustomerRecord } from '../model/customer.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** Contacts are facts, as purchases are: added and corrected by external id. */
export async function saveContacts(
  tx: Db,
  saved: readonly (readonly [CustomerId, CustomerRecord])[],
): Promise<void> {
  const rows = saved.flatMap(([id, { contacts = [] }]) =>
    [...new Map(contacts.map((one) => [one.externalId, one])).values()].map((one) => ({ id, ...one })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into contacts (customer_id, external_id, at, kind, channel, direction, answered, subject)
     select * from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[])
     on conflict (customer_id, external_id) do update set at = excluded.at, kind = excluded.kind, channel = excluded.channel,
       direction = excluded.direction, answered = excluded.answered, subject = excluded.subject`,
    [
      rows.map(({ id }) => id),
      rows.map((one) => one.externalId),
      rows.map((one) => one.at),
      rows.map((one) => one.kind),
      rows.map((one) => one.channel),
      rows.map((one) => one.direction),
      rows.map((one) => one.answered),
      rows.map((one) => one.subject),
    ],
  );
}

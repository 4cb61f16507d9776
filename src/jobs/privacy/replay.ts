import type { AuthorId, CustomerId } from '../../model/ids.ts';
import type { Erasure, Suppression } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import { partEntries } from '../../store/merges.ts';
import { addSuppressions, findSuppressed } from '../../store/suppressions.ts';
import { type EraseDeps, eraseAuthor, eraseCustomer } from './erase.ts';
import { accountSuppression, customerSuppression } from './suppress.ts';

const BATCH = 5000;
const ACTOR = 'system';

/** Who is erased by all that the journal says, in its order. */
function inForce(journal: readonly Erasure[]): Suppression[] {
  const known = new Map<string, Suppression>();
  for (const { suppressions, isLifted } of journal)
    for (const one of suppressions)
      if (isLifted) known.delete(one.hash);
      else known.set(one.hash, one);
  return [...known.values()];
}

/** Whether somebody in the journal is not known to this database as erased: it is an older one, or a stop came between the two. */
export async function isBehindJournal({ db, erasures }: EraseDeps): Promise<boolean> {
  const hashes = inForce(await erasures.read()).map(({ hash }) => hash);
  const known = await db.transaction((tx) => findSuppressed(tx, hashes));
  return hashes.some((hash) => !known.has(hash));
}

/** Walks through a table by id. */
async function findIds<Row extends { id: number }>(
  db: Db,
  columns: string,
  table: string,
  isMeant: (row: Row) => boolean,
): Promise<Row['id'][]> {
  const found: Row['id'][] = [];
  for (let after = 0; ; ) {
    const rows = await db.query<Row>(
      `select ${columns} from ${table} where id > $1 order by id limit ${BATCH}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return found;
    found.push(...rows.filter(isMeant).map(({ id }) => id));
    after = last.id;
  }
}

/**
 * Erases again whoever was erased after a backup was made, once it is restored: by the journal's hashes. Returns how many people.
 */
export async function replayErasures(deps: EraseDeps): Promise<number> {
  const { db, vault, erasures, clock } = deps;
  const known = inForce(await erasures.read());
  if (known.length === 0) return 0;
  await addSuppressions(db, known, clock.now());
  const hashes = new Set(known.map(({ hash }) => hash));
  const customers = await findIds<{ id: CustomerId; externalId: string }>(
    db,
    'id, external_id as "externalId"',
    'customers',
    ({ externalId }) => hashes.has(customerSuppression(vault, externalId).hash),
  );
  let erased = 0;
  // A backup may hold them joined to others, who were parted since and live.
  await partEntries(db, customers);
  for (const customer of customers)
    if (await eraseCustomer(deps, { customer, actor: ACTOR, keepAccounts: true })) erased += 1;
  const authors = await findIds<{ id: AuthorId; site: string; handle: string }>(
    db,
    'id, site, handle',
    'authors',
    (author) => hashes.has(accountSuppression(vault, author).hash),
  );
  for (const author of authors) if (await eraseAuthor(deps, { author, actor: ACTOR })) erased += 1;
  return erased;
}

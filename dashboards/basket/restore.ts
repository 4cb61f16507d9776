import { decideByPerson } from '../../src/act/rules/by-person.ts';
import type { MentionId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { takeOutOfRule } from '../../src/store/decisions.ts';
import { touchDocuments } from '../../src/store/progress.ts';
import type { DashboardDeps } from '../deps.ts';

type Basket = Pick<DashboardDeps, 'db' | 'clock' | 'rules'>;

/** So many are restored in one transaction. */
const BATCH = 500;
const LIMIT_MS = 4000;

async function note(
  { db, clock }: Basket,
  { subject, count, person }: { subject: string; count: number; person: string },
): Promise<number> {
  const entry = { at: clock.now(), actor: person, action: 'basket.restored', subject, detail: { count } };
  if (count > 0) await addAudit(db, entry);
  return count;
}

/** Out of the basket, by a person: no rule puts it back. Returns how many were in it. */
export async function restoreMention(deps: Basket, id: MentionId, person: string): Promise<number> {
  const count = await deps.db.transaction(async (tx) => {
    const wishes = () => [{ action: 'basket', isThere: false } as const];
    const made = await decideByPerson(tx, id, wishes, person, deps.clock.now());
    if (!made || made.changed.length === 0) return 0;
    await deps.rules.restored(tx, [made.state.documentId]);
    return 1;
  });
  return note(deps, { subject: `mention:${id}`, count, person });
}

/** All that a rule put there, in portions, so that nobody else waits for long; what is left after some seconds stays for another time. */
export async function restoreOfRule(deps: Basket, rule: string, person: string): Promise<number> {
  const started = performance.now();
  const now = deps.clock.now();
  for (let restored = 0; ; ) {
    const count = await deps.db.transaction(async (tx) => {
      const ids = await takeOutOfRule(tx, rule, { person, at: now.toISOString() }, BATCH);
      const documents = [...new Set(ids)];
      await touchDocuments(tx, documents, now);
      await deps.rules.restored(tx, documents);
      return ids.length;
    });
    restored += count;
    if (count < BATCH || performance.now() - started > LIMIT_MS)
      return note(deps, { subject: `rule:${rule}`, count: restored, person });
  }
}

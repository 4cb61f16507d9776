import type { CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { declareInterest, removeInterest, restoreInterest } from '../../src/store/customer-interests.ts';
import type { Db } from '../../src/store/db.ts';
import { isSensitive } from '../../src/value/sensitive-words.ts';
import type { DashboardDeps } from '../deps.ts';

const MOST = 80;

/** In characters, before it is tidied. */
export const MOST_WRITTEN = 500;

/** As it is kept: without what cannot be stored, and with single spaces. */
export function tidyInterest(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim();
}

export function mistakeInInterest(
  interest: string,
): 'interests.mistake.empty' | 'interests.mistake.sensitive' | null {
  if (interest === '' || interest.length > MOST) return 'interests.mistake.empty';
  return isSensitive(interest) ? 'interests.mistake.sensitive' : null;
}

interface Change {
  customer: CustomerId;
  /** Tidied. */
  interest: string;
  /** declared: the customer says so; removed: never inferred again; restored: the removal is taken back. */
  what: 'declared' | 'removed' | 'restored';
  actor: string;
}

async function carryOut(tx: Db, { customer, interest, what, actor }: Change, at: Date): Promise<boolean> {
  if (what === 'removed') return removeInterest(tx, customer, interest, at);
  if (what === 'restored') return restoreInterest(tx, customer, interest);
  await declareInterest(tx, customer, { interest, by: actor, at });
  return true;
}

/** What somebody says of what a customer likes, with its entry in the audit. False: there was nothing to change. */
export function changeInterest(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  change: Change,
): Promise<boolean> {
  const at = clock.now();
  const { what, customer, actor } = change;
  return db.transaction(async (tx) => {
    if (!(await carryOut(tx, change, at))) return false;
    await addAudit(tx, { at, actor, action: `interest.${what}`, subject: `customer:${customer}` });
    return true;
  });
}

import type { LinkDecision, LinkState } from '../../src/model/customer.ts';
import type { AuthorId, CustomerId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { documentsOfAuthors } from '../../src/store/authors.ts';
import type { Db } from '../../src/store/db.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { lockDocuments } from '../../src/store/progress.ts';
import { removeChecks, saveCheck } from '../../src/store/reviews.ts';
import type { DashboardDeps } from '../deps.ts';

type Links = Pick<DashboardDeps, 'db' | 'clock' | 'links'>;

/** Of links that are still to be decided, or checked. */
const OPEN: readonly LinkState[] = ['proposed', 'linked'];

/** Which customers somebody was shown beside an author is kept, as with every card. `actor`: as the audit names who looks. */
export async function noteCompared(
  { db, clock }: Links,
  actor: string,
  author: AuthorId,
  customers: readonly CustomerId[],
): Promise<void> {
  const entry = { at: clock.now(), actor, action: 'customers.compared', subject: `author:${author}` };
  await addAudit(db, { ...entry, detail: { customers } });
}

/** What is said of an author and one customer, whatever was said before. Returns the number of the act. */
export async function decideLink(
  { db, clock, links }: Links,
  asked: { author: AuthorId; customer: CustomerId; decision: LinkDecision; actor: string },
): Promise<number> {
  const { author, customer, decision, actor } = asked;
  return db.transaction(async (tx) => {
    const act = await links.decide(tx, asked);
    const entry = { at: clock.now(), actor, action: `link.${decision}`, subject: `customer:${customer}` };
    await addAudit(tx, { ...entry, detail: { author, act } });
    return act;
  });
}

/** Of a link that was made without a person it is noted whether it was right. */
async function noteCheck(
  tx: Db,
  author: AuthorId,
  chosen: CustomerId | null,
  by: { actor: string; at: Date },
) {
  for (const link of await listLinksOfAuthors(tx, [author]))
    if (link.state === 'linked')
      await saveCheck(tx, { author, customer: link.customerId, isRight: link.customerId === chosen, ...by });
}

/** An answer to an open question: who the author is, for whom he speaks, or (customer null) that he is none of those. */
interface ReviewAnswer {
  author: AuthorId;
  customer: CustomerId | null;
  decision: 'confirmed' | 'on_behalf';
  /** The link was made without a person, and is only looked at to know how right such links are. */
  isCheck: boolean;
  actor: string;
}

/** Returns the number of the act; null when the question is settled already. */
export async function answerReview(
  { db, clock, links }: Links,
  { author, customer, decision, isCheck, actor }: ReviewAnswer,
): Promise<number | null> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    // Of two who answer at once the second hears that it is settled.
    await lockDocuments(tx, await documentsOfAuthors(tx, [author]));
    const known = (await listLinksOfAuthors(tx, [author])).filter(({ state }) => OPEN.includes(state));
    if (!known.some((one) => customer === null || one.customerId === customer)) return null;
    const chosen = decision === 'confirmed' ? customer : null;
    if (isCheck) await noteCheck(tx, author, chosen, { actor, at });
    const action = `link.${customer === null ? 'rejected' : decision}`;
    const subject = customer === null ? `author:${author}` : `customer:${customer}`;
    await addAudit(tx, { at, actor, action, subject, detail: { author, check: isCheck } });
    return customer === null
      ? links.refuseAll(tx, { author, actor })
      : links.decide(tx, { author, customer, decision, actor });
  });
}

/** `of`: an author of whom, with it, nothing is noted any more about how right links are. */
export async function undoAct(
  { db, clock, links }: Links,
  { act, of = null, actor }: { act: number; of?: AuthorId | null; actor: string },
): Promise<'done' | 'overtaken' | 'unknown'> {
  return db.transaction(async (tx) => {
    const done = await links.undo(tx, { act, actor });
    if (done !== 'done') return done;
    if (of !== null) await removeChecks(tx, of);
    await addAudit(tx, { at: clock.now(), actor, action: 'link.undone', subject: `act:${act}` });
    return done;
  });
}

import { withdrawCasesOf } from '../../act/cases/withdraw.ts';
import type { IdentityLink, LinkDecision, LinkState } from '../../model/customer.ts';
import type { AuthorId, CustomerId } from '../../model/ids.ts';
import { documentsOfAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import {
  type Act,
  beginAct,
  CERTAIN,
  changeLink,
  type LinkContent,
  listLinkRows,
  listLinksOfAuthors,
} from '../../store/links.ts';
import { lockDocuments, reopenActing } from '../../store/progress.ts';
import { sendDocuments } from '../../store/queue.ts';
import type { JobDeps } from '../deps.ts';
import { settleValues } from './values.ts';

export type LinkDeps = Pick<JobDeps, 'queue' | 'clock' | 'casePolicy'>;

const isCertain = ({ state }: IdentityLink): boolean => CERTAIN.includes(state);

/** What follows from a link that ends: its cases were somebody else's. */
export async function endLink(
  tx: Db,
  deps: LinkDeps,
  author: AuthorId,
  customers: readonly CustomerId[],
  decision: LinkState | null,
): Promise<void> {
  const reason = decision === 'rejected' || decision === 'on_behalf' ? 'not_the_customer' : 'doubtful';
  await withdrawCasesOf(tx, author, customers, reason, deps.casePolicy.dashboardUrl, deps.clock.now());
}

/**
 * All that the author wrote is looked at again, as his links stand when the transaction ends. To be called first: it locks his documents, which acting
 * locks before links, too.
 */
export async function actAgainOn(tx: Db, deps: LinkDeps, author: AuthorId): Promise<void> {
  const documents = await documentsOfAuthors(tx, [author]);
  await lockDocuments(tx, documents);
  await reopenActing(tx, documents);
  await sendDocuments(deps.queue, tx, 'act', documents);
}

/** What follows from a decision for the identifiers that it leant on: the posts of others who gave the same one are acted on again, too. */
export async function settle(tx: Db, deps: LinkDeps, author: AuthorId): Promise<void> {
  const others = await settleValues(tx, author, deps.clock.now());
  for (const other of others) if (other !== author) await actAgainOn(tx, deps, other);
}

function decided(link: LinkContent | undefined, state: LinkDecision, { actor, at }: Act): LinkContent {
  return {
    score: link?.score ?? 1,
    evidence: link?.evidence ?? [],
    basis: state === 'proposed' ? (link?.basis ?? 'legitimate_interest') : 'decision',
    state,
    decidedBy: actor,
    decidedAt: at,
  };
}

/** Changes all rows between an author and the entries of one person; a link that nobody proposed is made. */
async function decideOne(
  tx: Db,
  deps: LinkDeps,
  act: Act,
  author: AuthorId,
  person: CustomerId,
  state: LinkDecision,
): Promise<void> {
  const rows = await listLinkRows(tx, author, person);
  const [first] = rows;
  if (!first) await changeLink(tx, act, author, person, decided(undefined, state, act));
  for (const row of rows) await changeLink(tx, act, author, row.customerId, decided(row, state, act));
  if (state === 'confirmed') return;
  // Of an author who is a name only a proposed link, too, has opened the case of a post.
  const ended = rows.filter((row) => state !== 'proposed' || isCertain(row));
  const customers = ended.map(({ customerId }) => customerId);
  if (customers.length > 0) await endLink(tx, deps, author, customers, state);
}

/**
 * What a person says of an author and a customer, as one act that can be taken back. Whoever is one customer is no other: confirming refuses
 * what else was held of the author. Cases that leant on a link that ends are withdrawn, and the author's posts are acted on again. Returns the
 * act's number.
 */
export async function decideLink(
  tx: Db,
  deps: LinkDeps,
  asked: { author: AuthorId; customer: CustomerId; decision: LinkDecision; actor: string },
): Promise<number> {
  const { author, customer, decision, actor } = asked;
  await actAgainOn(tx, deps, author);
  const act = await beginAct(tx, actor, deps.clock.now());
  await decideOne(tx, deps, act, author, customer, decision);
  if (decision === 'confirmed') await refuseOthers(tx, deps, act, author, customer);
  await settle(tx, deps, author);
  return act.number;
}

async function refuseOthers(
  tx: Db,
  deps: LinkDeps,
  act: Act,
  author: AuthorId,
  customer: CustomerId | null,
): Promise<void> {
  for (const link of await listLinksOfAuthors(tx, [author]))
    if (link.customerId !== customer && link.state !== 'rejected' && link.state !== 'on_behalf')
      await decideOne(tx, deps, act, author, link.customerId, 'rejected');
}

/** «None of these»: refuses all that is held of the author, as one act. Returns its number. */
export async function refuseAll(
  tx: Db,
  deps: LinkDeps,
  { author, actor }: { author: AuthorId; actor: string },
): Promise<number> {
  await actAgainOn(tx, deps, author);
  const act = await beginAct(tx, actor, deps.clock.now());
  await refuseOthers(tx, deps, act, author, null);
  await settle(tx, deps, author);
  return act.number;
}

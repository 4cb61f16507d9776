import type { MatchCandidate, MatchResult } from '../match/matcher.ts';
import type { MatchPolicy } from '../match/policy.ts';
import type { IdentityLink, LinkState } from '../model/customer.ts';
import { type Author, type Document, isOnlyNamed } from '../model/document.ts';
import type { AuthorId, DocumentId } from '../model/ids.ts';
import { documentsOfAuthors } from '../store/authors.ts';
import type { Db } from '../store/db.ts';
import { beginAct, changeLink, listLinkRows, listLinksOfAuthors, lockLink } from '../store/links.ts';
import { sendDocuments } from '../store/queue.ts';
import { certainLink } from './certain-link.ts';
import type { JobDeps } from './deps.ts';
import {
  type FoundState,
  linkMaker,
  MATCHER,
  openMatcher,
  PROPOSED_FROM,
  toPost,
} from './links/found-link.ts';

/** Links that say who the author is not. */
const REFUSED: readonly LinkState[] = ['rejected', 'on_behalf'];

/** What of a result is new: of an account that was bound before nothing. */
function toLinks(
  { decision, candidates }: MatchResult,
  bound: string | null,
  policy: MatchPolicy,
): [MatchCandidate, FoundState][] {
  if (decision === 'none') return [];
  if (decision === 'review' || policy === 'suggest_all')
    return candidates
      .filter(({ probability, asShipped = probability }) => asShipped >= PROPOSED_FROM)
      .map((one) => [one, 'proposed']);
  const [best] = candidates;
  return best && best.customerId !== bound ? [[best, 'linked']] : [];
}

/** A document and who wrote it. */
export interface Written {
  document: Document;
  author: Author;
}

/** The first document of each author, the second of each, and so on: what the first one shows, the next is looked at with. */
function roundsOf(written: readonly Written[]): Written[][] {
  const rounds: Written[][] = [];
  const before = new Map<AuthorId, number>();
  for (const one of written) {
    const round = before.get(one.author.id) ?? 0;
    before.set(one.author.id, round + 1);
    rounds[round] ??= [];
    rounds[round].push(one);
  }
  return rounds;
}

/**
 * The certain customers of authors, by the documents that the matcher has looked at for it. Documents of different authors are looked at side by
 * side, so that the store is asked a few times for all of them.
 */
export async function linkAuthors(
  tx: Db,
  deps: JobDeps,
  written: readonly Written[],
): Promise<Map<DocumentId, IdentityLink>> {
  const found = new Map<DocumentId, IdentityLink>();
  const matcher = await openMatcher(tx, deps);
  for (const round of roundsOf(written)) {
    const known = await listLinksOfAuthors(
      tx,
      round.map(({ author }) => author.id),
    );
    const looked = await Promise.all(
      round.map(async ({ author, document }) => {
        const own = known.filter(({ authorId }) => authorId === author.id);
        const before = certainLink(own);
        const bound = before === null ? null : String(before.customerId);
        const refused = own.filter(({ state }) => REFUSED.includes(state));
        const rejected = new Set(refused.map((link) => String(link.customerId)));
        const result = await matcher.match(toPost(author, document), { bound, rejected });
        return { author, document, before, bound, result };
      }),
    );
    for (const one of looked) {
      const link = await linkAuthor(tx, deps, one);
      if (link) found.set(one.document.id, link);
    }
  }
  return found;
}

/** An author as he was known, and what the matcher makes of his document. */
interface Looked extends Written {
  before: IdentityLink | null;
  /** Customer of `before`. */
  bound: string | null;
  result: MatchResult;
}

/**
 * The author's certain customer, after the matcher has looked at this document. Who is recognised for the first time has
 * what he wrote before looked at again: the complaint often comes first and the order number after. What speaks against the link of before
 * takes it back to a proposal when the matcher made it; when a person did, it counts for nothing in this document.
 */
async function linkAuthor(
  tx: Db,
  deps: JobDeps,
  { author, document, before, bound, result }: Looked,
): Promise<IdentityLink | null> {
  const now = deps.clock.now();
  const policy = deps.matchPolicy;
  const toLink = linkMaker(deps, author, result, now);
  if (isOnlyNamed(author)) return proposeForOne(tx, toLinks(result, null, policy), toLink, before, now);
  const isHeld = before === null || result.candidates[0]?.customerId === bound;
  if (!isHeld && before?.state === 'linked') await doubtLink(tx, before, now);
  const news = toLinks(result, bound, policy).map(([candidate, state]) => toLink(candidate, state));
  await saveLinks(tx, news, now);
  const isAsBefore = isHeld && news.length === 0;
  const link = isAsBefore ? before : certainLink(await listLinksOfAuthors(tx, [author.id]));
  if (link === null || !isHeld) return null;
  if (link.customerId !== before?.customerId) {
    const others = (await documentsOfAuthors(tx, [author.id])).filter((id) => id !== document.id);
    await sendDocuments(deps.queue, tx, 'act', others);
  }
  return link;
}

/**
 * What the matcher may write of a link: a decision of a person is never overwritten, nor what a post has shown by one that shows less.
 */
function isNews(known: IdentityLink | null, link: IdentityLink): boolean {
  if (!known) return true;
  if (known.state !== 'proposed' && known.state !== 'linked') return false;
  return link.state === 'linked' || (known.state === 'proposed' && link.score >= known.score);
}

async function saveLinks(tx: Db, links: readonly IdentityLink[], now: Date): Promise<void> {
  if (links.length === 0) return;
  const act = await beginAct(tx, MATCHER, now);
  for (const link of links) {
    const known = await lockLink(tx, link.authorId, link.customerId);
    if (isNews(known, link)) await changeLink(tx, act, link.authorId, link.customerId, link);
  }
}

/** Takes a link that the matcher made back to a proposal. */
async function doubtLink(tx: Db, { authorId, customerId }: IdentityLink, now: Date): Promise<void> {
  for (const link of await listLinkRows(tx, authorId, customerId))
    if (link.state === 'linked')
      await changeLink(tx, await beginAct(tx, MATCHER, now), authorId, link.customerId, {
        ...link,
        state: 'proposed',
        decidedAt: now,
      });
}

/** Of an author who is a name only, a document may be a customer's, and the next one somebody else's: unless a person says that all are his. */
async function proposeForOne(
  tx: Db,
  links: readonly [MatchCandidate, FoundState][],
  toLink: ReturnType<typeof linkMaker>,
  before: IdentityLink | null,
  now: Date,
): Promise<IdentityLink | null> {
  if (before?.state === 'confirmed') return before;
  await saveLinks(
    tx,
    links.map(([candidate]) => toLink(candidate, 'proposed')),
    now,
  );
  const [first] = links;
  const isOwn = first?.[1] === 'linked' && first[0].evidence.every(({ code }) => code !== 'known-account');
  return first && isOwn ? toLink(first[0], 'linked') : null;
}

import { createMatcher, type MatchCandidate, type MatchResult } from '../match/matcher.ts';
import type { MatchPost } from '../match/post.ts';
import { createStoreRegister } from '../match/register/store-register.ts';
import type { Evidence, IdentityLink } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { CustomerId } from '../model/ids.ts';
import { doubtLink, listLinksOfAuthors, saveMatcherLink } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { documentsOfAuthors } from '../store/documents.ts';
import { sendDocuments } from '../store/queue.ts';
import { certainLink } from './certain-link.ts';
import type { JobDeps } from './deps.ts';

/** Candidates below this are not put before anybody. */
const PROPOSED_FROM = 0.1;

function toPost(author: Author, document: Document): MatchPost {
  return {
    id: String(document.id),
    platform: author.site,
    authorId: String(author.id),
    displayName: author.name ?? author.handle,
    handle: author.handle,
    bio: author.about,
    city: null,
    links: author.profileUrl && isOnSite(author.profileUrl, author.site) ? [author.profileUrl] : [],
    text: [document.title, document.text].filter(Boolean).join('\n'),
    publishedAt: document.publishedAt ?? document.foundAt,
  };
}

const rounded = (one: Evidence & { bits: number }): Evidence => ({
  ...one,
  bits: Math.round(one.bits * 10) / 10,
});

/** What of a result is new: of an account that was bound before nothing. */
function toLinks(
  { decision, candidates }: MatchResult,
  bound: string | null,
): [MatchCandidate, 'linked' | 'proposed'][] {
  if (decision === 'none') return [];
  if (decision === 'review')
    return candidates
      .filter(({ probability }) => probability >= PROPOSED_FROM)
      .map((one) => [one, 'proposed']);
  const [best] = candidates;
  return best && best.customerId !== bound ? [[best, 'linked']] : [];
}

/** Where a site has no accounts, the handle is only the name that was typed: every «Анна» there has it. */
const isOnlyNamed = ({ handle, name, profileUrl }: Author): boolean => handle === name && profileUrl === null;

/** A profile on another site may be anybody's. */
function isOnSite(profileUrl: string, site: string): boolean {
  const host = URL.canParse(profileUrl) ? new URL(profileUrl).host : '';
  return host === site || host.endsWith(`.${site}`);
}

/**
 * The author's certain customer, after the matcher has looked at this document. Who is recognised for the first time has
 * what he wrote before looked at again: the complaint often comes first and the order number after. What speaks against the link of before
 * takes it back to a proposal when the matcher made it; when a person did, it counts for nothing in this document.
 */
export async function linkAuthor(
  tx: Db,
  deps: JobDeps,
  author: Author,
  document: Document,
): Promise<IdentityLink | null> {
  const known = await listLinksOfAuthors(tx, [author.id]);
  const before = certainLink(known);
  const bound = before === null ? null : String(before.customerId);
  const rejected = new Set(
    known.filter(({ state }) => state === 'rejected').map((link) => String(link.customerId)),
  );
  const matcher = createMatcher(createStoreRegister(tx, deps.vault), deps.matchWords);
  const result = await matcher.match(toPost(author, document), { bound, rejected });
  const now = deps.clock.now();
  if (isOnlyNamed(author)) return proposeForOne(tx, author, result, before, now);
  const isHeld = before === null || result.candidates[0]?.customerId === bound;
  if (!isHeld && before?.state === 'linked') await doubtLink(tx, author.id, before.customerId, now);
  await saveLinks(tx, author, toLinks(result, bound), now);
  const link = certainLink(await listLinksOfAuthors(tx, [author.id]));
  if (link === null || !isHeld) return null;
  if (link.customerId !== before?.customerId) {
    const others = (await documentsOfAuthors(tx, [author.id])).filter((id) => id !== document.id);
    await sendDocuments(deps.queue, tx, 'act', others);
  }
  return link;
}

async function saveLinks(
  tx: Db,
  author: Author,
  links: readonly [MatchCandidate, 'linked' | 'proposed'][],
  decidedAt: Date,
): Promise<void> {
  for (const [candidate, state] of links)
    await saveMatcherLink(tx, toLink(author, candidate, state, decidedAt));
}

function toLink(
  { id: authorId }: Author,
  { customerId, probability, evidence }: MatchCandidate,
  state: 'linked' | 'proposed',
  decidedAt: Date,
): IdentityLink {
  const id = Number(customerId) as CustomerId;
  return {
    authorId,
    customerId: id,
    state,
    score: probability,
    evidence: evidence.map(rounded),
    decidedBy: 'matcher',
    decidedAt,
  };
}

/** Of an author who is a name only, a document may be a customer's, and the next one somebody else's: unless a person says that all are his. */
async function proposeForOne(
  tx: Db,
  author: Author,
  result: MatchResult,
  before: IdentityLink | null,
  now: Date,
): Promise<IdentityLink | null> {
  if (before?.state === 'confirmed') return before;
  const links = toLinks(result, null);
  await saveLinks(
    tx,
    author,
    links.map(([candidate]) => [candidate, 'proposed']),
    now,
  );
  const [first] = links;
  const isOwn = first?.[1] === 'linked' && first[0].evidence.every(({ code }) => code !== 'known-account');
  return first && isOwn ? toLink(author, first[0], 'linked', now) : null;
}

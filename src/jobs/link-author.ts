import { createMatcher, type MatchCandidate, type MatchResult } from '../match/matcher.ts';
import type { MatchPost } from '../match/post.ts';
import { createStoreRegister } from '../match/register/store-register.ts';
import type { Evidence, IdentityLink } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { CustomerId } from '../model/ids.ts';
import { listLinksOfAuthors, saveMatcherLink } from '../store/customers.ts';
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
    profileUrl: author.profileUrl,
    bio: author.about,
    city: null,
    links: author.profileUrl ? [author.profileUrl] : [],
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

/**
 * The author's certain customer, after the matcher has looked at this document. Who is recognised for the first time has
 * what he wrote before looked at again: the complaint often comes first and the order number after.
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
  const matcher = createMatcher(createStoreRegister(tx), deps.matchWords);
  const result = await matcher.match(toPost(author, document), { bound, rejected });
  for (const [{ customerId, probability, evidence }, state] of toLinks(result, bound)) {
    const id = Number(customerId) as CustomerId;
    // What one post has shown is not taken back by another that shows less.
    if (state === 'proposed' && known.some((link) => link.customerId === id && link.state === 'linked'))
      continue;
    const decidedAt = deps.clock.now();
    const link = {
      authorId: author.id,
      customerId: id,
      state,
      score: probability,
      evidence: evidence.map(rounded),
    };
    await saveMatcherLink(tx, { ...link, decidedBy: 'matcher', decidedAt });
  }
  const link = certainLink(await listLinksOfAuthors(tx, [author.id]));
  if (link && link.customerId !== before?.customerId) {
    const others = (await documentsOfAuthors(tx, [author.id])).filter((id) => id !== document.id);
    await sendDocuments(deps.queue, tx, 'act', others);
  }
  return link;
}

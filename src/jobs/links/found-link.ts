import type { BitsOfEvidence } from '../../match/evidence.ts';
import { createMatcher, type MatchCandidate, type Matcher, type MatchResult } from '../../match/matcher.ts';
import type { MatchPost } from '../../match/post.ts';
import { createStoreRegister } from '../../match/register/store-register.ts';
import type { Evidence, IdentityLink, LinkBasis } from '../../model/customer.ts';
import type { Author, Document } from '../../model/document.ts';
import type { CustomerId } from '../../model/ids.ts';
import type { Vault } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import type { JobDeps } from '../deps.ts';

export const MATCHER = 'matcher';
/** Candidates below this are not put before anybody. */
export const PROPOSED_FROM = 0.1;

export type FoundState = 'linked' | 'proposed';
export type MatchDeps = Pick<JobDeps, 'vault' | 'matchWords' | 'matchWeights' | 'matchPolicy'>;

/** The matcher over the store, with the weights in force. */
export async function openMatcher(tx: Db, { vault, matchWords, matchWeights }: MatchDeps): Promise<Matcher> {
  return createMatcher(createStoreRegister(tx, vault), matchWords, await matchWeights.current(tx));
}

/** A profile on another site may be anybody's. */
function isOnSite(profileUrl: string, site: string): boolean {
  const host = URL.canParse(profileUrl) ? new URL(profileUrl).host : '';
  return host === site || host.endsWith(`.${site}`);
}

export function toPost(author: Author, document: Document): MatchPost {
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

/** Of an identifier the hash goes with it, and never what it says. */
function toStored({ key, ...one }: BitsOfEvidence, vault: Vault): Evidence {
  const bits = Math.round(one.bits * 10) / 10;
  return key === undefined ? { ...one, bits } : { ...one, bits, hash: vault.hash(key) };
}

/** Makes rows of what the matcher found for this author. */
export function linkMaker(
  { vault, matchPolicy }: Pick<JobDeps, 'vault' | 'matchPolicy'>,
  author: Author,
  { prior }: MatchResult,
  decidedAt: Date,
) {
  const basis: LinkBasis = matchPolicy === 'consented_only' ? 'consent' : 'legitimate_interest';
  const before: BitsOfEvidence = { code: 'prior', where: 'history', masked: '', bits: prior };
  return ({ customerId, probability, evidence }: MatchCandidate, state: FoundState): IdentityLink => ({
    authorId: author.id,
    customerId: Number(customerId) as CustomerId,
    state,
    score: probability,
    evidence: [before, ...evidence].map((one) => toStored(one, vault)),
    basis,
    decidedBy: MATCHER,
    decidedAt,
  });
}

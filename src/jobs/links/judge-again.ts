import type { MatchCandidate, Matcher, MatchResult } from '../../match/matcher.ts';
import type { IdentityLink } from '../../model/customer.ts';
import type { Author } from '../../model/document.ts';
import type { AuthorId } from '../../model/ids.ts';
import { documentsOfAuthors, getAuthors } from '../../store/authors.ts';
import type { Db } from '../../store/db.ts';
import { getDocuments } from '../../store/documents.ts';
import { nextWaitingValue, setJudged } from '../../store/generic-values.ts';
import {
  authorsLinkedBy,
  beginAct,
  changeLink,
  listLinkRows,
  listLinksOfAuthors,
} from '../../store/links.ts';
import { lockDocuments } from '../../store/progress.ts';
import type { JobDeps } from '../deps.ts';
import { actAgainOn, endLink } from './decide.ts';
import { linkMaker, MATCHER, openMatcher, PROPOSED_FROM, toPost } from './found-link.ts';

/** Of an author's posts the newest are looked at. */
const MOST_POSTS = 100;

interface Judged {
  result: MatchResult;
  candidate: MatchCandidate;
  isLinked: boolean;
}

/** The post that speaks most for the customer, as if the account had never been linked; the first that would link it ends the search. */
async function judgePosts(
  tx: Db,
  matcher: Matcher,
  author: Author,
  customerId: string,
  rejected: ReadonlySet<string>,
): Promise<Judged | null> {
  const ids = (await documentsOfAuthors(tx, [author.id])).slice(-MOST_POSTS);
  let best: Judged | null = null;
  for (const document of (await getDocuments(tx, ids)).toReversed()) {
    const result = await matcher.match(toPost(author, document), { bound: null, rejected });
    const candidate = result.candidates.find((one) => one.customerId === customerId);
    if (!candidate || result.decision === 'none') continue;
    const isLinked = result.decision === 'auto' && result.candidates[0] === candidate;
    if (isLinked) return { result, candidate, isLinked };
    if (!best || candidate.probability > best.candidate.probability) best = { result, candidate, isLinked };
  }
  return best;
}

/** What a link that leant on a value is without it; null: nothing. */
function withoutValue(deps: JobDeps, author: Author, judged: Judged | null): IdentityLink | null {
  if (
    !judged ||
    (!judged.isLinked && (judged.candidate.asShipped ?? judged.candidate.probability) < PROPOSED_FROM)
  )
    return null;
  const toLink = linkMaker(deps, author, judged.result, deps.clock.now());
  return toLink(judged.candidate, judged.isLinked ? 'linked' : 'proposed');
}

/** Judges anew the link that the matcher made of an author. Links that people made stay. */
async function judgeAuthor(tx: Db, deps: JobDeps, id: AuthorId): Promise<void> {
  // In the order of all: documents before links. Who decides at the same time is waited for, and heard.
  await lockDocuments(tx, await documentsOfAuthors(tx, [id]));
  const [author] = await getAuthors(tx, [id]);
  const links = await listLinksOfAuthors(tx, [id]);
  const rejected = new Set(
    links
      .filter(({ state }) => state === 'rejected' || state === 'on_behalf')
      .map((link) => String(link.customerId)),
  );
  const matcher = await openMatcher(tx, deps);
  for (const { customerId, state } of links) {
    if (!author || state !== 'linked') continue;
    const judged = await judgePosts(tx, matcher, author, String(customerId), rejected);
    const after = withoutValue(deps, author, judged);
    const act = await beginAct(tx, MATCHER, deps.clock.now());
    const rows = (await listLinkRows(tx, id, customerId)).filter((row) => row.state === 'linked');
    for (const row of rows) await changeLink(tx, act, id, row.customerId, after);
    if (after?.state === 'linked') continue;
    await endLink(
      tx,
      deps,
      id,
      rows.map((row) => row.customerId),
      'proposed',
    );
    await actAgainOn(tx, deps, id);
  }
}

/**
 * Judges again the links that lean on identifiers which other people have, too, or for whose sake people said no. What another identifier of the
 * author's own still proves stays linked; the rest is a question again, or nothing. An author whom that fails for does not hold up the others.
 * Returns of how many identifiers.
 */
export async function judgeGenericValues(deps: JobDeps): Promise<number> {
  const seen: string[] = [];
  for (;;) {
    const value = await nextWaitingValue(deps.db, seen);
    if (!value) return seen.length;
    seen.push(value.hash);
    try {
      for (const author of await authorsLinkedBy(deps.db, [value.hash]))
        await deps.db.transaction((tx) => judgeAuthor(tx, deps, author));
      await setJudged(deps.db, value, deps.clock.now());
    } catch (error) {
      deps.log.error(
        { err: error },
        'links that lean on an identifier could not be judged again; this is tried anew',
      );
    }
  }
}

import { LEAST_DECISIONS, LEAST_NEW, learnMatchWeights } from '../../match/learn/learn.ts';
import { isDecided, type Lesson, toLesson } from '../../match/learn/lesson.ts';
import type { ShownAuthors } from '../../match/learn/level.ts';
import { FACTORY_WEIGHTS } from '../../match/learn/weights.ts';
import type { IdentityLink } from '../../model/customer.ts';
import type { AuthorId } from '../../model/ids.ts';
import type { WeightsVersion } from '../../model/match-weights.ts';
import { addAudit } from '../../store/audit.ts';
import type { Db } from '../../store/db.ts';
import { countDecidedSince, listDecidedAuthors, listLinksOfAuthors } from '../../store/links.ts';
import { addWeights, lastLearnedAt, lockWeights, weightsInForce } from '../../store/match-weights.ts';
import { countOpenReviews, listOpenReviews } from '../../store/reviews.ts';
import type { JobDeps } from '../deps.ts';

/** Older decisions than those about so many authors tell of another register. */
const MOST_AUTHORS = 5000;
/** Authors of whom nothing was decided: for the level of the probabilities so many are enough. */
const MOST_OPEN = 1000;

type Deps = Pick<JobDeps, 'db' | 'clock'>;

export interface Learning {
  /** Authors whose decisions teach something. */
  decisions: number;
  /** Of these, those that the weights in force have not learned from. */
  fresh: number;
  /** null: too few of either. */
  made: WeightsVersion | null;
}

async function lessonsOf(db: Db, authors: readonly AuthorId[]): Promise<Lesson[]> {
  const byAuthor = new Map<AuthorId, IdentityLink[]>(authors.map((author) => [author, []]));
  for (const link of await listLinksOfAuthors(db, authors)) byAuthor.get(link.authorId)?.push(link);
  return [...byAuthor].flatMap(([author, links]) => toLesson(author, links) ?? []);
}

/** All authors who may be customers, with what people decided of them. */
async function readShown(db: Db): Promise<ShownAuthors> {
  const decided = await lessonsOf(db, await listDecidedAuthors(db, MOST_AUTHORS));
  const open = (await listOpenReviews(db, [], MOST_OPEN)).map(({ authorId }) => authorId);
  return {
    decided: decided.filter(isDecided),
    open: await lessonsOf(db, open),
    openCount: await countOpenReviews(db),
  };
}

/**
 * Learns from people's decisions how far signs are to be trusted. What foretells better what it has not seen than the weights in force is in
 * force from now on; what does not is kept to tell of.
 */
export async function learnLinkWeights({ db, clock }: Deps, by: string): Promise<Learning> {
  const inForce = await weightsInForce(db);
  const since = inForce?.learnedAt ?? null;
  const shown = await readShown(db);
  const lessons = shown.decided;
  const fresh = lessons.filter(({ at }) => since === null || at > since).length;
  const learned = learnMatchWeights(shown, { inForce: inForce?.weights ?? FACTORY_WEIGHTS, since });
  const decisions = lessons.length;
  if (!learned) return { decisions, fresh, made: null };
  const { weights, heldOut, isBetter } = learned;
  const learnedAt = clock.now();
  const state = isBetter ? ('active' as const) : ('no_better' as const);
  const row = { weights, heldOut, learnedAt, by, decisions, state };
  return db.transaction(async (tx) => {
    await lockWeights(tx);
    const version = await addWeights(tx, row);
    const { before, after, error, authors } = heldOut;
    const detail = { decisions, before, after, error, authors, state };
    await addAudit(tx, {
      at: learnedAt,
      actor: by,
      action: 'weights.learned',
      subject: `weights:${version}`,
      detail,
    });
    return { decisions, fresh, made: { version, ...row } };
  });
}

/** Learns when enough was decided since the last time, whatever came of that. */
export async function learnWhenDue(deps: Deps): Promise<Learning | null> {
  const last = await lastLearnedAt(deps.db);
  const wanted = last === null ? LEAST_DECISIONS : LEAST_NEW;
  return (await countDecidedSince(deps.db, last)) < wanted ? null : learnLinkWeights(deps, 'system');
}

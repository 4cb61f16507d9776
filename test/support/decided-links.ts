import type { MatchWeights } from '../../src/model/match-weights.ts';
import type { Db } from '../../src/store/db.ts';
import { decidedLinks } from '../match/learn/simulated.ts';

/** A world in which names say less than the register thinks, and towns too. */
export const OTHER_WORLD: MatchWeights = {
  offset: 0.5,
  groups: { identifiers: 1, nick: 0.8, name: 0.85, place: 0.8, others: 1 },
};

/**
 * Puts authors into the store of whom people have decided who they are, an hour apart from `from`; `truth`: what signs are worth. Customers are as many
 * as are proposed of one author.
 */
export async function addDecisions(
  db: Db,
  { count, truth, seed, from }: { count: number; truth: MatchWeights; seed: number; from: Date },
): Promise<void> {
  const customers = await db.query<{ id: number }>(
    `insert into customers (external_id, name, created_at, updated_at) select 'seen' || $2 || '-' || n, 'Somebody', $1, $1 from generate_series(1, 3) n returning id`,
    [from, seed],
  );
  const authors = await db.query<{ id: number }>(
    `insert into authors (site, handle) select 'f', 'decided' || $2 || '-' || n from generate_series(1, $1::int) n returning id`,
    [count, seed],
  );
  for (const [at, links] of decidedLinks(count, truth, seed).entries())
    for (const [place, { state, evidence }] of links.entries())
      await db.query(
        `insert into identity_links (author_id, customer_id, state, score, evidence, decided_by, decided_at) values ($1, $2, $3, 0.5, $4::jsonb, 'pr@example.ru', $5)`,
        [
          authors[at]!.id,
          customers[place]!.id,
          state,
          JSON.stringify(evidence),
          new Date(from.getTime() + at * 3_600_000),
        ],
      );
}

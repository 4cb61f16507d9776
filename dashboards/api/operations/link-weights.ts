import { z } from 'zod';
import { EVIDENCE_GROUPS, WEIGHTS_STATES, type WeightsVersion } from '../../../src/model/match-weights.ts';
import { listWeights } from '../../../src/store/match-weights.ts';
import { operation } from '../operation.ts';
import { at, iso } from '../shapes.ts';

const versionSchema = z
  .object({
    version: z.int(),
    state: z.enum(WEIGHTS_STATES).describe('active: the newest of these is in force'),
    groups: z
      .record(z.enum(EVIDENCE_GROUPS), z.number())
      .describe('What the bits of each sort of sign are multiplied by'),
    offset: z.number().describe('Bits'),
    learned_at: at,
    by: z.string(),
    decisions: z.int().describe('Authors of whom people had decided something'),
    loss: z
      .object({ before: z.number(), after: z.number(), error: z.number(), authors: z.int() })
      .describe(
        'Mean of −ln of the probability of what was decided, on authors that it had not learned from',
      ),
  })
  .meta({ id: 'LinkWeights' });

function versionOf(one: WeightsVersion): z.input<typeof versionSchema> {
  const { before, after, error, authors } = one.heldOut;
  return {
    version: one.version,
    state: one.state,
    groups: one.weights.groups,
    offset: one.weights.offset,
    learned_at: iso(one.learnedAt),
    by: one.by,
    decisions: one.decisions,
    loss: { before, after, error, authors },
  };
}

export const linkWeights = [
  operation({
    id: 'listLinkWeights',
    method: 'get',
    path: '/link-weights',
    scope: 'links:read',
    summary: 'List how far signs of who is who are trusted, the newest first; none: as shipped',
    answer: z.object({ data: z.array(versionSchema) }),
    handle: async ({ db }) => ({ data: (await listWeights(db)).map(versionOf) }),
  }),
  operation({
    id: 'useLinkWeights',
    method: 'post',
    path: '/link-weights/use',
    scope: 'links:write',
    summary: 'Put weights in force that were so before, or those that Molva is shipped with',
    body: z.strictObject({ version: z.int().min(1).nullable().describe('null: as shipped') }),
    answer: z.object({ outcome: z.literal('done') }),
    handle: async (deps, { body, actor }) => {
      await deps.db.transaction((tx) => deps.links.revertWeights(tx, { version: body.version, actor }));
      return { outcome: 'done' as const };
    },
  }),
];

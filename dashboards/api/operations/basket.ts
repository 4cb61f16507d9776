import { z } from 'zod';
import type { MentionId } from '../../../src/model/ids.ts';
import { type BasketRow, listBasket } from '../../../src/store/decisions.ts';
import { restoreMention, restoreOfRule } from '../../basket/restore.ts';
import { moment, readPage } from '../cursor.ts';
import { found, operation } from '../operation.ts';
import { at, byId, byKey, id, iso, pageOf, paging } from '../shapes.ts';

const rowSchema = z
  .object({
    mention: id,
    document: id,
    topic: z.string().describe('Name'),
    put_there_at: at,
    rule: z.string().nullable().describe('Key of the rule that put it there; null: a person did'),
  })
  .meta({ id: 'BasketEntry' });

function rowOf({
  mentionId,
  documentId,
  topicName,
  at: since,
  decided,
}: BasketRow): z.input<typeof rowSchema> {
  const by = decided.basket;
  return {
    mention: mentionId,
    document: documentId,
    topic: topicName,
    put_there_at: iso(since),
    rule: by && 'rule' in by ? by.rule : null,
  };
}

const query = z.strictObject({
  rule: z.string().max(64).optional().describe('Key: only what this rule put there'),
  ...paging,
});
const place = z.object({ at: moment, mention: z.int() });

export const basket = [
  operation({
    id: 'listBasket',
    method: 'get',
    path: '/basket',
    scope: 'mentions:read',
    summary: 'List mentions that were put aside, the last first',
    query,
    answer: pageOf(rowSchema),
    handle: async (deps, call) => {
      const { rule = null } = call.query;
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listBasket', query: call.query },
        place,
        (behind, atMost) =>
          listBasket(
            deps.db,
            rule,
            atMost,
            0,
            behind && { at: behind.at, mention: behind.mention as MentionId },
          ),
        (last) => ({ at: iso(last.at), mention: last.mentionId }),
      );
      return { data: rows.map(rowOf), next_cursor };
    },
  }),
  operation({
    id: 'restoreMention',
    method: 'post',
    path: '/mentions/{id}/restore',
    scope: 'mentions:write',
    summary: 'Take a mention out of the basket: no rule puts it back',
    params: byId,
    answer: z.object({ restored: z.int() }),
    handle: async (deps, { params, actor }) => {
      const restored = await restoreMention(deps, params.id as MentionId, actor);
      return { restored: found(restored || null, 'mention in the basket') };
    },
  }),
  operation({
    id: 'restoreOfRule',
    method: 'post',
    path: '/rules/{key}/restore',
    scope: 'mentions:write',
    summary: 'Take all that a rule put there out of the basket',
    detail: 'Where there is very much it ends after some seconds: repeat it until nothing is restored.',
    params: byKey,
    answer: z.object({ restored: z.int() }),
    handle: async (deps, { params, actor }) => ({ restored: await restoreOfRule(deps, params.key, actor) }),
  }),
];

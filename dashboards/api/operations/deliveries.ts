import { z } from 'zod';
import type { Delivery } from '../../../src/model/delivery.ts';
import { addAudit } from '../../../src/store/audit.ts';
import { getDelivery, listAttempts, listDeliveries, replayDelivery } from '../../../src/store/deliveries.ts';
import { moment, readPage } from '../cursor.ts';
import { found, operation, refuse } from '../operation.ts';
import { at, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const deliverySchema = z
  .object({
    id: z.uuid(),
    channel: z.enum(['crm', 'mail', 'chat']),
    endpoint: z.string(),
    event_type: z.string(),
    state: z.enum(['pending', 'sending', 'delivered', 'dead', 'in_doubt', 'cancelled']),
    attempts: z.int(),
    next_attempt_at: at.nullable(),
    last_error: z.string().nullable(),
    created_at: at,
    delivered_at: at.nullable(),
  })
  .meta({ id: 'Delivery', description: 'What was sent in it is not told: it names customers.' });

/** Without what was sent. */
const deliveryOf = (one: Delivery): z.input<typeof deliverySchema> => ({
  id: one.id,
  channel: one.channel,
  endpoint: one.endpoint,
  event_type: one.eventType,
  state: one.state,
  attempts: one.attempts,
  next_attempt_at: isoOrNull(one.nextAttemptAt),
  last_error: one.lastError,
  created_at: iso(one.createdAt),
  delivered_at: isoOrNull(one.deliveredAt),
});

const byUuid = z.strictObject({ id: z.uuid() });
const place = z.object({ createdAt: moment, id: z.string() });

export const deliveries = [
  operation({
    id: 'listDeliveries',
    method: 'get',
    path: '/deliveries',
    scope: 'deliveries:read',
    summary: 'List what was handed to CRMs, chats and mail, newest first',
    query: z.strictObject(paging),
    answer: pageOf(deliverySchema),
    handle: async (deps, call) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listDeliveries', query: call.query },
        place,
        (from, atMost) => listDeliveries(deps.db, atMost, 0, from),
        (last) => ({ createdAt: iso(last.createdAt), id: last.id }),
      );
      return { data: rows.map(deliveryOf), next_cursor };
    },
  }),
  operation({
    id: 'readDelivery',
    method: 'get',
    path: '/deliveries/{id}',
    scope: 'deliveries:read',
    summary: 'Read one delivery and each attempt at it',
    params: byUuid,
    answer: deliverySchema.extend({
      log: z.array(
        z.object({
          attempt: z.int(),
          at,
          took_ms: z.number(),
          outcome: z.enum(['delivered', 'retry', 'dead', 'in_doubt']),
          detail: z.string(),
        }),
      ),
    }),
    handle: async ({ db }, { params }) => {
      const one = found(await getDelivery(db, params.id), 'delivery');
      const log = (await listAttempts(db, one.id)).map(
        ({ attempt, at: when, durationMs, outcome, detail }) => ({
          attempt,
          at: iso(when),
          took_ms: durationMs,
          outcome,
          detail,
        }),
      );
      return { ...deliveryOf(one), log };
    },
  }),
  operation({
    id: 'replayDelivery',
    method: 'post',
    path: '/deliveries/{id}/replay',
    scope: 'deliveries:write',
    summary: 'Send a delivery again, under the same id',
    detail: 'It must have ended, and not have been withdrawn or erased.',
    params: byUuid,
    answer: deliverySchema,
    handle: async ({ db }, { params, actor, now }) => {
      const one = found(await getDelivery(db, params.id), 'delivery');
      await db.transaction(async (tx) => {
        if (!(await replayDelivery(tx, one.id, now)))
          refuse({ status: 409, code: 'not-now', title: 'This delivery cannot be sent again as it is' });
        const subject = `delivery:${one.id}`;
        await addAudit(tx, { at: now, actor, action: 'delivery.replayed', subject });
      });
      return deliveryOf(found(await getDelivery(db, one.id), 'delivery'));
    },
  }),
];

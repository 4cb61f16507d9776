import { randomUUID } from 'node:crypto';
import type { Db } from '../store/db.ts';
import { addDelivery } from '../store/deliveries.ts';

/** Something that happened, for other systems. */
export interface EndpointEvent {
  /** `complaint.detected` … */
  type: string;
  /** Each endpoint hears of it once. */
  key: string;
  /** What has the same reaches an endpoint in its order. Absent: whenever it can. */
  orderKey?: string;
  payload: unknown;
}

/** Hands an event to endpoints, in the caller's transaction. Returns under which number it goes to each, in their order. */
export async function tellEndpoints(
  tx: Db,
  endpoints: readonly string[],
  { type: eventType, key: eventKey, orderKey, payload }: EndpointEvent,
  now: Date,
): Promise<string[]> {
  const ids: string[] = [];
  for (const endpoint of endpoints)
    ids.push(
      await addDelivery(tx, {
        id: randomUUID(),
        channel: 'crm',
        endpoint,
        eventType,
        eventKey,
        ...(orderKey === undefined ? {} : { orderKey }),
        payload,
        createdAt: now,
      }),
    );
  return ids;
}

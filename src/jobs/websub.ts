import { backoffMs } from '../lib/backoff.ts';
import { errorMessage } from '../lib/errors.ts';
import {
  claimSubscriptions,
  deleteSubscription,
  recordHubTrouble,
  type Subscription,
} from '../store/websub.ts';
import type { JobDeps, WebSubEdges } from './deps.ts';

const CALLBACK_PATH = '/hooks/websub';
const LEASE_SECONDS = 10 * 86_400;
const DAY_MS = 86_400_000;
const FIRST_RETRY_MS = 10 * 60_000;
const BATCH = 10;
/** A hub that does not answer our goodbye is left with it: its lease runs out, and we answer 410. */
const MAX_GOODBYES = 3;

async function askHub({ http, publicUrl }: WebSubEdges, subscription: Subscription): Promise<void> {
  const { id, hub, topic, secret, state } = subscription;
  const form = new URLSearchParams({
    'hub.mode': state === 'unsubscribing' ? 'unsubscribe' : 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${publicUrl}${CALLBACK_PATH}/${id}`,
    ...(state === 'unsubscribing'
      ? {}
      : { 'hub.secret': secret, 'hub.lease_seconds': String(LEASE_SECONDS) }),
  });
  const response = await http.send({
    url: hub,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    timeoutMs: 20_000,
    maxBytes: 100_000,
  });
  if (response.status < 200 || response.status >= 300)
    throw new Error(`${new URL(hub).host} answered with status ${response.status}`);
}

async function ask(deps: JobDeps, edges: WebSubEdges, subscription: Subscription): Promise<void> {
  const { id, state, failures } = subscription;
  try {
    await askHub(edges, subscription);
  } catch (error) {
    if (state === 'unsubscribing' && failures >= MAX_GOODBYES) return deleteSubscription(deps.db, id);
    const nextTryAt = new Date(deps.clock.now().getTime() + backoffMs(failures, FIRST_RETRY_MS, DAY_MS));
    await recordHubTrouble(deps.db, id, errorMessage(error), nextTryAt, 'failed');
  }
}

/** Subscribes, renews and unsubscribes what is due. Safe to repeat: to a hub the same question twice is one. */
export async function keepSubscriptions(deps: JobDeps): Promise<number> {
  const edges = deps.websub;
  if (!edges) return 0;
  const due = await deps.db.transaction((tx) => claimSubscriptions(tx, deps.clock.now(), BATCH));
  await Promise.all(due.map((subscription) => ask(deps, edges, subscription)));
  return due.length;
}

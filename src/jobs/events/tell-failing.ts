import { randomUUID } from 'node:crypto';
import { describeSourceError } from '../../act/source-words.ts';
import type { SourceId } from '../../model/ids.ts';
import type { SourceHealth } from '../../model/source-health.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { getSource } from '../../store/sources.ts';
import type { JobDeps } from '../deps.ts';

/** Tells those who asked for it that a source is broken since now. */
export async function tellOfFailing(
  tx: Db,
  deps: Pick<JobDeps, 'subscriptions' | 'casePolicy'>,
  id: SourceId,
  { code }: SourceHealth,
  now: Date,
): Promise<void> {
  const endpoints = deps.subscriptions.wanting('source.failing');
  const source = endpoints.length > 0 ? await getSource(tx, id) : null;
  if (!source) return;
  const { key, name, url, lastError } = source;
  const payload = {
    source: { key, name, url, link: `${deps.casePolicy.dashboardUrl}/sources/${key}` },
    code,
    message: lastError ? describeSourceError(lastError, 'en') : null,
    since: now.toISOString(),
  };
  for (const endpoint of endpoints)
    await addDelivery(tx, {
      id: randomUUID(),
      channel: 'crm',
      endpoint,
      eventType: 'source.failing',
      eventKey: `source:${id}:broken:${now.toISOString()}`,
      orderKey: `source:${id}`,
      payload,
      createdAt: now,
    });
}

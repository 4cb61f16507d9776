import { describeSourceError } from '../../act/source-words.ts';
import { tellEndpoints } from '../../act/tell-endpoints.ts';
import type { SourceId } from '../../model/ids.ts';
import type { SourceHealth } from '../../model/source-health.ts';
import type { Db } from '../../store/db.ts';
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
  const event = {
    type: 'source.failing',
    key: `source:${id}:broken:${now.toISOString()}`,
    orderKey: `source:${id}`,
    payload,
  };
  await tellEndpoints(tx, endpoints, event, now);
}

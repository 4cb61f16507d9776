import type { Request, Response } from 'express';
import { titleOf } from '../../src/act/alerts/words.ts';
import { getIncident, namesOf } from '../../src/store/alert-incidents.ts';
import { browserMessages } from '../../src/store/alert-messages.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';

const EVERY_MS = 5000;
/** After that the browser asks anew, with a session that is looked at again. */
const LASTS_MS = 10 * 60_000;
/** Nobody is told by a page what happened before he came. */
const FRESH_MS = 15 * 60_000;

/** What waits for this person after that number, as server-sent events. */
async function eventsAfter(
  deps: DashboardDeps,
  res: Response,
  after: number,
): Promise<{ text: string; last: number }> {
  const { language } = viewerOf(res);
  const since = new Date(deps.clock.now().getTime() - FRESH_MS);
  const messages = await browserMessages(deps.db, userOf(res).email, after, since);
  let text = '';
  for (const { id, incidentId } of messages) {
    const incident = await getIncident(deps.db, incidentId);
    if (!incident || incident.acknowledgedAt) continue;
    const title = titleOf({ incident, names: await namesOf(deps.db, incident) }, language);
    const data = { title, link: `/alerts/incidents/${incidentId}`, tag: `incident-${incidentId}` };
    text += `id: ${id}\nevent: alert\ndata: ${JSON.stringify(data)}\n\n`;
  }
  return { text, last: messages.at(-1)?.id ?? after };
}

/** Tells an open page of alerts for its reader. `?once=1`: what is there now, and no more. */
export async function streamAlerts(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  let last = Number(req.get('last-event-id')) || 0;
  // Compressed it would wait for more.
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform' });
  const isOnce = req.query.once === '1';
  const ends = Date.now() + LASTS_MS;
  let isOpen = true;
  res.once('close', () => {
    isOpen = false;
  });
  res.write(`retry: ${EVERY_MS}\n\n`);
  while (isOpen) {
    const { text, last: newest } = await eventsAfter(deps, res, last);
    last = newest;
    // A remark keeps proxies from closing what is silent.
    res.write(text || ': \n\n');
    if (isOnce || Date.now() >= ends) break;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
  }
  res.end();
}

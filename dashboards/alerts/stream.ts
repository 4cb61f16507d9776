import type { Request, Response } from 'express';
import { titleOf } from '../../src/act/alerts/words.ts';
import { getIncident, namesOf } from '../../src/store/alert-incidents.ts';
import { browserMessages } from '../../src/store/alert-messages.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { streamEvents } from '../event-stream.ts';

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
  await streamEvents(req, res, async () => {
    const { text, last: newest } = await eventsAfter(deps, res, last);
    last = newest;
    return text;
  });
}

import { z } from 'zod';
import { takeIncident } from '../../../src/act/alerts/take.ts';
import { titleOf } from '../../../src/act/alerts/words.ts';
import type { Incident } from '../../../src/model/alert.ts';
import type { IncidentId } from '../../../src/model/ids.ts';
import {
  getIncident,
  listEndedIncidents,
  listOpenIncidents,
  namesOf,
  postsOf,
} from '../../../src/store/alert-incidents.ts';
import type { Db } from '../../../src/store/db.ts';
import { moment, pageWith, readCursor } from '../cursor.ts';
import { found, operation, refuse } from '../operation.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging } from '../shapes.ts';

const MOST_POSTS = 100;

const incidentSchema = z
  .object({
    id,
    kind: z.string(),
    title: z.string().describe('What happened, in English'),
    posts: z.int().describe('How many it has'),
    opened_at: at,
    last_seen_at: at,
    ended_at: at.nullable(),
    acknowledged_by: z.string().nullable(),
    acknowledged_at: at.nullable(),
  })
  .meta({ id: 'Incident' });

async function incidentOf(db: Db, incident: Incident): Promise<z.input<typeof incidentSchema>> {
  return {
    id: incident.id,
    kind: incident.kind,
    title: titleOf({ incident, names: await namesOf(db, incident) }, 'en'),
    posts: incident.count,
    opened_at: iso(incident.openedAt),
    last_seen_at: iso(incident.lastSeenAt),
    ended_at: isoOrNull(incident.endedAt),
    acknowledged_by: incident.acknowledgedBy,
    acknowledged_at: isoOrNull(incident.acknowledgedAt),
  };
}

async function incidentsOf(db: Db, list: readonly Incident[]) {
  const shown = [];
  for (const incident of list) shown.push(await incidentOf(db, incident));
  return shown;
}

const query = z.strictObject({
  state: z.enum(['open', 'ended']).default('open').describe('Of open ones all come in one page'),
  ...paging,
});
const place = z.object({ openedAt: moment, id: z.int() });

export const incidents = [
  operation({
    id: 'listIncidents',
    method: 'get',
    path: '/incidents',
    scope: 'alerts:read',
    summary: 'List what alerts have told of, newest first',
    query,
    answer: pageOf(incidentSchema),
    handle: async (deps, call) => {
      const { state, limit } = call.query;
      const walk = { operation: 'listIncidents', query: call.query };
      const from = readCursor(deps.alerts.sign, walk, place);
      if (state === 'open')
        return { data: await incidentsOf(deps.db, await listOpenIncidents(deps.db)), next_cursor: null };
      const behind = from && { ...from, id: from.id as IncidentId };
      const read = await listEndedIncidents(deps.db, limit + 1, 0, behind);
      const { rows, next_cursor } = pageWith(deps.alerts.sign, walk, read, limit, (last) => ({
        openedAt: iso(last.openedAt),
        id: last.id,
      }));
      return { data: await incidentsOf(deps.db, rows), next_cursor };
    },
  }),
  operation({
    id: 'readIncident',
    method: 'get',
    path: '/incidents/{id}',
    scope: 'alerts:read',
    summary: 'Read one incident and its newest posts',
    params: byId,
    answer: incidentSchema.extend({ documents: z.array(id).describe('At most 100, the newest first') }),
    handle: async ({ db }, call) => {
      const incident = found(await getIncident(db, call.params.id as IncidentId), 'incident');
      return {
        ...(await incidentOf(db, incident)),
        documents: await postsOf(db, incident.id, MOST_POSTS),
      };
    },
  }),
  operation({
    id: 'takeIncident',
    method: 'post',
    path: '/incidents/{id}/take',
    scope: 'alerts:write',
    summary: 'Take an incident for whoever works with your program',
    params: byId,
    answer: z.object({ id, acknowledged_by: z.string().nullable(), acknowledged_at: at.nullable() }),
    handle: async ({ db }, { params, actor, now }) => {
      const number = params.id as IncidentId;
      const taken = await db.transaction((tx) => takeIncident(tx, number, actor, now));
      if (!taken) return refuse({ status: 404, code: 'no-incident', title: 'There is no such incident' });
      const { acknowledgedBy, acknowledgedAt } = taken;
      return { id: taken.id, acknowledged_by: acknowledgedBy, acknowledged_at: isoOrNull(acknowledgedAt) };
    },
  }),
];

import { z } from 'zod';
import { alertKinds } from '../../../src/act/alerts/kinds/registry.ts';
import type { Rehearsal } from '../../../src/act/alerts/rehearsal.ts';
import { pointerTo } from '../../../src/match/import/objects.ts';
import {
  type Alert,
  type AlertDefinition,
  alertPolicySchema,
  alertTellSchema,
} from '../../../src/model/alert.ts';
import { findAlert, listAlerts } from '../../../src/store/alerts.ts';
import { checkAlert, dropAlert, unsavedAlert } from '../../alerts/check.ts';
import type { DashboardDeps } from '../../deps.ts';
import { type Call, found, operation, PATIENCE_MS, refuse } from '../operation.ts';
import { at, byKey, byNewKey, id, iso, namedZone } from '../shapes.ts';

const alertSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    kind: z.string().describe(`One of ${alertKinds.map(({ kind }) => kind).join(', ')}`),
    settings: z.record(z.string(), z.unknown()).describe('Of its kind'),
    topics: z.array(z.string()).describe('Keys; empty: all'),
    condition: z.string().describe('In the query language; empty: it asks nothing'),
    tell: z.record(z.string(), z.unknown()).describe(`Who is told: ${shapeOf(alertTellSchema)}`),
    policy: z.record(z.string(), z.unknown()).describe(`When they are told: ${shapeOf(alertPolicySchema)}`),
    enabled: z.boolean(),
    zone: z.string().describe('IANA zone of its quiet hours'),
    in_force_since: at,
    saved_by: z.string(),
  })
  .meta({ id: 'Alert' });

function shapeOf({ shape }: z.ZodObject): string {
  return Object.keys(shape).join(', ');
}

const alertOf = (alert: Alert): z.input<typeof alertSchema> => ({
  key: alert.key,
  name: alert.name,
  kind: alert.kind,
  settings: alert.settings,
  topics: alert.topics,
  condition: alert.condition,
  tell: alert.tell,
  policy: alert.policy,
  enabled: alert.enabled,
  zone: alert.zone,
  in_force_since: iso(alert.inForceSince),
  saved_by: alert.savedBy,
});

const written = z.strictObject({
  name: z.string().trim().min(1).max(200),
  kind: z
    .string()
    .max(64)
    .describe(`One of ${alertKinds.map(({ kind }) => kind).join(', ')}`),
  settings: z.record(z.string(), z.unknown()).default({}).describe('Of its kind'),
  topics: z.array(z.string().max(64)).max(500).default([]).describe('Keys; empty: all'),
  condition: z.string().trim().max(50_000).default('').describe('In the query language'),
  tell: alertTellSchema.describe(
    'People by their addresses, and how; chats and webhooks by their keys in the configuration',
  ),
  policy: alertPolicySchema.prefault({}),
  enabled: z.boolean().default(true),
  zone: namedZone.optional().describe('Of quiet hours. As it was when left out, or UTC'),
});
type Written = z.output<typeof written>;

/** @throws ApiRefusal with what is wrong with it */
async function check(
  deps: DashboardDeps,
  key: string,
  { zone: _, ...said }: Written,
): Promise<AlertDefinition> {
  const read = await checkAlert(deps, { ...said, key });
  if ('definition' in read) return read.definition;
  return refuse({
    status: 422,
    code: 'invalid-alert',
    title: 'The alert cannot be used as it is written; nothing was done',
    errors: read.issues.map(({ at: place, message }) => ({
      in: 'body',
      pointer: pointerTo(place.split('.').filter(Boolean)),
      detail: message,
    })),
  });
}

type ByKey = { key: string };
const read = async ({ db }: DashboardDeps, { params }: Pick<Call<ByKey>, 'params'>): Promise<Alert> =>
  found(await findAlert(db, params.key), 'alert');

async function save(deps: DashboardDeps, call: Call<ByKey, unknown, Written>) {
  const { params, body, actor } = call;
  const known = await findAlert(deps.db, params.key);
  const definition = await check(deps, params.key, body);
  await deps.alerts.save(definition, { actor, zone: body.zone ?? known?.zone ?? 'UTC' });
  return { ...alertOf(await read(deps, call)), created: known === null };
}

const rehearsalSchema = z
  .object({
    from: at,
    to: at,
    messages: z.int().describe('That would have gone to each person or chat'),
    incidents: z.array(
      z.object({
        opened_at: at,
        told_at: at.describe('Later where quiet hours hold it back'),
        ended_at: at,
        title: z.string(),
        posts: z.int(),
        document: id.nullable().describe('An example'),
      }),
    ),
    ended: z
      .enum(['all', 'time', 'aborted', 'limit'])
      .describe('Other than all: it did not come to the present'),
  })
  .meta({ id: 'Rehearsal' });

const rehearsalOf = ({
  from,
  to,
  messages,
  incidents,
  ended,
}: Rehearsal): z.input<typeof rehearsalSchema> => ({
  from: iso(from),
  to: iso(to),
  messages,
  incidents: incidents.map((one) => ({
    opened_at: iso(one.openedAt),
    told_at: iso(one.toldAt),
    ended_at: iso(one.endedAt),
    title: one.title,
    posts: one.count,
    document: one.document,
  })),
  ended,
});

export const alerts = [
  operation({
    id: 'listAlerts',
    method: 'get',
    path: '/alerts',
    scope: 'alerts:read',
    summary: 'List what people are woken by',
    answer: z.object({ data: z.array(alertSchema) }),
    handle: async ({ db }) => ({ data: (await listAlerts(db)).map(alertOf) }),
  }),
  operation({
    id: 'readAlert',
    method: 'get',
    path: '/alerts/{key}',
    scope: 'alerts:read',
    summary: 'Read one alert',
    params: byKey,
    answer: alertSchema,
    handle: async (deps, call) => alertOf(await read(deps, call)),
  }),
  operation({
    id: 'saveAlert',
    method: 'put',
    path: '/alerts/{key}',
    scope: 'alerts:write',
    summary: 'Add an alert, or change one; it judges what is found from now on',
    detail: 'One that was removed comes back.',
    params: byNewKey,
    body: written,
    answer: alertSchema.extend({ created: z.boolean().describe('There was none of this key') }),
    statusOf: ({ created }) => (created ? 201 : 200),
    handle: save,
  }),
  operation({
    id: 'removeAlert',
    method: 'delete',
    path: '/alerts/{key}',
    scope: 'alerts:write',
    summary: 'Remove an alert; its incidents stay to be read',
    params: byKey,
    answer: alertSchema,
    handle: async (deps, call) => {
      const alert = await read(deps, call);
      await dropAlert(deps, alert.key, call.actor);
      return alertOf(alert);
    },
  }),
  operation({
    id: 'rehearseAlert',
    method: 'post',
    path: '/alert-rehearsals',
    scope: 'alerts:write',
    summary: 'Ask what an alert would have told of in the last 60 days; nothing is saved, nobody is told',
    detail: 'It takes some seconds. Send one as it would be saved.',
    body: written,
    answer: rehearsalSchema,
    handle: async (deps, { body, now }) => {
      const alert = unsavedAlert(await check(deps, 'rehearsed', body), body.zone ?? 'UTC', now);
      return rehearsalOf(await deps.alerts.rehearse(alert, 'en', AbortSignal.timeout(PATIENCE_MS)));
    },
  }),
];

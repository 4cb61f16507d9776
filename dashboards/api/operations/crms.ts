import { z } from 'zod';
import type { CrmStanding } from '../../crm/list.ts';
import { noteAsked } from '../../crm/note.ts';
import { resume } from '../../crm/resume.ts';
import { standings } from '../../crm/standings.ts';
import type { ConnectedCrm, DashboardDeps } from '../../deps.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byKey, iso, isoOrNull } from '../shapes.ts';

const crmSchema = z
  .object({
    key: z.string(),
    kind: z.string().describe('Of its connector'),
    waiting: z.int().describe('Messages that are not there yet'),
    paused: z
      .object({ since: at, reason: z.string() })
      .nullable()
      .describe('Nothing is sent until somebody lets it go on; null: it is not'),
    pulls: z
      .array(
        z.object({
          kind: z.enum(['customers', 'purchases']),
          next_at: at,
          last_success_at: at.nullable(),
          last_error: z.string().nullable(),
          records: z.int().describe('Taken in since the beginning, a changed one again'),
          left_out: z.int(),
        }),
      )
      .describe('What is read out of it by the clock'),
  })
  .meta({ id: 'Crm' });

const crmOf = ({ crm, pulls, paused, waiting }: CrmStanding): z.input<typeof crmSchema> => ({
  key: crm.key,
  kind: crm.kind,
  waiting,
  paused: paused && { since: iso(paused.at), reason: paused.reason },
  pulls: pulls.map((pull) => ({
    kind: pull.kind,
    next_at: iso(pull.nextAt),
    last_success_at: isoOrNull(pull.lastSuccessAt),
    last_error: pull.lastError,
    records: pull.records,
    left_out: pull.leftOut,
  })),
});

type OfCrm = Call<{ key: string }>;

const find = ({ crm }: DashboardDeps, key: string): ConnectedCrm =>
  found(
    crm.list().find((one) => one.key === key),
    'CRM',
  );

async function check(deps: DashboardDeps, call: OfCrm) {
  const { key, can } = find(deps, call.params.key);
  if (!can.check)
    return refuse({ status: 409, code: 'cannot', title: 'This connector has nothing to check' });
  await noteAsked(deps, { actor: call.actor, action: 'crm.checked', key });
  const answer = await deps.crm.check(key);
  return 'failure' in answer
    ? { is_good: false, message: `${answer.failure.code}: ${answer.failure.message}` }
    : { is_good: true, message: '' };
}

async function goOn(deps: DashboardDeps, { params, actor }: OfCrm) {
  const { refusal } = found(await resume(deps, params.key, actor), 'paused CRM');
  if (refusal === null) return { outcome: 'done' as const };
  return refuse({ status: 409, code: 'refused', title: 'The CRM does not let us in yet', detail: refusal });
}

async function pull(deps: DashboardDeps, call: OfCrm) {
  const { key, pulls } = find(deps, call.params.key);
  if (pulls.length === 0)
    return refuse({ status: 409, code: 'cannot', title: 'Nothing can be read out of this CRM' });
  if (!(await deps.crm.startPull(key)))
    return refuse({ status: 409, code: 'busy', title: 'It is being read already' });
  await noteAsked(deps, { actor: call.actor, action: 'crm.pull.started', key });
  return { outcome: 'started' as const };
}

export const crms = [
  operation({
    id: 'listCrms',
    method: 'get',
    path: '/crms',
    scope: 'deliveries:read',
    summary: 'List the connected CRMs, and how they stand',
    answer: z.object({ data: z.array(crmSchema) }),
    handle: async (deps) => ({ data: (await standings(deps)).map(crmOf) }),
  }),
  operation({
    id: 'checkCrm',
    method: 'post',
    path: '/crms/{key}/check',
    scope: 'deliveries:write',
    summary: 'Ask a CRM whether it takes our credentials; that may take half a minute',
    params: byKey,
    answer: z.object({
      is_good: z.boolean(),
      message: z.string().describe('What is wrong, without secrets'),
    }),
    handle: check,
  }),
  operation({
    id: 'resumeCrm',
    method: 'post',
    path: '/crms/{key}/resume',
    scope: 'deliveries:write',
    summary: 'Let messages go on to a CRM that was paused, if it lets us in',
    params: byKey,
    answer: z.object({ outcome: z.literal('done') }),
    handle: goOn,
  }),
  operation({
    id: 'pullCrm',
    method: 'post',
    path: '/crms/{key}/pull',
    scope: 'deliveries:write',
    summary: 'Read customers and purchases out of a CRM now, in the background',
    params: byKey,
    answer: z.object({ outcome: z.literal('started') }),
    handle: pull,
  }),
];

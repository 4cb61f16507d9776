import { z } from 'zod';
import { CASE_STATUSES } from '../../model/case.ts';
import type { CaseId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { addInboundMessage } from '../../store/inbound-messages.ts';
import type { CasePolicy } from './policy.ts';
import { reviseCase } from './revise.ts';
import { tellCaseChange } from './tell.ts';

/** What a CRM may tell us of a case that we told it of. */
export const inboundMessage = z.object({
  type: z.literal('case.status'),
  timestamp: z.iso.datetime({ offset: true }),
  data: z.object({
    /** `case.id` of the message that opened it. */
    case_id: z.int().positive(),
    status: z.enum(CASE_STATUSES),
    note: z.string().trim().max(2000).optional(),
  }),
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/** done: taken in. repeated: it was here before. unknown: there is no such case, or no longer. */
export type Taken = 'done' | 'repeated' | 'unknown';

/** Takes in what an endpoint says of a case, once for each `id` of a message. */
export async function takeInbound(
  tx: Db,
  from: { endpoint: string; id: string },
  { data }: InboundMessage,
  policy: Pick<CasePolicy, 'tellChangesTo' | 'dashboardUrl' | 'owner'>,
  now: Date,
): Promise<Taken> {
  if (!(await addInboundMessage(tx, from.endpoint, from.id, now))) return 'repeated';
  const { case_id, status, note } = data;
  const revision = { status, ...(note ? { note } : {}) };
  const changed = await reviseCase(tx, case_id as CaseId, revision, { actor: `crm:${from.endpoint}`, now });
  if (changed === null) return 'unknown';
  await tellCaseChange(tx, case_id as CaseId, changed, policy, now, from.endpoint);
  return 'done';
}

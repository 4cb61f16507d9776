import { z } from 'zod';
import { BROKEN_CODES, type EvidenceHold } from '../../../src/model/evidence.ts';
import type { CaseId } from '../../../src/model/ids.ts';
import { getHold } from '../../../src/store/evidence-holds.ts';
import { verifyEvidence } from '../../../src/store/evidence-verify.ts';
import type { DashboardDeps } from '../../deps.ts';
import { noteLook } from '../../evidence/read.ts';
import { type Call, found, operation } from '../operation.ts';
import { at, byId, iso, isoOrNull } from '../shapes.ts';

const holdSchema = z
  .object({
    reason: z.string(),
    placed_by: z.string(),
    placed_at: at,
    erasure_asked_at: at.nullable().describe('Since when an erasure waits for the release'),
  })
  .meta({ id: 'EvidenceHold' });

const holdOf = (hold: EvidenceHold): z.input<typeof holdSchema> => ({
  reason: hold.reason,
  placed_by: hold.placedBy,
  placed_at: iso(hold.placedAt),
  erasure_asked_at: isoOrNull(hold.eraseAskedAt),
});

const why = z.strictObject({ reason: z.string().trim().min(1).max(500) });
type OfCase<Body = unknown> = Call<{ id: number }, unknown, Body>;

const asked = ({ params, body, actor }: OfCase<z.output<typeof why>>) => ({
  caseId: params.id as CaseId,
  reason: body.reason,
  actor,
});

const read = async ({ db }: DashboardDeps, { params }: OfCase) =>
  holdOf(found(await getHold(db, params.id as CaseId), 'hold'));

export const holds = [
  operation({
    id: 'checkEvidence',
    method: 'get',
    path: '/evidence-check',
    scope: 'evidence:read',
    summary: 'Walk along the chain of all records, and say whether it is whole',
    answer: z.object({
      records: z.int(),
      emptied: z.int().describe('By an erasure, or for age'),
      anchors: z.int().describe('Ends of the chain that the audit noted, and that it was held against'),
      head: z.object({ seq: z.int(), sha256: z.string() }).nullable().describe('null: there is no record'),
      broken: z
        .object({ seq: z.int(), code: z.enum(BROKEN_CODES) })
        .nullable()
        .describe('The first record that is not as it was; null: all are'),
    }),
    handle: async (deps, { actor }) => {
      await noteLook(deps, { actor, action: 'evidence.verified' }, null);
      return verifyEvidence(deps.db);
    },
  }),
  operation({
    id: 'readHold',
    method: 'get',
    path: '/cases/{id}/hold',
    scope: 'evidence:read',
    summary: 'Read why the evidence of a case is held; 404 where it is not',
    params: byId,
    answer: holdSchema,
    handle: read,
  }),
  operation({
    id: 'placeHold',
    method: 'put',
    path: '/cases/{id}/hold',
    scope: 'evidence:write',
    summary: 'Hold the evidence of a case: nothing of it is erased or removed for age until it is released',
    detail: 'Where it is held already, that stays as it is.',
    params: byId,
    body: why,
    answer: holdSchema,
    handle: async (deps, call) => {
      found(await deps.evidence.hold(asked(call)), 'case');
      return read(deps, call);
    },
  }),
  operation({
    id: 'releaseHold',
    method: 'post',
    path: '/cases/{id}/hold/release',
    scope: 'evidence:release',
    summary: 'Release the evidence of a case; an erasure that waited for it is carried out, for good',
    params: byId,
    body: why,
    answer: z.object({
      erased: z
        .object({ documents: z.int(), cases: z.int(), evidence: z.int() })
        .nullable()
        .describe('null: no erasure waited'),
    }),
    handle: async (deps, call) => found(await deps.evidence.release(asked(call)), 'hold'),
  }),
];

import { z } from 'zod';
import { EVIDENCE_KINDS, type EvidenceRecord } from '../../../src/model/evidence.ts';
import type { CaseId } from '../../../src/model/ids.ts';
import { getCase } from '../../../src/store/cases.ts';
import { getRecord, listRecords, readText } from '../../../src/store/evidence.ts';
import type { DashboardDeps } from '../../deps.ts';
import { hasText, noteLook } from '../../evidence/read.ts';
import { readPage } from '../cursor.ts';
import { type Call, found, operation } from '../operation.ts';
import { shownTo } from '../posts.ts';
import { at, byId, id, iso, isoOrNull, pageOf, paging, whole } from '../shapes.ts';

const recordSchema = z
  .object({
    seq: id.describe('Its place in the chain, which all cases share'),
    kind: z.enum(EVIDENCE_KINDS),
    at,
    document: id.nullable(),
    address: z.string().nullable().describe('Of the page that was looked at'),
    size: z.int().nullable().describe('Of the content, in bytes; null: it has none'),
    content_sha256: z.string().nullable().describe('Of the content, as sha256sum gives it'),
    sha256: z.string().describe('Of the record: it vouches for all that stands in it and before it'),
    previous_sha256: z.string().describe('Of the record before it in the chain'),
    emptied_at: at.nullable().describe('Since when only its hashes are kept'),
  })
  .meta({ id: 'EvidenceRecord' });

const recordOf = (record: EvidenceRecord): z.input<typeof recordSchema> => ({
  seq: record.seq,
  kind: record.kind,
  at: iso(record.at),
  document: record.documentId,
  address: record.address,
  size: record.size,
  content_sha256: record.contentSha256,
  sha256: record.sha256,
  previous_sha256: record.previousSha256,
  emptied_at: isoOrNull(record.emptiedAt),
});

const query = z.strictObject(paging);
const place = z.object({ seq: z.int() });

async function list(deps: DashboardDeps, call: Call<{ id: number }, z.output<typeof query>>) {
  const { db } = deps;
  const caseId = call.params.id as CaseId;
  const { rows, next_cursor } = await readPage(
    deps.alerts.sign,
    { operation: `listEvidence ${caseId}`, query: call.query },
    place,
    (from, limit) => listRecords(db, caseId, { after: from?.seq ?? 0, limit }),
    ({ seq }) => ({ seq }),
  );
  // Of a case that is gone the records stay.
  if (rows.length === 0) found(await getCase(db, caseId), 'case');
  await noteLook(deps, { actor: call.actor, action: 'evidence.viewed' }, caseId);
  return { data: rows.map(recordOf), next_cursor };
}

type ByPlace = { id: number; seq: number };

async function read(deps: DashboardDeps, call: Call<ByPlace>) {
  const { id: caseId, seq } = call.params;
  const record = found(await getRecord(deps.db, caseId as CaseId, seq), 'record');
  await noteLook(deps, { actor: call.actor, action: 'evidence.viewed', record: seq }, record.caseId);
  const text = hasText(record) ? await readText(deps.db, seq) : null;
  return { ...recordOf(record), text: text === null ? null : shownTo(call)(text) };
}

export const evidence = [
  operation({
    id: 'listEvidence',
    method: 'get',
    path: '/cases/{id}/evidence',
    scope: 'evidence:read',
    summary: 'List what was kept of a case, in order; the look is written down',
    params: byId,
    query,
    answer: pageOf(recordSchema),
    handle: list,
  }),
  operation({
    id: 'readEvidence',
    method: 'get',
    path: '/cases/{id}/evidence/{seq}',
    scope: 'evidence:read',
    summary: 'Read one record with its text; the look is written down',
    params: byId.extend({ seq: whole(1, Number.MAX_SAFE_INTEGER) }),
    answer: recordSchema.extend({
      text: z
        .string()
        .nullable()
        .describe(
          'As it was read. Contacts and numbers are masked without the scope customers:contacts, so that it does not have content_sha256 any more. null: a record of another kind, or emptied',
        ),
    }),
    handle: read,
  }),
];

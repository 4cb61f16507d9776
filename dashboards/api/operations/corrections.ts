import { z } from 'zod';
import type { CorrectionId, DocumentId } from '../../../src/model/ids.ts';
import { findCorrections, type ListedCorrection } from '../../../src/store/corrections.ts';
import { takeBack } from '../../corrections/say.ts';
import type { DashboardDeps } from '../../deps.ts';
import { readPage } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byId, id, iso, pageOf, paging, whole } from '../shapes.ts';

const correctionSchema = z
  .object({
    id,
    document: id,
    kind: z.string().describe('Of the tag'),
    topic: z.string().nullable().describe('Key; null: said of the post as a whole'),
    revision: z.int().describe('Of the text that was judged'),
    before: z.unknown().describe('The tag as the tagger gave it'),
    said: z
      .unknown()
      .nullable()
      .describe('What is right, by fields of the tag; null: it only takes back another'),
    undoes: id.nullable().describe('The correction that this one takes back'),
    undone_by: id.nullable().describe('The correction that takes this one back'),
    by: z.string(),
    at,
  })
  .meta({ id: 'Correction' });

const correctionOf = (one: ListedCorrection): z.input<typeof correctionSchema> => ({
  id: one.id,
  document: one.documentId,
  kind: one.kind,
  topic: one.target === '' ? null : one.target,
  revision: one.revision,
  before: one.before,
  said: one.after,
  undoes: one.undoes,
  undone_by: one.undoneBy,
  by: one.by,
  at: iso(one.at),
});

const query = z.strictObject({
  kind: z.string().max(50).optional(),
  topic: z.string().max(64).optional().describe('Key; empty: said of posts as a whole'),
  by: z.string().max(254).optional().describe('E-mail of a user, or api: and the name of a token'),
  document: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  ...paging,
});

const place = z.object({ id: z.int() });

async function list(deps: DashboardDeps, call: Call<unknown, z.output<typeof query>>) {
  const { kind = null, topic = null, by = null, document = null } = call.query;
  const filter = { kind, target: topic, by, document: document as DocumentId | null };
  const { rows, next_cursor } = await readPage(
    deps.alerts.sign,
    { operation: 'listCorrections', query: call.query },
    place,
    (from, atMost) => findCorrections(deps.db, filter, atMost, from?.id ?? null),
    (last) => ({ id: last.id }),
  );
  return { data: rows.map(correctionOf), next_cursor };
}

export const corrections = [
  operation({
    id: 'listCorrections',
    method: 'get',
    path: '/corrections',
    scope: 'documents:read',
    summary: 'List what people have said of tags, newest first',
    query,
    answer: pageOf(correctionSchema),
    handle: list,
  }),
  operation({
    id: 'undoCorrection',
    method: 'post',
    path: '/corrections/{id}/undo',
    scope: 'documents:write',
    summary: 'Take back what was said of a tag',
    params: byId,
    answer: z.object({ outcome: z.literal('done') }),
    handle: async (deps, { params, actor }) => {
      const undone = await takeBack(deps, { id: params.id as CorrectionId, by: actor });
      found(undone.correction, 'correction');
      if (undone.outcome === 'done') return { outcome: undone.outcome };
      return refuse({
        status: 409,
        code: 'late',
        title: 'It does not count any more, so there is nothing to take back',
      });
    },
  }),
];

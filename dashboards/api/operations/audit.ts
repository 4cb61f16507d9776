import { z } from 'zod';
import { listAudit } from '../../../src/store/audit.ts';
import type { DashboardDeps } from '../../deps.ts';
import { moment, readPage } from '../cursor.ts';
import { type Call, operation } from '../operation.ts';
import { at, id, instant, iso, pageOf, paging } from '../shapes.ts';

const entrySchema = z
  .object({
    id,
    at,
    actor: z.string().describe('E-mail of a user, cli, system, or api: and the name of a token'),
    action: z.string().describe('Like customer.viewed'),
    subject: z.string().describe('What it was done to, like case:12'),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

const query = z.strictObject({
  actor: z.string().max(200).default('').describe('Part of it, in any case'),
  action: z.string().max(200).default('').describe('Whole, or its first word: user is also user.role'),
  subject: z.string().max(200).default('').describe('Whole, or its kind: case is also case:12'),
  from: instant.optional(),
  to: instant.optional().describe('Before that'),
  ...paging,
});

const place = z.object({ at: moment, id: z.int() });

async function list(deps: DashboardDeps, call: Call<unknown, z.output<typeof query>>) {
  const { actor, action, subject, from, to } = call.query;
  const time = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
  const filter = { who: actor, what: action, about: subject, from: time(from), to: time(to) };
  const { rows, next_cursor } = await readPage(
    deps.alerts.sign,
    { operation: 'listAudit', query: call.query },
    place,
    (behind, atMost) => listAudit(deps.db, atMost, 0, filter, behind),
    (last) => ({ at: iso(last.at), id: last.id }),
  );
  return { data: rows.map((entry) => ({ ...entry, at: iso(entry.at) })), next_cursor };
}

export const audit = [
  operation({
    id: 'listAudit',
    method: 'get',
    path: '/audit',
    scope: 'audit:read',
    summary: 'List who did what, newest first',
    query,
    answer: pageOf(entrySchema),
    handle: list,
  }),
];

import { z } from 'zod';
import { REPORT_KINDS } from '../../../src/model/report.ts';
import { LANGUAGES } from '../../../src/model/user.ts';
import { listDigests } from '../../../src/store/digests.ts';
import { getReport, type ListedReport, listReports } from '../../../src/store/reports.ts';
import type { DashboardDeps } from '../../deps.ts';
import { makeReport } from '../../digests/make-report.ts';
import { translator } from '../../texts.ts';
import { moment, readPage } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { at, byId, id, iso, namedZone, pageOf, paging } from '../shapes.ts';

const reportSchema = z
  .object({
    id,
    kind: z.enum(REPORT_KINDS),
    recipient: z.string().nullable().describe('null: it is everybody’s'),
    from: at,
    to: at,
    made_by: z.string(),
    made_at: at,
  })
  .meta({ id: 'Report' });

const reportOf = (one: ListedReport): z.input<typeof reportSchema> => ({
  id: one.id,
  kind: one.kind,
  recipient: one.recipient,
  from: iso(one.from),
  to: iso(one.to),
  made_by: one.madeBy,
  made_at: iso(one.madeAt),
});

const reportPlace = z.object({ madeAt: moment, id: z.int() });
const digestPlace = z.object({ id: z.int() });

const digestSchema = z.object({
  id,
  recipient: z.string(),
  period: z.string().describe('Local date'),
  subject: z.string(),
  created_at: at,
});

const day = z.iso.date();

const wanted = z.strictObject({
  from: day.describe('First day'),
  to: day.describe('Last day; it must be over'),
  topics: z.array(z.string().max(64)).max(500).default([]).describe('Keys; empty: all'),
  language: z.enum(LANGUAGES),
  zone: namedZone.describe('IANA zone in whose days it counts'),
});

/** Written as by hand on the page Reports. */
async function make(
  deps: DashboardDeps,
  { body, now, actor }: Call<unknown, unknown, z.output<typeof wanted>>,
) {
  const { language, zone, ...form } = body;
  const made = await makeReport(deps, form, { language, zone, now, actor });
  if (typeof made === 'number') return reportOf(found(await getReport(deps.db, made), 'report'));
  return refuse({
    status: 422,
    code: 'invalid-report',
    title: 'The report was not written',
    errors: [
      {
        in: 'body',
        pointer: made === 'digest.bad.topic' ? '#/topics' : '#/to',
        detail: translator('en')(made),
      },
    ],
  });
}

export const reports = [
  operation({
    id: 'makeReport',
    method: 'post',
    path: '/reports',
    scope: 'reports:write',
    summary: 'Write a report of whole days; its numbers stay as they are now',
    body: wanted,
    answer: reportSchema,
    status: 201,
    handle: make,
  }),
  operation({
    id: 'listReports',
    method: 'get',
    path: '/reports',
    scope: 'reports:read',
    summary: 'List reports, newest first',
    query: z.strictObject(paging),
    answer: pageOf(reportSchema),
    handle: async (deps, call) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listReports', query: call.query },
        reportPlace,
        (from, atMost) => listReports(deps.db, atMost, 0, from),
        (last) => ({ madeAt: iso(last.madeAt), id: last.id }),
      );
      return { data: rows.map(reportOf), next_cursor };
    },
  }),
  operation({
    id: 'readReport',
    method: 'get',
    path: '/reports/{id}',
    scope: 'reports:read',
    summary: 'Read one report: its numbers as they were when it was written',
    params: byId,
    answer: reportSchema.extend({
      language: z.enum(['ru', 'en']),
      zone: z.string(),
      facts: z.unknown().describe('What it is made of; its shape has a version'),
    }),
    handle: async ({ db }, { params }) => {
      const report = found(await getReport(db, params.id), 'report');
      const { language, zone, facts } = report;
      return { ...reportOf(report), language, zone, facts };
    },
  }),
  operation({
    id: 'listDigests',
    method: 'get',
    path: '/digests',
    scope: 'digests:read',
    summary: 'List the digests that were written, newest first',
    query: z.strictObject(paging),
    answer: pageOf(digestSchema),
    handle: async (deps, call) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listDigests', query: call.query },
        digestPlace,
        (from, atMost) => listDigests(deps.db, atMost, from?.id ?? null),
        (last) => ({ id: last.id }),
      );
      const data = rows.map((one) => ({
        id: one.id,
        recipient: one.recipient,
        period: one.periodKey,
        subject: one.subject,
        created_at: iso(one.createdAt),
      }));
      return { data, next_cursor };
    },
  }),
];

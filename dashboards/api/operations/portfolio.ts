import { z } from 'zod';
import { TIERS } from '../../../src/model/customer.ts';
import { listPortfolio, PORTFOLIO_LISTS, type PortfolioRow } from '../../../src/store/portfolio.ts';
import { noteListed } from '../../customers/note-listed.ts';
import type { DashboardDeps } from '../../deps.ts';
import { askOf } from '../../portfolio/ask.ts';
import { readPage } from '../cursor.ts';
import { type Call, found, operation } from '../operation.ts';
import { at, iso, pageOf, paging } from '../shapes.ts';
import { tierOrNull, worth } from '../value-shapes.ts';

const rowSchema = z
  .object({
    external_id: z.string(),
    name: z.string(),
    ...worth,
    expected: z
      .object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
      .nullable()
      .describe('Money of the next 12 months'),
    moved: z
      .object({ at, from: tierOrNull, to: tierOrNull })
      .nullable()
      .describe('To another tier, in the last 90 days; in the list of moves only'),
  })
  .meta({ id: 'PortfolioEntry' });

const rowOf = (row: PortfolioRow): z.input<typeof rowSchema> => ({
  external_id: row.number,
  name: row.name,
  tier: row.stated ?? row.computed,
  computed_tier: row.computed,
  tier_reasons: row.tierReasons,
  stage: row.stage,
  silent_days: row.silentDays,
  churn: row.churn,
  churn_reasons: row.churnReasons,
  expected:
    row.expected === null ? null : { value: row.expected, low: row.expectedLow, high: row.expectedHigh },
  realised: row.realised,
  currency: row.currency,
  moved: row.movedAt && { at: iso(row.movedAt), from: row.from, to: row.to },
});

const params = z.strictObject({ list: z.enum(PORTFOLIO_LISTS) });
const query = z.strictObject({
  part: z
    .string()
    .max(64)
    .optional()
    .describe('Of the list tier: a tier, or none. Of quiet: a cause, or none. Of the others nothing.'),
  ...paging,
});
const place = z.object({ offset: z.int().min(0) });

async function list(deps: DashboardDeps, call: Call<z.output<typeof params>, z.output<typeof query>>) {
  const { list: name } = call.params;
  const ask = found(askOf(name, call.query.part ?? defaultPart(name)), 'part');
  let offset = 0;
  const { rows, next_cursor } = await readPage(
    deps.alerts.sign,
    { operation: `listPortfolio ${ask.list}`, query: call.query },
    place,
    (from, limit) => {
      offset = from?.offset ?? 0;
      return listPortfolio(deps.db, ask, { now: call.now, limit, offset });
    },
    () => ({ offset: offset + call.query.limit }),
  );
  await noteListed(deps, {
    actor: call.actor,
    subject: `portfolio:${ask.list}`,
    rows,
    detail: { part: ask.part },
  });
  return { data: rows.map(rowOf), next_cursor };
}

const defaultPart = (of: z.output<typeof params>['list']): string => (of === 'tier' ? TIERS[0] : 'none');

export const portfolio = [
  operation({
    id: 'listPortfolio',
    method: 'get',
    path: '/portfolio/{list}',
    scope: 'customers:read',
    summary:
      'List customers by what they are worth: who is promising, at risk, quiet, of a tier, or moved to another',
    detail: 'Who was told is written down. Scores are of the last night.',
    params,
    query,
    answer: pageOf(rowSchema),
    handle: list,
  }),
];

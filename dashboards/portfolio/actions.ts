import type { Request, Response } from 'express';
import { z } from 'zod';
import { CSV_MARK, csvLines } from '../../src/lib/csv.ts';
import { addAudit } from '../../src/store/audit.ts';
import { addToSegment, listPortfolio, type PortfolioAsk } from '../../src/store/portfolio.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { csvRows, listPath } from './rows.ts';

/** More than a spreadsheet takes with ease. */
const MOST_ROWS = 100_000;
const MOST_NAME = 80;

const segmentSchema = z.object({ segment: z.string().max(500) });

/** The whole list as a file; who took it, and how many customers it names, is noted. */
export async function exportList(deps: DashboardDeps, ask: PortfolioAsk, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const rows = await listPortfolio(deps.db, ask, { now: viewer.now, limit: MOST_ROWS, offset: 0 });
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'customers.exported',
    subject: `portfolio:${ask.list}`,
    detail: { part: ask.part, customers: rows.length },
  });
  res.attachment(`molva-${ask.list}-${viewer.now.toISOString().slice(0, 10)}.csv`);
  res.type('text/csv; charset=utf-8').send(`${CSV_MARK}${csvLines(csvRows(viewer, ask.list, rows))}`);
}

/** As conditions can name it: without quotation marks. */
function nameIn(body: unknown): string {
  return segmentSchema.parse(body).segment.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim();
}

/** Puts the whole list into a segment. `refuse` shows what is wrong with the name. */
export async function saveSegment(
  deps: DashboardDeps,
  ask: PortfolioAsk,
  req: Request,
  res: Response,
  refuse: (form: { value: string; mistake: string }) => Promise<void>,
): Promise<void> {
  const viewer = viewerOf(res);
  const segment = nameIn(req.body);
  if (segment === '' || segment.length > MOST_NAME || /["“”«»\\]/.test(segment))
    return refuse({ value: segment, mistake: viewer.t('portfolio.segment.mistake') });
  const at = deps.clock.now();
  const added = await deps.db.transaction(async (tx) => {
    const n = await addToSegment(tx, ask, segment, at);
    const detail = { list: ask.list, part: ask.part, segment, customers: n };
    await addAudit(tx, {
      at,
      actor: userOf(res).email,
      action: 'segment.saved',
      subject: 'customers',
      detail,
    });
    return n;
  });
  const path = listPath(ask);
  const said = `done=1&segment=${encodeURIComponent(segment)}&n=${added}`;
  res.redirect(303, `${path}${path.includes('?') ? '&' : '?'}${said}`);
}

import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { joinIncident, mergeCases, reviseIncident, splitCase } from '../../src/act/cases/join.ts';
import { reviseCase } from '../../src/act/cases/revise.ts';
import { caseKey, tellCaseChange, tellCaseNow } from '../../src/act/cases/tell.ts';
import { html } from '../../src/lib/html.ts';
import { CASE_OPENED } from '../../src/model/case.ts';
import type { CaseId, CaseIncidentId, MentionId, UserId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countOpenCases, getCase, listCases, mergedInto } from '../../src/store/cases.ts';
import type { Db } from '../../src/store/db.ts';
import { endpointsToldOf } from '../../src/store/deliveries.ts';
import { getIncident, listIncidents } from '../../src/store/incidents.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { caseRows } from '../case-rows.ts';
import { renderBoard } from '../cases/board.ts';
import { renderCalendar } from '../cases/calendar.ts';
import { renderCase } from '../cases/case-page.ts';
import { readCaseFilter, renderCaseFilter, renderIncidentList } from '../cases/filter.ts';
import { readRevision } from '../cases/forms.ts';
import { renderIncident } from '../cases/incident-page.ts';
import { renderWays } from '../cases/ways.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { renderCaseTable } from '../views/case.ts';
import { emptyWords } from '../views/empty.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages } from '../views/table.ts';

const PAGE_SIZE = 50;
const MAX_INCIDENTS = 20;

type Params = { id: string };

async function sendList(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const page = pageParam(req.query.page);
  const asked = readCaseFilter(req.query, viewer);
  const [list, incidents] = await Promise.all([
    listCases(deps.db, asked.filter, viewer.now, PAGE_SIZE, (page - 1) * PAGE_SIZE),
    listIncidents(deps.db, MAX_INCIDENTS),
  ]);
  const pager = renderPages(`/cases?${asked.query}`, page, list.length === PAGE_SIZE, {
    previous: t('page.previous'),
    next: t('page.next'),
  });
  const empty =
    asked.query === ''
      ? emptyWords(viewer, t('case.none'), {
          href: '/customers/import',
          words: t('empty.customers'),
          right: 'customers:bulk',
        })
      : t('case.nonelike');
  sendPage(
    res,
    t('menu.cases'),
    html`<h1>${t('menu.cases')}</h1>${renderWays(viewer, '/cases')}<p><a href="/latency">${t('latency.title')}</a> · <a href="/loyalty">${t('loyalty.title')}</a></p>${renderCaseFilter(viewer, asked)}${renderCaseTable(viewer, await caseRows(deps.db, list), empty)}${pager}${renderIncidentList(viewer, incidents)}`,
  );
}

async function sendCase(
  deps: DashboardDeps,
  req: Request<Params>,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const id = numberParam<CaseId>(req.params.id);
  if (id === null) return next();
  const into = await mergedInto(deps.db, id);
  if (into !== null) return res.redirect(303, `/cases/${into}`);
  const found = await getCase(deps.db, id);
  if (!found) return next();
  const [row = { case: found, customer: undefined, card: undefined }] = await caseRows(deps.db, [found]);
  const viewer = viewerOf(res);
  const notice = renderNotice(req.query, viewer.t('notice.saved'));
  sendPage(res, viewer.t('case.title', { id }), html`${notice}${await renderCase(deps, viewer, row)}`);
}

/** What somebody does with a case: in one transaction with its line in the audit. `work` returns where to go, or null when there is nothing to do it with. */
function change(
  deps: DashboardDeps,
  action: string,
  work: (
    tx: Db,
    id: CaseId,
    req: Request<Params>,
    by: { actor: string; now: Date },
    zone: string,
  ) => Promise<string | null>,
) {
  return async (req: Request<Params>, res: Response, next: NextFunction): Promise<void> => {
    const id = numberParam<CaseId>(req.params.id);
    if (id === null) return next();
    const { email: actor, zone } = userOf(res);
    const now = deps.clock.now();
    const to = await deps.db.transaction(async (tx) => {
      const place = await work(tx, id, req, { actor, now }, zone);
      if (place !== null) await addAudit(tx, { at: now, actor, action, subject: `case:${id}` });
      return place;
    });
    if (to === null) return next();
    res.redirect(303, `${to}?done=1`);
  };
}

const number = z.coerce.number().int().positive();
const splitSchema = z.object({
  mention: z.union([number.transform((one) => [one]), z.array(number)]).default([]),
});
const incidentSchema = z.object({
  incident: z.union([z.literal(''), number]).default(''),
  name: z.string().trim().max(200).default(''),
});
const ownerSchema = z.object({
  owner: z.union([z.literal(''), number]).default(''),
  closed: z.string().optional(),
});

export const cases: Page = {
  path: '/cases',
  title: 'menu.cases',
  access: 'cases:read',
  menu: true,
  badge: (deps) => countOpenCases(deps.db),
  router: (deps) => {
    const router = Router();
    const post = (path: string, handler: ReturnType<typeof change>): void =>
      void router.post(path, allow('cases:work'), (req, res, next) =>
        handler(req as Request<Params>, res, next),
      );
    router.get('/', (req, res) => sendList(deps, req, res));
    router.get('/board', async (_req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('menu.cases'), await renderBoard(deps, viewer), '/assets/board.js');
    });
    router.get('/calendar', async (req, res) => {
      const viewer = viewerOf(res);
      sendPage(res, viewer.t('menu.cases'), await renderCalendar(deps, viewer, req.query.from));
    });
    router.get('/incidents/:id', async (req, res, next) => {
      const id = numberParam<CaseIncidentId>(req.params.id);
      const incident = id === null ? null : await getIncident(deps.db, id);
      if (!incident) return next();
      const viewer = viewerOf(res);
      const notice = renderNotice(req.query, viewer.t('notice.saved'));
      sendPage(res, incident.name, html`${notice}${await renderIncident(deps, viewer, incident)}`);
    });
    post(
      '/incidents/:id',
      change(deps, 'incident.changed', async (tx, id, { body }, by) => {
        const { owner, closed } = ownerSchema.parse(body ?? {});
        const asked = {
          id: id as number as CaseIncidentId,
          owner: (owner || null) as UserId | null,
          isClosed: closed === '1',
        };
        return (await reviseIncident(tx, asked, by)) ? `/cases/incidents/${id}` : null;
      }),
    );
    router.get('/:id', (req, res, next) => sendCase(deps, req, res, next));
    post(
      '/:id/revise',
      change(deps, 'case.changed', async (tx, id, { body }, by, zone) => {
        const changed = await reviseCase(tx, id, readRevision(body, zone), by);
        if (changed === null) return null;
        await tellCaseChange(tx, id, changed, deps.casePolicy, by.now);
        return body?.back === 'board' ? '/cases/board' : `/cases/${id}`;
      }),
    );
    post(
      '/:id/merge',
      change(deps, 'case.merged', async (tx, into, { body }, by) => {
        const other = z.object({ other: number }).parse(body ?? {}).other as CaseId;
        await mergeCases(tx, { into, other }, deps.publicUrl, by);
        return `/cases/${into}`;
      }),
    );
    post(
      '/:id/split',
      change(deps, 'case.split', async (tx, id, { body }, by) => {
        const mentions = splitSchema.parse(body ?? {}).mention as MentionId[];
        const part = await splitCase(tx, { id, mentions }, by);
        const event = { type: CASE_OPENED, key: caseKey(part) };
        await tellCaseNow(tx, part, event, await endpointsToldOf(tx, caseKey(id)), deps.casePolicy, by.now);
        return `/cases/${part}`;
      }),
    );
    post(
      '/:id/incident',
      change(deps, 'case.incident', async (tx, id, { body }, by) => {
        const { incident, name } = incidentSchema.parse(body ?? {});
        const chosen = incident === '' ? z.string().min(1).parse(name) : (incident as CaseIncidentId);
        const joined = await joinIncident(tx, { cases: [id], incident: chosen, owner: null }, by);
        return `/cases/incidents/${joined}`;
      }),
    );
    return router;
  },
};

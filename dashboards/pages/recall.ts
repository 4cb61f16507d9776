import { type NextFunction, type Request, type Response, Router } from 'express';
import { InputError } from '../../src/lib/errors.ts';
import { html } from '../../src/lib/html.ts';
import { MISS_STATES } from '../../src/model/recall.ts';
import { addAudit } from '../../src/store/audit.ts';
import { listCanaryDocuments } from '../../src/store/canary-documents.ts';
import { readCoverage } from '../../src/store/coverage.ts';
import {
  countCauses,
  countOpenMisses,
  getMiss,
  listMisses,
  type Miss,
  medianTimeToFix,
  setMissState,
} from '../../src/store/recall-misses.ts';
import { listKnownPageChecks } from '../../src/store/source-health.ts';
import { listSources } from '../../src/store/sources.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { findTopicByKey, listTopics } from '../../src/store/topics.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { numberParam, pageParam } from '../params.ts';
import { type CanaryForm, EMPTY_CANARY, renderCanaries } from '../recall/canaries.ts';
import { renderCoverage } from '../recall/coverage.ts';
import { renderEntry } from '../recall/entry.ts';
import {
  type ReportForm,
  readFilter,
  renderCauses,
  renderLedger,
  renderReportForm,
  reportIn,
} from '../recall/ledger.ts';
import { removeCanary } from '../recall/remove-canary.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { LAB_PATH } from '../topics/lab-view.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const PATH = '/recall';
/** The person waits for the answer. */
const LIMIT_MS = 25_000;
const PAGE_SIZE = 50;
const MOST_CANARIES = 100;

const NOTICES: Record<string, TextKey> = {
  reported: 'recall.notice.reported',
  traced: 'recall.notice.traced',
  rematch: 'recall.notice.rematch',
};

interface Forms {
  report?: ReportForm;
  canary?: CanaryForm;
}

function noticeOf({ t }: Viewer, { what }: { what?: unknown }): string {
  return t(NOTICES[String(what)] ?? 'notice.saved');
}

function mistakeWords({ t }: Viewer, error: unknown): string {
  if (!(error instanceof InputError)) throw error;
  return error.issues
    .map(({ at, message }) => {
      const key = `recall.mistake.${at}`;
      return key in TEXTS ? t(key as TextKey) : message;
    })
    .join(' ');
}

async function show(deps: DashboardDeps, req: Request, res: Response, forms: Forms = {}): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const filter = readFilter(req.query);
  const page = pageParam(req.query.page);
  const [misses, causes, median, topics, canaries, checks, sources, coverage] = await Promise.all([
    listMisses(deps.db, filter, PAGE_SIZE, (page - 1) * PAGE_SIZE),
    countCauses(deps.db),
    medianTimeToFix(deps.db),
    listTopics(deps.db),
    listCanaryDocuments(deps.db, MOST_CANARIES),
    listKnownPageChecks(deps.db),
    listSources(deps.db),
    readCoverage(deps.db),
  ]);
  const mayReport = hasRight(viewer.user, 'mentions:work');
  const body = html`${renderNotice(req.query, noticeOf(viewer, req.query))}<h1>${t('menu.recall')}</h1>${renderHelp(viewer, 'recall')}
    ${mayReport ? renderReportForm(viewer, forms.report ?? reportIn(req.query), topics) : ''}
    ${renderCauses(viewer, causes, median)}
    ${renderLedger(viewer, misses, filter, { number: page, isFull: misses.length === PAGE_SIZE })}
    ${renderCanaries(viewer, { canaries, checks, sources, form: forms.canary ?? EMPTY_CANARY })}
    ${renderCoverage(viewer, coverage)}`;
  sendPage(res, t('menu.recall'), body);
}

function fieldsOf(req: Request): (name: string) => string {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return (name) => (typeof body[name] === 'string' ? body[name] : '');
}

async function report(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const field = fieldsOf(req);
  const [address, text, topic] = [field('address'), field('text'), field('topic')];
  try {
    const pasted = { address, text, topic: topic === '' ? null : topic };
    const id = await deps.recall.report(pasted, userOf(res).email, AbortSignal.timeout(LIMIT_MS));
    res.redirect(303, `${PATH}/${id}?done=1&what=reported`);
  } catch (error) {
    const mistake = mistakeWords(viewerOf(res), error);
    res.status(400);
    await show(deps, req, res, { report: { address: address.slice(0, 2100), text, topic, mistake } });
  }
}

async function plant(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const field = fieldsOf(req);
  const form = {
    source: field('source'),
    address: field('address'),
    words: field('words'),
    hours: field('hours'),
  };
  try {
    await deps.recall.plant({ ...form, withinHours: Number(form.hours) }, userOf(res).email);
    res.redirect(303, `${PATH}?done=1#canaries`);
  } catch (error) {
    const mistake = mistakeWords(viewerOf(res), error);
    res.status(400);
    await show(deps, req, res, { canary: { ...form, mistake } });
  }
}

type Handler = (req: Request<{ id: string }>, res: Response, next: NextFunction) => Promise<void>;

/** A route about one entry. */
function onEntry(
  deps: DashboardDeps,
  handle: (miss: Miss, req: Request<{ id: string }>, res: Response) => Promise<string | null>,
): Handler {
  return async (req, res, next) => {
    const id = numberParam(req.params.id);
    const miss = id === null ? null : await getMiss(deps.db, id);
    if (!miss) return next();
    const to = await handle(miss, req, res);
    if (to !== null) res.redirect(303, to);
  };
}

function audited(deps: DashboardDeps, res: Response, { id }: Miss, action: string) {
  return { at: deps.clock.now(), actor: userOf(res).email, action, subject: `miss:${id}` };
}

/** Keeps the text as one that the topic must find; the lab is where the topic is widened. */
async function keepExample(deps: DashboardDeps, miss: Miss, req: Request, res: Response): Promise<string> {
  const topic = await findTopicByKey(deps.db, fieldsOf(req)('topic'));
  const found = miss.trace.found ?? (miss.text === '' ? null : { title: null, text: miss.text });
  if (!topic || !found) return `${PATH}/${miss.id}`;
  const example = {
    mustMatch: true,
    url: miss.address || null,
    title: found.title,
    author: null,
    text: found.text,
    note: '',
  };
  const entry = audited(deps, res, miss, 'miss.example');
  await deps.db.transaction(async (tx) => {
    await saveExample(tx, topic.id, example, entry.actor, entry.at);
    await addAudit(tx, { ...entry, detail: { topic: topic.key } });
  });
  return `${LAB_PATH}?topic=${topic.key}`;
}

async function changeState(deps: DashboardDeps, miss: Miss, req: Request, res: Response): Promise<string> {
  const state = MISS_STATES.find((one) => one === fieldsOf(req)('state'));
  if (!state) return `${PATH}/${miss.id}`;
  const entry = audited(deps, res, miss, 'miss.state');
  await deps.db.transaction(async (tx) => {
    await setMissState(tx, miss.id, state, entry.actor, entry.at);
    await addAudit(tx, { ...entry, detail: { state } });
  });
  return `${PATH}/${miss.id}?done=1`;
}

async function rematch(deps: DashboardDeps, miss: Miss, _req: Request, res: Response): Promise<string> {
  await deps.db.transaction(async (tx) => {
    await deps.actions.rematch(tx);
    await addAudit(tx, audited(deps, res, miss, 'miss.rematch'));
  });
  return `${PATH}/${miss.id}?done=1&what=rematch`;
}

function unplant(deps: DashboardDeps): Handler {
  return async (req, res, next) => {
    const id = numberParam(req.params.id);
    if (id === null) return next();
    await removeCanary(deps, id, userOf(res).email);
    res.redirect(303, `${PATH}?done=1#canaries`);
  };
}

export const recall: Page = {
  path: PATH,
  title: 'menu.recall',
  access: 'mentions:read',
  menu: true,
  badge: (deps) => countOpenMisses(deps.db),
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, req, res));
    router.post('/', allow('mentions:work'), (req, res) => report(deps, req, res));
    router.post('/canaries', allow('mentions:work'), (req, res) => plant(deps, req, res));
    router.post('/canaries/:id/remove', allow('mentions:work'), unplant(deps));
    router.get(
      '/:id',
      onEntry(deps, async (miss, req, res) => {
        const viewer = viewerOf(res);
        const topics = await listTopics(deps.db);
        const notice = renderNotice(req.query, noticeOf(viewer, req.query));
        sendPage(
          res,
          viewer.t('recall.entry', { id: miss.id }),
          html`${notice}${renderEntry(viewer, miss, topics)}`,
        );
        return null;
      }),
    );
    router.post(
      '/:id/trace',
      allow('mentions:work'),
      onEntry(deps, async ({ id }) => {
        await deps.recall.retrace(id, AbortSignal.timeout(LIMIT_MS));
        return `${PATH}/${id}?done=1&what=traced`;
      }),
    );
    router.post(
      '/:id/state',
      allow('mentions:work'),
      onEntry(deps, (miss, req, res) => changeState(deps, miss, req, res)),
    );
    router.post(
      '/:id/example',
      allow('mentions:work'),
      onEntry(deps, (miss, req, res) => keepExample(deps, miss, req, res)),
    );
    router.post(
      '/:id/rematch',
      allow('mentions:work'),
      onEntry(deps, (miss, req, res) => rematch(deps, miss, req, res)),
    );
    return router;
  },
};

import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { CaseId } from '../../src/model/ids.ts';
import type { Language } from '../../src/model/user.ts';
import { getCase } from '../../src/store/cases.ts';
import { listRecords, readText } from '../../src/store/evidence.ts';
import { getHold } from '../../src/store/evidence-holds.ts';
import { verifyEvidence } from '../../src/store/evidence-verify.ts';
import { allow } from '../access.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextAt } from '../evidence/changes.ts';
import { renderCheck } from '../evidence/facts.ts';
import { sendFile, sendImage } from '../evidence/files.ts';
import { type EvidenceView, renderEvidence } from '../evidence/list.ts';
import { renderPrint } from '../evidence/print.ts';
import { hasText, noteLook } from '../evidence/read.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { translator } from '../texts.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

type CaseRequest = Request<{ id: string }>;
/** Of one case, to be shown. */
const MOST_TEXTS = 50;

async function textsOf(
  deps: DashboardDeps,
  records: readonly EvidenceRecord[],
): Promise<Map<number, TextAt[]>> {
  const texts = new Map<number, TextAt[]>();
  for (const record of records.filter(hasText).slice(0, MOST_TEXTS)) {
    const text = await readText(deps.db, record.seq);
    const of = record.documentId ?? 0;
    if (text !== null) texts.set(of, [...(texts.get(of) ?? []), { record, text }]);
  }
  return texts;
}

/** null: there is neither such a case nor a record of it. */
async function viewOf(deps: DashboardDeps, req: CaseRequest): Promise<EvidenceView | null> {
  const caseId = numberParam<CaseId>(req.params.id);
  if (caseId === null) return null;
  const records = await listRecords(deps.db, caseId);
  if (records.length === 0 && !(await getCase(deps.db, caseId))) return null;
  return { caseId, records, texts: await textsOf(deps, records), hold: await getHold(deps.db, caseId) };
}

const note = (deps: DashboardDeps, res: Response, action: string, caseId: CaseId): Promise<void> =>
  noteLook(deps, { actor: userOf(res).email, action }, caseId);

async function sendList(
  deps: DashboardDeps,
  req: CaseRequest,
  res: Response,
  next: NextFunction,
  said: Markup,
): Promise<void> {
  const view = await viewOf(deps, req);
  if (!view) return next();
  const viewer = viewerOf(res);
  await note(deps, res, 'evidence.viewed', view.caseId);
  sendPage(res, viewer.t('evidence.title', { id: view.caseId }), renderEvidence(viewer, view, said));
}

function inLanguage(viewer: Viewer, asked: unknown): Viewer {
  const language: Language = asked === 'ru' || asked === 'en' ? asked : viewer.language;
  return { ...viewer, language, t: translator(language) };
}

async function sendPrint(
  deps: DashboardDeps,
  req: CaseRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const view = await viewOf(deps, req);
  if (!view) return next();
  const viewer = inLanguage(viewerOf(res), req.query.language);
  const { name, email } = userOf(res);
  const facts = {
    check: await verifyEvidence(deps.db),
    madeAt: deps.clock.now(),
    madeBy: `${name} (${email})`,
    publicUrl: deps.publicUrl,
  };
  await note(deps, res, 'evidence.printed', view.caseId);
  sendPage(res, viewer.t('evidence.print.title'), renderPrint(viewer, view, facts));
}

async function check(
  deps: DashboardDeps,
  req: CaseRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const viewer = viewerOf(res);
  const id = numberParam<CaseId>(req.params.id);
  if (id === null) return next();
  await note(deps, res, 'evidence.verified', id);
  return sendList(deps, req, res, next, renderCheck(viewer, await verifyEvidence(deps.db)));
}

const formSchema = z.object({ reason: z.string().trim().min(1).max(500) });

/** Places or releases a hold for a reason that is fit to be kept. */
async function change(
  deps: DashboardDeps,
  req: CaseRequest,
  res: Response,
  next: NextFunction,
  act: (asked: { caseId: CaseId; reason: string; actor: string }) => Promise<'done' | 'unknown' | Markup>,
): Promise<void> {
  const { t } = viewerOf(res);
  const caseId = numberParam<CaseId>(req.params.id);
  const form = formSchema.safeParse(req.body);
  if (caseId === null) return next();
  if (!form.success) {
    res.status(422);
    return sendList(deps, req, res, next, html`${renderMistakes([t('evidence.hold.noreason')])}`);
  }
  const done = await act({ caseId, reason: form.data.reason, actor: userOf(res).email });
  if (done === 'unknown') return next();
  if (done === 'done') return res.redirect(303, `/cases/${caseId}/evidence?done=1`);
  // The case is gone with its erasure: there is no page of it to go back to.
  sendPage(
    res,
    t('evidence.short'),
    html`<h1>${t('evidence.short')}</h1>${done}<p><a href="/cases">← ${t('menu.cases')}</a></p>`,
  );
}

async function release(
  deps: DashboardDeps,
  req: CaseRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  return change(deps, req, res, next, async (asked) => {
    const done = await deps.evidence.release(asked);
    if (!done) return 'unknown';
    const { erased } = done;
    if (!erased) return 'done';
    const { documents, cases, evidence } = erased;
    const words = viewerOf(res).t('evidence.released', { documents, cases, evidence });
    return html`<p class="note done" role="status">${words}</p>`;
  });
}

async function hold(deps: DashboardDeps, req: CaseRequest, res: Response, next: NextFunction): Promise<void> {
  return change(deps, req, res, next, async (asked) =>
    (await deps.evidence.hold(asked)) === null ? 'unknown' : 'done',
  );
}

export const evidence: Page = {
  path: '/cases/:id/evidence',
  title: 'evidence.short',
  access: 'cases:work',
  menu: false,
  router: (deps) => {
    const router = Router({ mergeParams: true });
    router.get('/', (req: CaseRequest, res, next) => {
      const { t } = viewerOf(res);
      return sendList(deps, req, res, next, renderNotice(req.query, t('notice.saved')));
    });
    router.get('/print', (req: CaseRequest, res, next) => sendPrint(deps, req, res, next));
    router.post('/verify', (req: CaseRequest, res, next) => check(deps, req, res, next));
    router.post('/hold', (req: CaseRequest, res, next) => hold(deps, req, res, next));
    router.post('/release', allow('evidence:release'), (req: CaseRequest, res, next) =>
      release(deps, req, res, next),
    );
    router.get('/:seq/file', (req: Request<{ id: string; seq: string }>, res, next) =>
      sendFile(deps, req, res, next),
    );
    router.get('/:seq/image', (req: Request<{ id: string; seq: string }>, res, next) =>
      sendImage(deps, req, res, next),
    );
    return router;
  },
};

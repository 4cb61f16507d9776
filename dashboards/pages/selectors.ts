import { type Request, type Response, Router } from 'express';
import { InputError } from '../../src/lib/errors.ts';
import type { SelectorLook } from '../../src/model/selectors.ts';
import type { Source } from '../../src/model/source.ts';
import { addAudit } from '../../src/store/audit.ts';
import { findSourceByKey } from '../../src/store/sources.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { mistakeWords } from '../sources/mistakes.ts';
import {
  formOfSource,
  isBlank,
  readSelectorForm,
  type SelectorForm,
  settingsOf,
} from '../sources/selector-form.ts';
import { renderSelectors, SELECTORS_PATH, type SelectorView } from '../sources/selector-page.ts';
import { sendPage } from '../views/shell.ts';

/** The person waits for the answer. */
const LIMIT_MS = 28_000;
const SCRIPT = '/assets/live-form.js';

function send(res: Response, view: SelectorView): void {
  const viewer = viewerOf(res);
  sendPage(res, viewer.t('selectors.title'), renderSelectors(viewer, view), SCRIPT);
}

function formOf(req: Request): { body: Record<string, unknown>; form: SelectorForm } {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return { body, form: readSelectorForm(body) };
}

/** The source whose selectors are changed, when a person added it. */
async function sourceOf({ db }: DashboardDeps, key: unknown): Promise<Source | null> {
  const source = typeof key === 'string' && key !== '' ? await findSourceByKey(db, key) : null;
  return source?.kind === 'selectors' && source.origin === 'user' ? source : null;
}

async function look(
  deps: DashboardDeps,
  res: Response,
  { address, draft }: SelectorForm,
  wish: { suggest?: boolean; again?: boolean } = {},
): Promise<SelectorLook> {
  const owner = String(userOf(res).id);
  return deps.sources.lookWithSelectors({ owner, address, draft, ...wish }, AbortSignal.timeout(LIMIT_MS));
}

/** What the page suggests goes into the form, and the address in full. */
function withLook(form: SelectorForm, seen: SelectorLook): SelectorForm {
  if (!('preview' in seen)) return { ...form, address: seen.address };
  return { ...form, address: seen.address, name: form.name || (seen.title ?? ''), draft: seen.draft };
}

/** Mistakes of the person are told beside the form; others go their way. */
function sendMistake(res: Response, form: SelectorForm, error: unknown): void {
  if (!(error instanceof InputError)) throw error;
  res.status(400);
  send(res, { form, look: null, wasAsked: false, mistake: mistakeWords(viewerOf(res), error) });
}

/** At the first look, and whenever it is wished for, the page is asked for a suggestion. */
async function show(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { body, form } = formOf(req);
  const suggest = body.do === 'suggest' || (isBlank(form.draft) && body.live !== '1');
  try {
    const seen = await look(deps, res, form, { suggest, again: body.do === 'again' });
    send(res, { form: withLook(form, seen), look: seen, wasAsked: suggest });
  } catch (error) {
    sendMistake(res, form, error);
  }
}

/** Something would be collected, and no selector is wrong. */
function isReady(seen: SelectorLook): boolean {
  if (!('preview' in seen) || seen.trouble) return false;
  const { problems, collected, places } = seen.preview;
  const isWrong = places.some(({ mistake, problem }) => mistake !== undefined || problem === 'slow');
  return problems.length === 0 && collected > 0 && !isWrong;
}

/** Where to go on; `known` when the address is watched in this way already. */
async function store(
  deps: DashboardDeps,
  res: Response,
  form: SelectorForm,
): Promise<{ to: string } | { known: Source | null }> {
  const before = await sourceOf(deps, form.source);
  const audit = { at: deps.clock.now(), actor: userOf(res).email };
  return deps.db.transaction(async (tx) => {
    if (before) {
      await deps.sources.mend(tx, before, settingsOf(form, before.settings));
      await addAudit(tx, { ...audit, action: 'source.changed', subject: `source:${before.id}` });
      return { to: `/sources/${before.key}?done=1&what=mended` };
    }
    const { address: url, name } = form;
    const chosen = { kind: 'selectors', url, name, settings: settingsOf(form) };
    const { id, key, isKnown } = await deps.sources.add(tx, chosen);
    if (isKnown) return { known: await findSourceByKey(tx, key) };
    await addAudit(tx, { ...audit, action: 'source.added', subject: `source:${id}` });
    return { to: `/sources/${key}?done=1&what=added` };
  });
}

/** One from the configuration would be put back at the next start. */
function sendKnown(res: Response, form: SelectorForm, seen: SelectorLook, known: Source | null): void {
  const { t } = viewerOf(res);
  const mayChange = known?.origin === 'user';
  const mistake = mayChange ? t('selectors.known', { name: known.name }) : t('source.mistake.source');
  const named = mayChange ? { ...form, source: known.key, name: known.name } : form;
  res.status(409);
  send(res, { form: named, look: seen, wasAsked: false, mistake });
}

async function save(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { form: sent } = formOf(req);
  try {
    const seen = await look(deps, res, sent);
    const form = withLook(sent, seen);
    if (!isReady(seen)) {
      res.status(400);
      return send(res, { form, look: seen, wasAsked: false, mistake: viewerOf(res).t('selectors.notyet') });
    }
    const stored = await store(deps, res, form);
    if ('to' in stored) return res.redirect(303, stored.to);
    sendKnown(res, form, seen, stored.known);
  } catch (error) {
    sendMistake(res, sent, error);
  }
}

export const selectors: Page = {
  // No key of a source has a slash: this hides none.
  path: SELECTORS_PATH,
  title: 'selectors.title',
  access: 'sources:edit',
  menu: false,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const source = await sourceOf(deps, req.query.source);
      send(res, { form: source ? formOfSource(source) : readSelectorForm({}), look: null, wasAsked: false });
    });
    router.post('/', (req, res) => show(deps, req, res));
    router.post('/save', (req, res) => save(deps, req, res));
    return router;
  },
};

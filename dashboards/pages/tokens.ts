import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import {
  API_SCOPES,
  addApiToken,
  listApiTokens,
  revokeApiToken,
  TOKEN_NAME,
} from '../../src/store/api-tokens.ts';
import { addAudit } from '../../src/store/audit.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { listSchema } from '../params.ts';
import { renderNewToken, renderTokens, type TypedToken, VALIDITIES } from '../people/token-list.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const DAY_MS = 86_400_000;
const NOTHING: TypedToken = { name: '', scopes: [], days: '90' };

const formSchema = z.object({
  name: z.string().trim().regex(TOKEN_NAME),
  scopes: listSchema(z.enum(API_SCOPES), { min: 1 }),
  days: z.enum(VALIDITIES),
});

interface Shown {
  notice?: Markup;
  mistakes?: readonly TextKey[];
  typed?: TypedToken;
}

async function sendTokens(deps: DashboardDeps, res: Response, shown: Shown = {}): Promise<void> {
  const { notice = html``, mistakes = [], typed = NOTHING } = shown;
  const viewer = viewerOf(res);
  const title = viewer.t('tokens.title');
  const list = renderTokens(viewer, await listApiTokens(deps.db));
  sendPage(
    res,
    title,
    html`<h1>${title}</h1>${notice}<p>${viewer.t('tokens.lead')}</p>${list}${renderNewToken(viewer, mistakes, typed)}`,
  );
}

/** The only time that it is shown: the store has no more than its hash. */
function renderMade({ t }: Viewer, name: string, token: string): Markup {
  return html`<div class="note done" role="status"><p>${t('tokens.added', { name })}</p><p><code>${token}</code></p></div>`;
}

function typedOf(body: Record<string, unknown>): TypedToken {
  return {
    name: String(body.name ?? ''),
    scopes: [body.scopes].flat().map(String),
    days: String(body.days ?? ''),
  };
}

async function refuse(deps: DashboardDeps, req: Request, res: Response, mistakes: TextKey[]): Promise<void> {
  res.status(400);
  await sendTokens(deps, res, { mistakes, typed: typedOf((req.body ?? {}) as Record<string, unknown>) });
}

const MISTAKES: Readonly<Record<string, TextKey>> = {
  name: 'tokens.mistake.name',
  scopes: 'tokens.mistake.scopes',
};

/** Answers with the page itself: after a redirect the token would have to stand in an address. */
async function make(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = formSchema.safeParse(req.body);
  if (!form.success) {
    const fields = new Set(form.error.issues.map(({ path }) => String(path[0])));
    return refuse(
      deps,
      req,
      res,
      [...fields].map((field) => MISTAKES[field] ?? 'error.400'),
    );
  }
  const { name, scopes, days } = form.data;
  const at = deps.clock.now();
  const actor = userOf(res).email;
  const expiresAt = days === '' ? null : new Date(at.getTime() + Number(days) * DAY_MS);
  const token = await deps.db.transaction(async (tx) => {
    const made = await addApiToken(tx, name, scopes, at, { expiresAt, madeBy: actor });
    const detail = { scopes, ...(expiresAt && { until: expiresAt.toISOString() }) };
    if (made) await addAudit(tx, { at, actor, action: 'token.added', subject: `token:${name}`, detail });
    return made;
  });
  if (token === null) return refuse(deps, req, res, ['tokens.taken']);
  await sendTokens(deps, res, { notice: renderMade(viewerOf(res), name, token) });
}

async function revoke(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { name } = z.object({ name: z.string().max(60) }).parse(req.body);
  const at = deps.clock.now();
  const actor = userOf(res).email;
  await deps.db.transaction(async (tx) => {
    if (!(await revokeApiToken(tx, name, at))) return;
    await addAudit(tx, { at, actor, action: 'token.revoked', subject: `token:${name}` });
  });
  res.redirect(303, '/tokens?done=1');
}

export const tokens: Page = {
  path: '/tokens',
  title: 'tokens.title',
  access: 'users:edit',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) =>
      sendTokens(deps, res, { notice: renderNotice(req.query, viewerOf(res).t('tokens.done')) }),
    );
    router.post('/', (req, res) => make(deps, req, res));
    router.post('/revoke', (req, res) => revoke(deps, req, res));
    return router;
  },
};

import type { NextFunction, Request, Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SavedViewId } from '../../src/model/ids.ts';
import { type SavedView, savedViewSchema } from '../../src/model/saved-view.ts';
import { addSavedView, deleteSavedView } from '../../src/store/saved-views.ts';
import { userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { addressWith } from '../search-form.ts';
import { csrfField } from '../views/layout.ts';

function renderView(
  viewer: Viewer,
  { id, ownerId, ownerName, name, address }: SavedView,
  here: string,
): Markup {
  const { t } = viewer;
  const isOwn = ownerId === viewer.user?.id;
  const remove = isOwn
    ? html` <form method="post" action="/mentions/views/${id}/delete" class="inline">${csrfField(viewer)}<button class="link" aria-label="${t('saved.delete', { name })}">×</button></form>`
    : html` <small class="muted">${ownerName}</small>`;
  return html`<li><a href="${address}"${address === here ? html` aria-current="true"` : ''}>${name}</a>${remove}</li>`;
}

/** Searches that this person or others have kept, and the way to keep this one. `here`: its address. */
export function renderSaved(viewer: Viewer, views: readonly SavedView[], here: string): Markup {
  const { t } = viewer;
  const list =
    views.length > 0
      ? html`<ul class="quick saved" aria-label="${t('saved.title')}">${views.map((view) => renderView(viewer, view, here))}</ul>`
      : '';
  if (here === '/mentions') return html`${list}`;
  return html`${list}<details class="keep"><summary>${t('saved.keep')}</summary><form method="post" action="/mentions/views" class="filters">${csrfField(viewer)}<input type="hidden" name="address" value="${here}">
    <label>${t('saved.name')}<input name="name" maxlength="80" required></label><label class="check"><input type="checkbox" name="shared" value="1"> ${t('saved.shared')}</label><button>${t('saved.save')}</button></form></details>`;
}

async function keep(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { name, address, shared } = req.body as Record<string, unknown>;
  const view = savedViewSchema.parse({ name, address, isShared: shared === '1' });
  const id = await addSavedView(deps.db, { ...view, ownerId: userOf(res).id }, deps.clock.now());
  res.redirect(303, addressWith(view.address, 'saved', id === null ? 'taken' : '1'));
}

async function remove(deps: DashboardDeps, req: Request, res: Response, next: NextFunction): Promise<void> {
  const id = numberParam<SavedViewId>(String(req.params.id));
  if (id === null || !(await deleteSavedView(deps.db, id, userOf(res).id))) return next();
  res.redirect(303, '/mentions?saved=gone');
}

/** What came of keeping or deleting. */
export function renderSavedNotice({ t }: Viewer, query: { saved?: unknown }): Markup {
  if (query.saved === '1') return html`<p class="note done" role="status">${t('saved.done')}</p>`;
  if (query.saved === 'gone') return html`<p class="note done" role="status">${t('saved.gone')}</p>`;
  if (query.saved === 'taken') return html`<p class="error" role="alert">${t('saved.taken')}</p>`;
  return html``;
}

export function savedRoutes(deps: DashboardDeps, router: Router): void {
  router.post('/views', (req, res) => keep(deps, req, res));
  router.post('/views/:id/delete', (req, res, next) => remove(deps, req, res, next));
}

import { type Request, Router } from 'express';
import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { Source } from '../../src/model/source.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countDocumentsBySource, getSource, listSources } from '../../src/store/sources.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { number, outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

/** In words; a crawler that has none here keeps its own name. */
function kindName({ t }: Viewer, kind: string): string {
  const key = `kind.${kind}`;
  return key in TEXTS ? t(key as TextKey) : kind;
}

function renderState(viewer: Viewer, source: Source): Markup {
  const { t } = viewer;
  if (!source.enabled) return html`<span class="muted">${t('source.off')}</span>`;
  if (source.lastError)
    return html`<strong class="late">${describeSourceError(source.lastError, viewer.language)}</strong>
      <details><summary>${t('source.detail')}</summary><small>${time(viewer, source.lastError.at)}: ${source.lastError.message}</small></details>`;
  return html`${t(source.lastSuccessAt ? 'source.ok' : 'source.waiting')}`;
}

function renderNow(viewer: Viewer, source: Source): Markup {
  if (!source.enabled || !hasRole(viewer.user, 'pr')) return html``;
  return html`<form method="post" action="/sources/${source.id}/now">${csrfField(viewer)}<button>${viewer.t('source.now')}</button></form>`;
}

export const sources: Page = {
  path: '/sources',
  title: 'menu.sources',
  access: 'viewer',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const [list, counts] = await Promise.all([listSources(deps.db), countDocumentsBySource(deps.db)]);
      const rows = list.map((source) => [
        html`${outside(source.url, source.name)}<br><small class="muted">${kindName(viewer, source.kind)}</small>`,
        renderState(viewer, source),
        number(viewer, counts.get(source.id) ?? 0),
        source.lastSuccessAt ? time(viewer, source.lastSuccessAt) : '—',
        source.enabled ? time(viewer, source.nextRunAt) : '',
        renderNow(viewer, source),
      ]);
      const head = [
        t('source.name'),
        t('source.state'),
        t('source.documents'),
        t('source.last'),
        t('source.next'),
        '',
      ];
      sendPage(
        res,
        t('menu.sources'),
        html`${renderNotice(req.query, t('notice.visiting'))}<h1>${t('menu.sources')}</h1>${renderTable(head, rows, t('source.none'))}`,
      );
    });
    router.post('/:id/now', allow('pr'), async (req: Request<{ id: string }>, res, next) => {
      const id = numberParam<SourceId>(req.params.id);
      const source = id === null ? null : await getSource(deps.db, id);
      if (!source?.enabled) return next();
      await deps.actions.crawlNow(deps.db, source.id);
      await addAudit(deps.db, {
        at: deps.clock.now(),
        actor: userOf(res).email,
        action: 'source.visited',
        subject: `source:${source.id}`,
      });
      res.redirect(303, '/sources?done=1');
    });
    return router;
  },
};

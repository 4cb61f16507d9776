import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import {
  type DigestRecipient,
  getDigest,
  listAllRecipients,
  listDigests,
  type StoredDigest,
} from '../../src/store/digests.ts';
import { hasRight, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderMail, sendMailPart } from '../digests/mail-frame.ts';
import {
  mayChange,
  ofOwn,
  saveForm,
  sendNow,
  showForm,
  showNew,
  showPreview,
  showPreviewMail,
} from '../digests/own.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { time } from '../views/format.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const ARCHIVE = 100;

function nextOf(viewer: Viewer, recipient: DigestRecipient): Markup | string {
  if (!recipient.enabled) return viewer.t('digest.off');
  return recipient.unsubscribedAt ? viewer.t('digest.unsubscribed') : time(viewer, recipient.nextRunAt);
}

function renderRecipients(viewer: Viewer, recipients: readonly DigestRecipient[]): Markup {
  const { t } = viewer;
  const rows = recipients.map((recipient) => [
    mayChange(viewer, recipient.email)
      ? html`<a href="/digests/of/${recipient.id}">${recipient.email}</a>`
      : recipient.email,
    `${recipient.sendAt} ${recipient.zone}`,
    nextOf(viewer, recipient),
  ]);
  const head = [t('digest.recipient'), t('digest.at'), t('digest.next')];
  return html`<h2>${t('digest.recipients')}</h2>${renderTable(head, rows, t('digest.norecipients'))}`;
}

function renderOwn(viewer: Viewer, recipients: readonly DigestRecipient[]): Markup {
  const { t, user } = viewer;
  const own = recipients.find(({ key }) => key === user?.email);
  const first = own
    ? html`<a class="button" href="/digests/of/${own.id}">${t('digest.mine')}</a> <a href="/digests/of/${own.id}/preview">${t('digest.preview')}</a>`
    : html`<a class="button" href="/digests/new">${t('digest.begin')}</a>`;
  const other = hasRight(user, 'settings:edit')
    ? html` <a href="/digests/new?other=1">${t('digest.other')}</a>`
    : html``;
  return html`<p>${first}${other}</p>`;
}

function renderArchive(viewer: Viewer, archive: readonly StoredDigest[]): Markup {
  const { t } = viewer;
  const rows = archive.map((d) => [
    html`<a href="/digests/${d.id}">${d.subject}</a>`,
    d.recipient,
    time(viewer, d.createdAt),
  ]);
  const head = [t('digest.subject'), t('digest.recipient'), t('delivery.when')];
  return html`<h2>${t('digest.archive')}</h2>${renderTable(head, rows, t('digest.none'))}`;
}

async function sendList(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const [recipients, archive] = [await listAllRecipients(deps.db), await listDigests(deps.db, ARCHIVE)];
  const notice = renderNotice(req.query, t(req.query.what === 'again' ? 'digest.again' : 'digest.sent'));
  sendPage(
    res,
    t('menu.digests'),
    html`${notice}<h1>${t('menu.digests')}</h1><p>${t('digest.lead')}</p>${renderOwn(viewer, recipients)}
      ${renderRecipients(viewer, recipients)}${renderArchive(viewer, archive)}`,
  );
}

export const digests: Page = {
  path: '/digests',
  title: 'menu.digests',
  access: 'digests:own',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => sendList(deps, req, res));
    router.get('/new', (req, res) => showNew(deps, req, res));
    router.post('/save', (req, res) => saveForm(deps, req, res));
    router.get('/of/:id', ofOwn(deps, showForm));
    router.get('/of/:id/preview', ofOwn(deps, showPreview));
    router.get('/of/:id/preview/mail', ofOwn(deps, showPreviewMail));
    router.post('/of/:id/send', ofOwn(deps, sendNow));
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<number>(req.params.id);
      const digest = id === null ? null : await getDigest(deps.db, id);
      if (!digest) return next();
      const viewer = viewerOf(res);
      const { subject, text } = digest;
      sendPage(
        res,
        subject,
        html`<p><a href="/digests">← ${viewer.t('menu.digests')}</a></p><h1>${subject}</h1>
        ${renderMail(viewer, { address: `/digests/${digest.id}/mail`, subject, text })}`,
      );
    });
    router.get('/:id/mail', async (req, res, next) => {
      const id = numberParam<number>(req.params.id);
      const digest = id === null ? null : await getDigest(deps.db, id);
      if (!digest) return next();
      sendMailPart(res, digest.html);
    });
    return router;
  },
};

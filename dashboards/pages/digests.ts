import { Router } from 'express';
import { html } from '../../src/lib/html.ts';
import { getDigest, listDigests, listRecipients } from '../../src/store/digests.ts';
import { viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { numberParam } from '../params.ts';
import { time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const ARCHIVE = 100;
/** A mail's own styles are inline; nothing in it may run or be fetched. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Its links open beside the page: inside the frame our own pages refuse to be shown. */
function framed(mail: string): string {
  return mail.replace(/<head>/i, '<head><base target="_blank">');
}

export const digests: Page = {
  path: '/digests',
  title: 'menu.digests',
  access: 'pr',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (_req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const [recipients, archive] = await Promise.all([
        listRecipients(deps.db),
        listDigests(deps.db, ARCHIVE),
      ]);
      const people = recipients.map((r) => [
        r.email,
        `${r.sendAt} ${r.zone}`,
        r.unsubscribedAt ? t('digest.unsubscribed') : time(viewer, r.nextRunAt),
      ]);
      const sent = archive.map((d) => [
        html`<a href="/digests/${d.id}">${d.subject}</a>`,
        d.recipient,
        time(viewer, d.createdAt),
      ]);
      sendPage(
        res,
        t('menu.digests'),
        html`<h1>${t('menu.digests')}</h1><h2>${t('digest.recipients')}</h2>
        ${renderTable([t('digest.recipient'), t('digest.at'), t('digest.next')], people, t('digest.norecipients'))}
        <h2>${t('digest.archive')}</h2>${renderTable([t('digest.subject'), t('digest.recipient'), t('delivery.when')], sent, t('digest.none'))}`,
      );
    });
    router.get('/:id', async (req, res, next) => {
      const id = numberParam<number>(req.params.id);
      const digest = id === null ? null : await getDigest(deps.db, id);
      if (!digest) return next();
      const { t } = viewerOf(res);
      sendPage(
        res,
        digest.subject,
        html`<p><a href="/digests">← ${t('menu.digests')}</a></p><h1>${digest.subject}</h1>
        <iframe class="mail" src="/digests/${digest.id}/mail" title="${digest.subject}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
        <details><summary>${t('digest.text')}</summary><pre>${digest.text}</pre></details>`,
      );
    });
    router.get('/:id/mail', async (req, res, next) => {
      const id = numberParam<number>(req.params.id);
      const digest = id === null ? null : await getDigest(deps.db, id);
      if (!digest) return next();
      res.set('content-security-policy', MAIL_POLICY).removeHeader('x-frame-options');
      res.type('html').send(framed(digest.html));
    });
    return router;
  },
};

import type { NextFunction, Request, Response } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { type DigestRecipient, findRecipient, getRecipient } from '../../src/store/digests.ts';
import { listTopics } from '../../src/store/topics.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { renderButton } from '../rules/list.ts';
import { pathBack, wayBackOf } from '../start/way-back.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { type DigestForm, emptyForm, formOf, renderDigestForm } from './form.ts';
import { renderMail, sendMailPart } from './mail-frame.ts';
import { keepDigest, mistakesIn, readDigestForm } from './save.ts';
import { sendDigest } from './send.ts';

/** One's own, and an administrator everybody's. */
export function mayChange({ user }: Viewer, email: string): boolean {
  return user !== null && (hasRight(user, 'settings:edit') || user.email === email.toLowerCase());
}

function refuseOthers(res: Response, email: string): void {
  if (mayChange(viewerOf(res), email)) return;
  res.status(403);
  throw new Error('not his own digest');
}

type OfOne = (deps: DashboardDeps, recipient: DigestRecipient, req: Request, res: Response) => Promise<void>;

/** A page of one digest: whoever may not change it is refused, and where there is none the next page answers. */
export function ofOwn(deps: DashboardDeps, work: OfOne) {
  return async (req: Request<{ id: string }>, res: Response, next: NextFunction): Promise<void> => {
    const recipient = await readOwn(deps, req, res);
    if (!recipient) return next();
    await work(deps, recipient, req as Request, res);
  };
}

/** null: there is none. */
async function readOwn(
  deps: DashboardDeps,
  req: Request<{ id: string }>,
  res: Response,
): Promise<DigestRecipient | null> {
  const id = numberParam<number>(req.params.id);
  const recipient = id === null ? null : await getRecipient(deps.db, id);
  if (recipient) refuseOthers(res, recipient.email);
  return recipient;
}

async function sendForm(
  deps: DashboardDeps,
  res: Response,
  form: DigestForm,
  known: DigestRecipient | null,
  { mistakes = [], notice = '' }: { mistakes?: readonly TextKey[]; notice?: Markup | '' } = {},
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const topics = (await listTopics(deps.db)).filter(({ enabled }) => enabled);
  const isNew = known === null && hasRight(viewer.user, 'settings:edit');
  const title = t('digest.settings', { email: form.email || t('digest.new') });
  const config = known?.origin === 'config' ? html`<p class="note">${t('digest.fromconfig')}</p>` : html``;
  const actions = known
    ? html`<p><a href="/digests/of/${known.id}/preview">${t('digest.preview')}</a></p>`
    : html``;
  sendPage(
    res,
    title,
    html`<p><a href="/digests">← ${t('menu.digests')}</a></p>${notice}<h1>${title}</h1>${config}${actions}${renderDigestForm(viewer, form, { topics, mistakes, isNew })}`,
  );
}

export async function showForm(
  deps: DashboardDeps,
  recipient: DigestRecipient,
  req: Request,
  res: Response,
): Promise<void> {
  const notice = renderNotice(req.query, viewerOf(res).t('digest.saved'));
  await sendForm(deps, res, formOf(recipient), recipient, { notice });
}

/** For oneself; an administrator may write another address. */
export async function showNew(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const isOther = req.query.other === '1' && hasRight(viewer.user, 'settings:edit');
  const email = isOther ? '' : userOf(res).email;
  const known = email === '' ? null : await findRecipient(deps.db, email);
  if (known) return res.redirect(303, `/digests/of/${known.id}`);
  await sendForm(deps, res, emptyForm(viewer, email), null);
}

export async function saveForm(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = readDigestForm(req.body);
  refuseOthers(res, form.email);
  const topics = await listTopics(deps.db);
  const mistakes = mistakesIn(form, topics);
  if (mistakes.length > 0) {
    res.status(400);
    return sendForm(deps, res, form, await findRecipient(deps.db, form.email.toLowerCase()), { mistakes });
  }
  const id = await keepDigest(deps, form, userOf(res).email);
  res.redirect(303, `/digests/of/${id}?done=1`);
}

export async function showPreview(
  deps: DashboardDeps,
  recipient: DigestRecipient,
  _req: Request,
  res: Response,
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const { subject, text } = await deps.digests.preview(recipient);
  const path = `/digests/of/${recipient.id}`;
  const send = deps.digests.hasMail
    ? html`<details class="ask"><summary>${t('digest.sendnow')}</summary><p>${t('digest.sendnow.ask', { email: recipient.email })}</p>${renderButton(viewer, `${path}/send`, t('digest.sendnow'))}</details>`
    : html`<p class="note">${t('digest.nomail')}</p>`;
  sendPage(
    res,
    t('digest.preview'),
    html`<p><a href="${path}">← ${t('digest.settings', { email: recipient.email })}</a></p>
      <h1 lang="${recipient.language}">${subject}</h1><p>${t('digest.preview.hint')}</p><div class="actions">${send}</div>
      ${renderMail(viewer, { address: `${path}/preview/mail`, subject, text })}`,
  );
}

export async function showPreviewMail(
  deps: DashboardDeps,
  recipient: DigestRecipient,
  _req: Request,
  res: Response,
): Promise<void> {
  sendMailPart(res, (await deps.digests.preview(recipient)).html);
}

export async function sendNow(
  deps: DashboardDeps,
  recipient: DigestRecipient,
  req: Request,
  res: Response,
): Promise<void> {
  const digest = await sendDigest(deps, recipient, userOf(res).email);
  const back = wayBackOf(req.body);
  res.redirect(
    303,
    `${back ? pathBack(back) : '/digests'}?done=1&what=${digest === null ? 'again' : 'sent'}`,
  );
}

import type { Request, Response } from 'express';
import { z } from 'zod';
import { addAudit } from '../../src/store/audit.ts';
import { findRecipient } from '../../src/store/digests.ts';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { asSeen } from '../auth/sight.ts';
import type { DashboardDeps } from '../deps.ts';
import { type DigestForm, emptyForm, formOf } from '../digests/form.ts';
import { keepDigest, mistakesIn, readDigestForm } from '../digests/save.ts';
import { renderNotice } from '../views/notice.ts';
import { type DigestView, renderDigest } from './digest.ts';
import { sendStep } from './send-step.ts';
import { pathOf } from './steps.ts';

const testForm = z.object({ key: z.string().max(64), id: z.uuid() });

async function send(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  told: Partial<Pick<DigestView, 'form' | 'mistakes' | 'test'>> = {},
): Promise<void> {
  const viewer = viewerOf(res);
  const { email } = userOf(res);
  const known = await findRecipient(deps.db, email);
  const view = {
    form: known ? formOf(known) : emptyForm(viewer, email),
    id: known?.id ?? null,
    topics: (await listTopics(deps.db)).filter(({ enabled }) => enabled),
    mistakes: [],
    hasMail: deps.digests.hasMail,
    crms: deps.crm.list(),
    test: null,
    ...told,
  };
  const words = { sent: 'digest.sent', again: 'digest.again' } as const;
  const { what } = req.query;
  const key = what === 'sent' || what === 'again' ? words[what] : 'digest.saved';
  await sendStep(deps, res, 'digest', renderDigest(viewer, view), {
    notice: renderNotice(req.query, viewer.t(key)),
  });
}

export async function showDigest(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  await send(deps, req, res);
}

/** What this step asks for; the rest stays as it is, or as it is for everybody who begins. */
async function filledIn(deps: DashboardDeps, req: Request, res: Response): Promise<DigestForm> {
  const { email } = userOf(res);
  const known = await findRecipient(deps.db, email);
  const before = known ? formOf(known) : emptyForm(viewerOf(res), email);
  const { at, zone, topics } = (req.body ?? {}) as Record<string, unknown>;
  const { sendAt, ...said } = readDigestForm({ ...asked(before), at, zone, topics });
  return { ...before, sendAt, zone: said.zone, topics: said.topics, enabled: true };
}

/** Of the fields that the reading of the whole form wants. */
function asked({ email, language }: DigestForm) {
  return { email, language };
}

export async function takeDigest(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = await filledIn(deps, req, res);
  const mistakes = mistakesIn(form, await listTopics(deps.db));
  if (mistakes.length > 0) {
    res.status(400);
    return asSeen(res, () => send(deps, req, res, { form, mistakes }));
  }
  await keepDigest(deps, form, userOf(res).email);
  res.redirect(303, `${pathOf('digest')}?done=1`);
}

/** Opens a test case at an endpoint, as the pages of CRMs do. */
export async function testEndpoint(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: () => void,
): Promise<void> {
  const form = testForm.safeParse(req.body);
  if (!form.success || !deps.crm.list().some(({ key }) => key === form.data.key)) return next();
  const { key, id } = form.data;
  const answer = await deps.crm.openTest(key, id);
  const entry = {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'crm.tested',
    subject: `endpoint:${key}`,
  };
  await addAudit(deps.db, entry);
  if ('failure' in answer) res.status(502);
  await asSeen(res, () => send(deps, req, res, { test: { key, id, answer } }));
}

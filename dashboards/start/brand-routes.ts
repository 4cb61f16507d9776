import type { Request, Response } from 'express';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import { asSeen } from '../auth/sight.ts';
import type { DashboardDeps } from '../deps.ts';
import { type Refusal, saveTopicForm } from '../topics/save-topic.ts';
import { renderBrand } from './brand.ts';
import { type BrandForm, readBrandForm } from './brand-form.ts';
import { sendStep } from './send-step.ts';
import { pathOf } from './steps.ts';

const NAME_AT_LEAST = 2;

async function send(
  deps: DashboardDeps,
  res: Response,
  form: BrandForm,
  refusal: Refusal | null,
): Promise<void> {
  const isNamed = form.name.length >= NAME_AT_LEAST;
  const proposal = isNamed ? await deps.actions.lab.propose(form) : null;
  const topics = (await listTopics(deps.db)).filter(({ enabled }) => enabled);
  await sendStep(deps, res, 'brand', renderBrand(viewerOf(res), { form, topics, proposal, refusal }));
}

export async function showBrand(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  await send(deps, res, readBrandForm(req.query), null);
}

/** Saves the topic as the page of topics does, or tries another choice. */
export async function takeBrand(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = readBrandForm(req.body);
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (body.do !== 'save') return asSeen(res, () => send(deps, res, form, null));
  const viewer = { ...viewerOf(res), user: userOf(res) };
  const { query } = await deps.actions.lab.propose(form);
  const { name, about } = form;
  const check = form.contextCheck ? { contextCheck: 'yes' } : {};
  const saved = await saveTopicForm(deps, viewer, { name, query, about, context: 'shown', ...check });
  if ('key' in saved) return res.redirect(303, `${pathOf('sources')}?done=1&what=topic`);
  res.status(400);
  await asSeen(res, () => send(deps, res, form, saved));
}

import type { Response } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { readSetUp } from '../../src/store/first-run.ts';
import { viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { sendPage } from '../views/shell.ts';
import { progressOf, renderStep, type Step } from './steps.ts';

/** One step of the first run, in its frame. `notice`: what has just been done. */
export async function sendStep(
  { db }: DashboardDeps,
  res: Response,
  step: Step,
  body: Markup,
  { notice = html``, scripts = [] }: { notice?: Markup; scripts?: readonly string[] } = {},
): Promise<void> {
  const viewer = viewerOf(res);
  const title = `${viewer.t(`start.step.${step}`)}, ${progressOf(viewer, step)}`;
  sendPage(res, title, html`${notice}${renderStep(viewer, await readSetUp(db), step, body)}`, ...scripts);
}

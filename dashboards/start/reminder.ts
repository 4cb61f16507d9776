import { html, type Markup } from '../../src/lib/html.ts';
import { isDismissed } from '../../src/store/dismissed-hints.ts';
import { readSetUp } from '../../src/store/first-run.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { csrfField } from '../views/layout.ts';
import { isDone, pathOf, START_PATH, STEPS } from './steps.ts';

/** Name of the reminder among those that can be put away. */
export const REMINDER = 'first-run';

/** Who may go through the steps. */
export const MAY_SET_UP = 'topics:edit';

/** What is still to be set up, for those who may, until they put it away. */
export async function renderReminder({ db }: DashboardDeps, viewer: Viewer): Promise<Markup | ''> {
  const { t, user } = viewer;
  if (!user || !hasRight(user, MAY_SET_UP) || (await isDismissed(db, user.id, REMINDER))) return '';
  const setUp = await readSetUp(db);
  const open = STEPS.filter((step) => step !== 'look' && !isDone(setUp, step));
  if (open.length === 0) return '';
  const links = open.map((step) => html`<li><a href="${pathOf(step)}">${t(`start.short.${step}`)}</a></li>`);
  return html`<section class="note reminder" aria-label="${t('start.title')}"><p>${t('start.reminder')}</p><ul class="quick">${links}</ul>
    <p class="row"><a href="${START_PATH}">${t('start.title')}</a></p><form method="post" action="/start/hide">${csrfField(viewer)}<button class="link">${t('start.hide')}</button></form></section>`;
}

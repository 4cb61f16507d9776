import type { Request, Response } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { UserId } from '../../src/model/ids.ts';
import { takeOff } from '../../src/store/take-off-factor.ts';
import type { ListedUser } from '../../src/store/users.ts';
import { userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { csrfField } from '../views/layout.ts';

/** One's own is switched off where the password is asked for. */
export function renderFactor(viewer: Viewer, user: ListedUser, isOn: boolean): Markup {
  const { t } = viewer;
  if (!isOn) return html`<span class="muted">${t('factor.none')}</span>`;
  if (user.id === viewer.user?.id) return html`${t('factor.on')}`;
  return html`${t('factor.on')} <form method="post" action="/users/${user.id}/second-factor">${csrfField(viewer)}<button>${t('factor.takeoff')}</button></form>`;
}

/** For somebody who has lost the telephone and the recovery codes. */
export async function takeOffFactor(
  deps: DashboardDeps,
  req: Request<{ id: string }>,
  res: Response,
): Promise<void> {
  const id = numberParam<UserId>(req.params.id);
  const own = userOf(res);
  if (id !== null && id !== own.id) await takeOff(deps.db, id, own.email, deps.clock.now());
  res.redirect(303, '/users');
}

import type { Request, Response } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { ROLES, type Role } from '../../src/model/rights.ts';
import { addAudit } from '../../src/store/audit.ts';
import { setFactorRoles } from '../../src/store/second-factors.ts';
import { hasRight, userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { listSchema } from '../params.ts';
import { csrfField } from '../views/layout.ts';

const formSchema = z.object({ roles: listSchema(z.enum(ROLES)) });

/** For all to read, for administrators to change. */
export function renderFactorRoles(viewer: Viewer, required: readonly Role[]): Markup {
  const { t } = viewer;
  const lead = html`<h2 id="factor">${t('factor.roles')}</h2><p>${t('factor.roles.lead')}</p>`;
  if (!hasRight(viewer.user, 'users:edit')) {
    const words = required.map((role) => t(`role.${role}`)).join(', ');
    return html`${lead}<p>${words || '—'}</p>`;
  }
  const boxes = ROLES.map(
    (role) =>
      html`<label class="check"><input type="checkbox" name="roles" value="${role}"${required.includes(role) ? html` checked` : ''}> ${t(`role.${role}`)}</label>`,
  );
  return html`${lead}<form method="post" action="/roles/second-factor" class="stack">${csrfField(viewer)}<fieldset><legend>${t('factor.roles')}</legend>${boxes}</fieldset><button>${t('factor.roles.save')}</button></form>`;
}

export async function saveFactorRoles(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const { roles } = formSchema.parse(req.body);
  await deps.db.transaction(async (tx) => {
    await setFactorRoles(tx, roles);
    await addAudit(tx, {
      at: deps.clock.now(),
      actor: userOf(res).email,
      action: 'factor.roles',
      subject: 'roles',
      detail: { roles },
    });
  });
  res.redirect(303, '/roles?done=1');
}

import { html, type Markup } from '../../src/lib/html.ts';
import type { Case } from '../../src/model/case.ts';
import type { Db } from '../../src/store/db.ts';
import type { Viewer } from '../auth/session.ts';
import { caseRows } from '../case-rows.ts';
import { renderCaseTable } from '../views/case.ts';
import { number, reasonName } from '../views/format.ts';

function renderCauses(viewer: Viewer, cases: readonly Case[]): Markup {
  const counts = new Map<string, number>();
  for (const { reason } of cases) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return html``;
  const list = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, n]) => `${reasonName(viewer, reason)} ${number(viewer, n)}`);
  return html`<p>${viewer.t('complaints.causes', { list: list.join(', ') })}</p>`;
}

/** Every complaint that became a case, and what the causes were. */
export async function renderComplaints(db: Db, viewer: Viewer, cases: readonly Case[]): Promise<Markup> {
  const { t } = viewer;
  return html`<section><h2>${t('card.complaints')}</h2>${renderCauses(viewer, cases)}${renderCaseTable(viewer, await caseRows(db, cases), t('complaints.none'), true)}</section>`;
}

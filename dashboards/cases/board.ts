import { html, type Markup } from '../../src/lib/html.ts';
import { CASE_STATUSES, isWaiting } from '../../src/model/case.ts';
import type { UserId } from '../../src/model/ids.ts';
import { listCases } from '../../src/store/cases.ts';
import { listUsers } from '../../src/store/users.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { type CaseRow, caseRows } from '../case-rows.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderDue, renderSeverity, renderWhat, renderWho } from '../views/case.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderWays } from './ways.ts';

type Status = (typeof CASE_STATUSES)[number];

const AT_MOST = 50;

/** To any other column, by a choice and a press: `board.js` lets one drag instead. */
function renderMove(viewer: Viewer, { case: c }: CaseRow): Markup | '' {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'cases:work')) return '';
  const options = CASE_STATUSES.filter((status) => status !== c.status).map(
    (status) => html`<option value="${status}">${t(`case.status.${status}`)}</option>`,
  );
  return html`<form method="post" action="/cases/${c.id}/revise" class="inline move">${csrfField(viewer)}<input type="hidden" name="back" value="board">
    <label><span class="unseen">${t('board.to', { id: c.id })}</span><select name="status">${options}</select></label> <button>${t('board.move')}</button></form>`;
}

function renderCard(viewer: Viewer, row: CaseRow, owners: ReadonlyMap<UserId, string>): Markup {
  const { case: c } = row;
  const owner = c.ownerId === null ? '' : owners.get(c.ownerId);
  const canMove = hasRight(viewer.user, 'cases:work');
  return html`<li class="card" data-case="${c.id}"${canMove ? html` draggable="true"` : ''}>${renderWho(viewer, row)} ${renderSeverity(viewer, c)}
    <p>${renderWhat(viewer, row)}</p><p>${isWaiting(c) ? renderDue(viewer, c) : ''}${owner ? html` <small class="muted">${owner}</small>` : ''}</p>${renderMove(viewer, row)}</li>`;
}

function renderColumn(
  viewer: Viewer,
  status: Status,
  rows: readonly CaseRow[],
  owners: ReadonlyMap<UserId, string>,
): Markup {
  const { t } = viewer;
  const more =
    rows.length === AT_MOST
      ? html`<p><a href="/cases?status=${status}">${t('board.more', { n: number(viewer, AT_MOST) })}</a></p>`
      : '';
  const list =
    rows.length === 0
      ? html`<p class="empty">${t('board.empty')}</p>`
      : html`<ul class="plain">${rows.map((row) => renderCard(viewer, row, owners))}</ul>`;
  return html`<section class="column" data-status="${status}" aria-labelledby="column-${status}"><h2 id="column-${status}">${t(`case.status.${status}`)} <small class="muted">${number(viewer, rows.length)}${rows.length === AT_MOST ? '+' : ''}</small></h2>${list}${more}</section>`;
}

/** Cases by what has become of them; of each status those that are due first, at most 50. */
export async function renderBoard(deps: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { t } = viewer;
  const [users, ...columns] = await Promise.all([
    listUsers(deps.db),
    ...CASE_STATUSES.map(async (status) =>
      caseRows(deps.db, await listCases(deps.db, { status }, viewer.now, AT_MOST, 0)),
    ),
  ]);
  const owners = new Map(users.map(({ id, name }) => [id, name]));
  const shown = CASE_STATUSES.map((status, at) => renderColumn(viewer, status, columns[at] ?? [], owners));
  return html`<h1>${t('menu.cases')}</h1>${renderWays(viewer, '/cases/board')}<p class="error" role="alert" hidden data-failed>${t('board.failed')}</p><div class="board">${shown}</div>`;
}

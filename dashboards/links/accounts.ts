import { html, type Markup } from '../../src/lib/html.ts';
import type { LinkDecision } from '../../src/model/customer.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import type { CustomerAccount, LinkEventRow } from '../../src/store/links.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { percentOf, renderWaterfall, signWords } from './waterfall.ts';

/** What may be said of a link as it stands. */
const CHOICES: Readonly<Record<CustomerAccount['state'], readonly LinkDecision[]>> = {
  proposed: ['confirmed', 'rejected', 'on_behalf'],
  linked: ['confirmed', 'rejected', 'on_behalf'],
  confirmed: ['proposed', 'rejected'],
  rejected: ['proposed', 'confirmed'],
  on_behalf: ['proposed', 'confirmed'],
};

function renderDecision(viewer: Viewer, customer: CustomerId, account: CustomerAccount): Markup {
  if (!hasRight(viewer.user, 'customers:work')) return html``;
  const buttons = CHOICES[account.state].map(
    (decision) =>
      html`<button name="decision" value="${decision}">${viewer.t(`link.do.${decision}`)}</button> `,
  );
  return html`<form method="post" action="/customers/${customer}/link" class="inline">${csrfField(viewer)}<input type="hidden" name="author" value="${account.authorId}">${buttons}</form>`;
}

function renderWhy(viewer: Viewer, account: CustomerAccount): Markup {
  const { t } = viewer;
  const { state, score, evidence, basis, decidedBy, decidedAt } = account;
  const by = decidedBy === 'matcher' ? t('link.by.matcher') : decidedBy;
  const signs = evidence
    .filter(({ code }) => code !== 'prior' && code !== 'learned')
    .map((one) => signWords(viewer, one));
  return html`${t(`link.${state}`)}${state === 'confirmed' ? '' : html`, ${percentOf(score)} %`}<br>
    <details><summary>${signs.length > 0 ? signs.join('; ') : t('evidence.none')}</summary>${renderWaterfall(viewer, evidence, score)}
    <p class="muted">${by}, ${time(viewer, decidedAt)}. ${t('link.basis', { basis: t(`basis.${basis}`) })}</p></details>`;
}

/** Public accounts that are, or may be, the customer's. */
export function renderAccounts(
  viewer: Viewer,
  customer: CustomerId,
  accounts: readonly CustomerAccount[],
): Markup {
  const { t } = viewer;
  if (accounts.length === 0) return html`<p class="empty">${t('customer.noaccounts')}</p>`;
  const rows = accounts.map((a) => [
    html`${a.profileUrl ? outside(a.profileUrl, a.name ?? a.handle) : (a.name ?? a.handle)}<br><small class="muted">${a.site}</small>`,
    renderWhy(viewer, a),
    renderDecision(viewer, customer, a),
  ]);
  return renderTable([t('account.name'), t('account.why'), t('account.right')], rows, '');
}

function renderEvent(viewer: Viewer, event: LinkEventRow, mayUndo: boolean): (Markup | string)[] {
  const { t } = viewer;
  const state = (link: LinkEventRow['before']): string => t(link ? `link.${link.state}` : 'link.nothing');
  const undo = mayUndo
    ? html`<form method="post" action="/review/undo" class="inline">${csrfField(viewer)}<input type="hidden" name="act" value="${event.act}"><input type="hidden" name="back" value="/customers/${event.customerId}"><button>${t('link.undo')}</button></form>`
    : '';
  return [
    time(viewer, event.at),
    html`${event.author} <small class="muted">${event.site}</small>`,
    html`${state(event.before)} → ${state(event.after)}${event.undoes === null ? '' : html` <small class="muted">${t('link.undone')}</small>`}`,
    event.actor === 'matcher' ? t('link.by.matcher') : event.actor,
    undo,
  ];
}

/** What became of the customer's links; the newest act on each account may be taken back. */
export function renderLinkHistory(viewer: Viewer, events: readonly LinkEventRow[]): Markup {
  if (events.length === 0) return html``;
  const { t } = viewer;
  const seen = new Set<number>();
  const isPr = hasRight(viewer.user, 'customers:work');
  const rows = events.map((event) => {
    const isNewest = !seen.has(event.authorId);
    seen.add(event.authorId);
    return renderEvent(viewer, event, isPr && isNewest && event.actor !== 'matcher');
  });
  const head = [t('link.when'), t('account.name'), t('link.what'), t('link.who'), ''];
  return html`<details class="history"><summary>${t('link.history')}</summary>${renderTable(head, rows, '')}</details>`;
}

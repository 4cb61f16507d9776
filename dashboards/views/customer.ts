import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Customer, Identifier, Purchase } from '../../src/model/customer.ts';
import { hasRole, type Viewer } from '../auth/session.ts';
import { day, money } from './format.ts';
import { renderTable } from './table.ts';

function renderContacts(viewer: Viewer, identifiers: readonly Identifier[]): Markup {
  if (identifiers.length === 0) return html`—`;
  const maySee = hasRole(viewer.user, 'pr');
  const shown = identifiers.map((i) => html`<li>${maySee ? i.value : maskIdentifier(i)}</li>`);
  return html`<ul class="plain">${shown}</ul>${maySee ? '' : html`<small class="muted">${viewer.t('customer.masked')}</small>`}`;
}

/** The channel that most purchases came through, or null when no purchase names one. */
function preferredChannel(purchases: readonly Purchase[]): { channel: string; times: number } | null {
  const counts = new Map<string, number>();
  for (const { channel } of purchases) if (channel) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most ? { channel: most[0], times: most[1] } : null;
}

/** What was spent, one sum a currency. */
function renderSpent(viewer: Viewer, purchases: readonly Purchase[]): string {
  const sums = new Map<string, number>();
  for (const { amount, currency } of purchases) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, sum]) => money(viewer, sum, currency)).join(', ');
}

export function renderFacts(
  viewer: Viewer,
  customer: Customer,
  identifiers: readonly Identifier[],
  purchases: readonly Purchase[],
): Markup {
  const { t } = viewer;
  const preferred = preferredChannel(purchases);
  return html`<dl class="facts"><dt>${t('customer.number')}</dt><dd>${customer.externalId}</dd>
    ${customer.city ? html`<dt>${t('customer.city')}</dt><dd>${customer.city}</dd>` : ''}
    ${customer.tier ? html`<dt>${t('customer.tier')}</dt><dd>${t(`tier.${customer.tier}`)}</dd>` : ''}
    <dt>${t('customer.contacts')}</dt><dd>${renderContacts(viewer, identifiers)}</dd>
    ${purchases.length > 0 ? html`<dt>${t('customer.spent')}</dt><dd>${t.count('purchases', purchases.length)}, ${renderSpent(viewer, purchases)}</dd>` : ''}
    ${preferred ? html`<dt>${t('customer.channel')}</dt><dd>${preferred.channel} (${t('customer.channel.share', { n: preferred.times, of: purchases.length })})</dd>` : ''}</dl>`;
}

export function renderPurchases(viewer: Viewer, purchases: readonly Purchase[]): Markup {
  const { t } = viewer;
  return renderTable(
    [t('purchase.when'), t('purchase.item'), t('purchase.amount'), t('purchase.channel')],
    purchases.map((p) => [day(viewer, p.at), p.item, money(viewer, p.amount, p.currency), p.channel ?? '—']),
    t('customer.nopurchases'),
  );
}

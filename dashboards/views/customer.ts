import { html, type Markup } from '../../src/lib/html.ts';
import { maskIdentifier } from '../../src/match/identifiers.ts';
import type { Customer, Identifier } from '../../src/model/customer.ts';
import { hasRight, type Viewer } from '../auth/session.ts';

function renderContacts(viewer: Viewer, identifiers: readonly Identifier[]): Markup {
  if (identifiers.length === 0) return html`—`;
  const maySee = hasRight(viewer.user, 'customers:unmask');
  const shown = identifiers.map((i) => html`<li>${maySee ? i.value : maskIdentifier(i)}</li>`);
  return html`<ul class="plain">${shown}</ul>${maySee ? '' : html`<small class="muted">${viewer.t('customer.masked')}</small>`}`;
}

export function renderFacts(viewer: Viewer, customer: Customer, identifiers: readonly Identifier[]): Markup {
  const { t } = viewer;
  return html`<dl class="facts"><dt>${t('customer.number')}</dt><dd>${customer.externalId}</dd>
    ${customer.city ? html`<dt>${t('customer.city')}</dt><dd>${customer.city}</dd>` : ''}
    <dt>${t('customer.contacts')}</dt><dd>${renderContacts(viewer, identifiers)}</dd></dl>`;
}

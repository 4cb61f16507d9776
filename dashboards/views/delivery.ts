import { html, type Markup } from '../../src/lib/html.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from './format.ts';
import { renderTable } from './table.ts';

function renderState(viewer: Viewer, d: Delivery): Markup {
  const { t } = viewer;
  const next =
    d.state === 'pending' && d.attempts > 0
      ? html`, ${t('delivery.next')} ${time(viewer, d.nextAttemptAt)}`
      : '';
  return html`<span class="state ${d.state}">${t(`delivery.state.${d.state}`)}</span>${next}${d.lastError ? html`<br><small>${d.lastError}</small>` : ''}`;
}

export function renderDeliveryTable(viewer: Viewer, deliveries: readonly Delivery[]): Markup {
  const { t } = viewer;
  return renderTable(
    [t('delivery.when'), t('delivery.what'), t('delivery.to'), t('delivery.state'), t('delivery.attempts')],
    deliveries.map((d) => [
      time(viewer, d.createdAt),
      html`<a href="/deliveries/${d.id}">${d.eventType}</a>`,
      d.endpoint,
      renderState(viewer, d),
      d.attempts,
    ]),
    t('delivery.none'),
  );
}

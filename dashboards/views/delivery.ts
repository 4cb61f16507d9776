import { html, type Markup } from '../../src/lib/html.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { emptyWords } from './empty.ts';
import { time } from './format.ts';
import { renderTable } from './table.ts';

/** `complaint.detected` in words; an event that we do not know keeps its name. */
export function eventName({ t }: Viewer, eventType: string): string {
  const key = `event.${eventType}`;
  return key in TEXTS ? t(key as TextKey) : eventType;
}

function renderState(viewer: Viewer, d: Delivery): Markup {
  const { t } = viewer;
  const next =
    d.state === 'pending' && d.attempts > 0
      ? html`, ${t('delivery.next')} ${time(viewer, d.nextAttemptAt)}`
      : '';
  return html`<span class="state ${d.state}">${t(`delivery.state.${d.state}`)}</span>${next}${d.lastError ? html`<br><small>${d.lastError}</small>` : ''}`;
}

/** Payloads are for PR staff: who may not open them sees no link to them. */
function renderEvent(viewer: Viewer, d: Delivery): Markup {
  const name = eventName(viewer, d.eventType);
  return hasRight(viewer.user, 'deliveries:work')
    ? html`<a href="/deliveries/${d.id}">${name}</a>`
    : html`${name}`;
}

export function renderDeliveryTable(viewer: Viewer, deliveries: readonly Delivery[]): Markup {
  const { t } = viewer;
  return renderTable(
    [t('delivery.when'), t('delivery.what'), t('delivery.to'), t('delivery.state'), t('delivery.attempts')],
    deliveries.map((d) => [
      time(viewer, d.createdAt),
      renderEvent(viewer, d),
      d.endpoint,
      renderState(viewer, d),
      d.attempts,
    ]),
    emptyWords(viewer, t('delivery.none'), { href: '/crm', words: t('empty.crm'), right: 'settings:edit' }),
  );
}

import { html, type Markup } from '../../src/lib/html.ts';
import type { HttpExchange } from '../../src/model/exchange.ts';
import type { Attempt } from '../../src/store/deliveries.ts';
import type { Viewer } from '../auth/session.ts';
import { headerLines } from '../crm/answers.ts';

function renderPart(title: string, text: string): Markup {
  return text === '' ? html`` : html`<h4>${title}</h4><pre>${text}</pre>`;
}

function renderExchange({ t }: Viewer, one: HttpExchange): Markup {
  const answer = one.status === null ? t('delivery.exchanges.noanswer') : `HTTP ${one.status}`;
  return html`<li><p><code>${one.method} ${one.url}</code><br>→ ${answer}, ${t('delivery.took', { ms: one.durationMs })}${one.error ? html`<br><span class="error">${one.error}</span>` : ''}</p>
    ${renderPart(t('delivery.exchanges.sent'), headerLines(one.requestHeaders))}
    ${renderPart(t('delivery.exchanges.got'), headerLines(one.responseHeaders))}
    ${renderPart(t('delivery.exchanges.body'), one.responseBody)}</li>`;
}

/** What was asked and answered in each attempt, masked when it was written down. Nothing where no attempt spoke HTTP. */
export function renderExchanges(viewer: Viewer, attempts: readonly Attempt[]): Markup {
  const { t } = viewer;
  const told = attempts.filter(({ exchanges }) => exchanges.length > 0);
  if (told.length === 0) return html``;
  return html`<h2>${t('delivery.exchanges')}</h2>${told.map(
    ({ attempt, exchanges }) =>
      html`<details><summary>${t('delivery.exchanges.attempt', { n: attempt })} (${exchanges.length})</summary><ol class="exchanges">${exchanges.map((one) => renderExchange(viewer, one))}</ol></details>`,
  )}`;
}

import type { DraftedRequest } from '../../src/act/draft-delivery.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { CrmShape } from '../../src/model/ports.ts';
import type { Viewer } from '../auth/session.ts';
import type { CrmFailure } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { renderTable } from '../views/table.ts';

const BY_CODE: Readonly<Record<string, TextKey>> = {
  credentials: 'crm.fail.credentials',
  'rate-limited': 'crm.fail.busy',
  misdirected: 'crm.fail.address',
  'http-404': 'crm.fail.address',
  'bad-answer': 'crm.fail.answer',
  'broken-answer': 'crm.fail.answer',
  'too-large': 'crm.fail.answer',
  slow: 'crm.fail.slow',
  timeout: 'crm.fail.slow',
  dns: 'crm.fail.network',
  connect: 'crm.fail.network',
  tls: 'crm.fail.network',
  'no-key-field': 'crm.fail.setup',
  'wrong-inbox': 'crm.fail.setup',
  'no-case': 'crm.fail.no-case',
};

/** What it means and what to do. */
export function meaningOf(code: string): TextKey {
  const known = BY_CODE[code];
  if (known) return known;
  if (/^http-5\d\d$/.test(code)) return 'crm.fail.server';
  return /^http-4\d\d$/.test(code) ? 'crm.fail.refused' : 'crm.fail.other';
}

/** What it means and what to do, then what was said. */
export function renderFailure({ t }: Viewer, { code, message }: CrmFailure): Markup {
  return html`<div class="note bad" role="alert"><p>${t(meaningOf(code))}</p>${message ? html`<p><small>${t('crm.fail.said')} ${message}</small></p>` : ''}</div>`;
}

/** Pipelines with their stages, fields and people, with the ids that settings take. */
export function renderShape({ t }: Viewer, { pipelines, fields, owners }: CrmShape): Markup {
  const id = (text: string): Markup => html`<code>${text}</code>`;
  const none = t('crm.shape.none');
  const stages = pipelines.flatMap((pipeline) =>
    pipeline.stages.map((stage) => [html`${pipeline.name} ${id(pipeline.id)}`, stage.name, id(stage.id)]),
  );
  return html`<h3>${t('crm.shape.stages')}</h3>${renderTable([t('crm.shape.pipeline'), t('crm.shape.stage'), t('crm.shape.id')], stages, none)}
    <h3>${t('crm.shape.owners')}</h3>${renderTable(
      [t('crm.shape.name'), t('crm.shape.id')],
      owners.map((one) => [one.name, id(one.id)]),
      none,
    )}
    <details><summary>${t('crm.shape.fields')} (${fields.length})</summary>${renderTable(
      [t('crm.shape.name'), t('crm.shape.id'), t('crm.shape.type')],
      fields.map((one) => [one.name, id(one.id), one.type]),
      none,
    )}</details>`;
}

/** `name: value`, a line each. */
export function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function renderDraft({ t }: Viewer, { effect, method, url, headers, body }: DraftedRequest): Markup {
  const lines = headerLines(headers);
  return html`<li><p><span class="state ${effect === 'write' ? 'pending' : ''}">${t(`crm.preview.${effect}`)}</span> <code>${method} ${url}</code></p>
    ${lines ? html`<h4>${t('crm.preview.headers')}</h4><pre>${lines}</pre>` : ''}
    ${body ? html`<h4>${t('crm.preview.body')}</h4><pre>${body}</pre>` : ''}</li>`;
}

/** Requests in the order in which they would be made; null: the connector cannot say. */
export function renderDrafts(viewer: Viewer, drafts: readonly DraftedRequest[] | null): Markup {
  const { t } = viewer;
  if (drafts === null) return html`<p class="note">${t('crm.preview.cannot')}</p>`;
  if (drafts.length === 0) return html`<p class="empty">${t('crm.preview.nothing')}</p>`;
  return html`<ol class="exchanges">${drafts.map((one) => renderDraft(viewer, one))}</ol>`;
}

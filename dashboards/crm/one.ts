import { randomUUID } from 'node:crypto';
import { crmGuides } from '../../src/act/crm/guides.ts';
import { settingsSnippet } from '../../src/act/crm/settings-snippet.ts';
import type { DraftedRequest } from '../../src/act/draft-delivery.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { CrmAccount, CrmShape, Receipt } from '../../src/model/ports.ts';
import type { Viewer } from '../auth/session.ts';
import type { CrmAsked, CrmPullSeen } from '../deps.ts';
import { number, outside } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderPausedEndpoints } from '../views/paused-endpoints.ts';
import { renderDrafts, renderFailure, renderShape } from './answers.ts';
import { type CrmStanding, renderReading, renderState, renderWho, vendorName } from './list.ts';

/** What a page tells of one CRM besides how it stands: the answer to what was asked just now. */
export interface CrmView {
  standing: CrmStanding;
  pull: CrmPullSeen | null;
  check?: CrmAsked<CrmAccount>;
  shape?: CrmAsked<CrmShape>;
  /** `chosen`: the case's number as it was written; '' for a sample. */
  drafts?: { chosen: string; answer: CrmAsked<DraftedRequest[] | null> };
  /** `id`: under which it was made. */
  test?: { id: string; answer: CrmAsked<Receipt> | null };
  isBusy?: boolean;
}

const pathOf = (key: string, action = ''): string => `/crm/${encodeURIComponent(key)}${action}`;

function renderAnswer<Value>(
  viewer: Viewer,
  answer: CrmAsked<Value> | undefined,
  show: (value: Value) => Markup,
): Markup {
  if (!answer) return html``;
  return 'failure' in answer ? renderFailure(viewer, answer.failure) : show(answer.value);
}

function renderCheck(viewer: Viewer, { standing: { crm }, check }: CrmView): Markup {
  const { t } = viewer;
  if (!crm.can.check)
    return html`<section class="card"><h2>${t('crm.check')}</h2><p>${t('crm.check.cannot')}</p></section>`;
  const done = ({ account, user }: CrmAccount): Markup =>
    html`<p class="note done" role="status">${t('crm.check.done', { account })}${user ? `, ${t('crm.check.as', { user })}` : ''}</p>`;
  return html`<section class="card" id="check"><h2>${t('crm.check')}</h2><p>${t('crm.check.what')} <span class="muted">${t('crm.limit')}</span></p>
    ${renderAnswer(viewer, check, done)}
    <form method="post" action="${pathOf(crm.key, '/check')}#check">${csrfField(viewer)}<button class="primary">${t('crm.check')}</button></form></section>`;
}

function renderSnippet(
  { t }: Viewer,
  { key, kind }: { key: string; kind: string },
  shape?: CrmShape,
): Markup {
  const guide = crmGuides.find((one) => one.kind === kind);
  if (!guide) return html``;
  return html`<h3>${t('crm.snippet')}</h3><p class="muted">${t('crm.snippet.what')}</p><pre class="snippet">${settingsSnippet(guide, key, shape)}</pre>`;
}

function renderDiscovery(viewer: Viewer, { standing: { crm }, shape }: CrmView): Markup {
  const { t } = viewer;
  if (!crm.can.discover)
    return html`<section class="card"><details><summary>${t('crm.snippet')}</summary>${renderSnippet(viewer, crm)}</details></section>`;
  const show = (value: CrmShape): Markup =>
    html`${renderShape(viewer, value)}${renderSnippet(viewer, crm, value)}`;
  return html`<section class="card" id="discover"><h2>${t('crm.discover')}</h2><p>${t('crm.discover.what')} <span class="muted">${t('crm.limit')}</span></p>
    <form method="post" action="${pathOf(crm.key, '/discover')}#discover">${csrfField(viewer)}<button>${t('crm.discover')}</button></form>
    ${renderAnswer(viewer, shape, show)}</section>`;
}

function renderPreview(viewer: Viewer, { standing: { crm }, drafts }: CrmView): Markup {
  const { t } = viewer;
  if (!crm.can.draft)
    return html`<section class="card"><h2>${t('crm.preview')}</h2><p>${t('crm.preview.cannot')}</p></section>`;
  return html`<section class="card" id="preview"><h2>${t('crm.preview')}</h2><p>${t('crm.preview.what')} <span class="muted">${t('crm.limit')}</span></p>
    <form method="post" action="${pathOf(crm.key, '/preview')}#preview" class="stack">${csrfField(viewer)}
      <label>${t('crm.preview.case')} <span class="muted">${t('crm.preview.sample')}</span><input name="case" inputmode="numeric" pattern="\\d*" maxlength="15" value="${drafts?.chosen ?? ''}"></label>
      <button>${t('crm.preview.show')}</button></form>
    ${renderAnswer(viewer, drafts?.answer, (value) => renderDrafts(viewer, value))}</section>`;
}

function renderTest(viewer: Viewer, { standing: { crm }, test }: CrmView): Markup {
  const { t } = viewer;
  const done = ({ summary, url }: Receipt): Markup =>
    html`<p class="note done" role="status">${t('crm.test.done', { summary })} ${url ? outside(url, t('crm.test.link')) : ''}</p>`;
  const asked = test?.answer === null ? html`<p class="note" role="alert">${t('crm.test.confirm')}</p>` : '';
  // After a failure the same id again: what was made behind it is found by that.
  const isMade = test?.answer && 'value' in test.answer;
  const id = test && !isMade ? test.id : randomUUID();
  return html`<section class="card" id="test"><h2>${t('crm.test')}</h2>${asked}${renderAnswer(viewer, test?.answer ?? undefined, done)}
    <details class="ask"><summary>${t('crm.test')}…</summary>
      <p>${t('crm.test.will', { key: crm.key, vendor: vendorName(crm.kind) })}</p><p class="muted">${t('crm.test.limit')}</p>
      <form method="post" action="${pathOf(crm.key, '/test')}#test">${csrfField(viewer)}<input type="hidden" name="id" value="${id}"><input type="hidden" name="confirm" value="1"><button class="primary">${t('crm.test.yes')}</button></form></details></section>`;
}

function renderProgress(viewer: Viewer, pull: CrmPullSeen): Markup {
  const { t } = viewer;
  const done = Object.entries(pull.done).map(([kind, summary]) => {
    const values = {
      kind: t(`crm.read.kind.${kind as 'customers' | 'purchases'}`),
      records: number(viewer, summary.records),
      created: number(viewer, summary.created),
      left: number(viewer, summary.leftOut),
    };
    return html`<p class="note done" role="status">${t('crm.pull.done', values)}</p>`;
  });
  if (pull.now === null) {
    const isEmpty = done.length === 0 && !pull.failure;
    return html`${done}${pull.failure ? renderFailure(viewer, pull.failure) : ''}${isEmpty ? html`<p class="note">${t('crm.pull.nothing')}</p>` : ''}`;
  }
  const words = t('crm.pull.running', {
    what: t(`crm.pull.what.${pull.now}`),
    records: number(viewer, pull.records),
  });
  return html`${done}<p role="status">${words}</p><progress aria-label="${words}"></progress>`;
}

function renderPulling(viewer: Viewer, { standing, pull, isBusy }: CrmView): Markup {
  const { t } = viewer;
  const { crm } = standing;
  if (crm.pulls.length === 0)
    return html`<section class="card"><h2>${t('crm.read')}</h2><p>${t('crm.pull.cannot')}</p></section>`;
  const button = pull?.now
    ? ''
    : html`<form method="post" action="${pathOf(crm.key, '/pull')}">${csrfField(viewer)}<button>${t('crm.pull')}</button></form>`;
  return html`<section class="card" id="pull"><h2>${t('crm.read')}</h2><p>${t('crm.pull.what')}${crm.isPulledByItself ? '' : ` ${t('crm.pull.off')}`}</p>
    ${isBusy ? html`<p class="note" role="alert">${t('crm.pull.busy')}</p>` : ''}${renderReading(viewer, standing)}${pull ? renderProgress(viewer, pull) : ''}${button}</section>`;
}

/** One CRM: how it stands, and what can be asked of it. */
export function renderCrm(viewer: Viewer, view: CrmView): Markup {
  const { t } = viewer;
  const { standing } = view;
  const { crm, paused, waiting } = standing;
  return html`<h1>${crm.key} <small class="muted">${vendorName(crm.kind)}</small></h1>
    <dl class="facts"><dt>${t('crm.state')}</dt><dd>${renderState(viewer, standing)}</dd>
    <dt>${t('crm.who')}</dt><dd>${renderWho(viewer, crm)}</dd>
    <dt>${t('crm.waiting')}</dt><dd>${number(viewer, waiting)} <a href="/deliveries">${t('crm.deliveries')}</a></dd></dl>
    ${paused ? renderPausedEndpoints(viewer, [paused], null) : ''}
    ${renderCheck(viewer, view)}${renderDiscovery(viewer, view)}${renderPreview(viewer, view)}${renderTest(viewer, view)}${renderPulling(viewer, view)}`;
}

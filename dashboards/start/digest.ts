import { randomUUID } from 'node:crypto';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Receipt } from '../../src/model/ports.ts';
import type { Topic } from '../../src/model/topic.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { renderFailure } from '../crm/answers.ts';
import { vendorName } from '../crm/list.ts';
import type { ConnectedCrm, CrmAsked } from '../deps.ts';
import type { DigestForm } from '../digests/form.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { backField } from './way-back.ts';

/** Of a test case that was sent to an endpoint just now. */
export interface EndpointTest {
  key: string;
  /** Under which it was made; again after a failure: what was made behind it is found by that. */
  id: string;
  answer: CrmAsked<Receipt>;
}

export interface DigestView {
  form: DigestForm;
  /** Of the saved digest; null: there is none yet. */
  id: number | null;
  topics: readonly Topic[];
  mistakes: readonly TextKey[];
  hasMail: boolean;
  crms: readonly ConnectedCrm[];
  test: EndpointTest | null;
}

const ZONES = Intl.supportedValuesOf('timeZone');

function renderTopics({ t }: Viewer, topics: readonly Topic[], chosen: readonly string[]): Markup | '' {
  if (topics.length === 0) return '';
  const boxes = topics.map(
    ({ key, name }) =>
      html`<label class="check"><input type="checkbox" name="topics" value="${key}"${chosen.includes(key) ? html` checked` : ''}> ${name}</label>`,
  );
  return html`<fieldset><legend>${t('digest.topics')}</legend>${boxes}<small class="muted">${t('digest.topics.hint')}</small></fieldset>`;
}

function renderForm(viewer: Viewer, { form, id, topics, mistakes }: DigestView): Markup {
  const { t } = viewer;
  const more = id === null ? '' : html`<p><a href="/digests/of/${id}">${t('start.digest.more')}</a></p>`;
  return html`<form method="post" action="/start/digest" class="card stack"><h2>${t('start.digest.mine', { email: form.email })}</h2>${csrfField(viewer)}
    ${renderMistakes(mistakes.map((mistake) => t(mistake)))}
    <label>${t('digest.at')}<input type="time" name="at" value="${form.sendAt}" required></label>
    <label>${t('settings.zone')}<input name="zone" value="${form.zone}" list="zones" required maxlength="64"></label><datalist id="zones">${ZONES.map((name) => html`<option value="${name}"></option>`)}</datalist>
    ${renderTopics(viewer, topics, form.topics)}
    <div class="row"><button class="primary">${t(id === null ? 'start.digest.save' : 'mention.save')}</button></div>${more}</form>`;
}

function renderMailTest(viewer: Viewer, { form, id, hasMail }: DigestView): Markup {
  const { t } = viewer;
  const body = !hasMail
    ? html`<p>${t('start.digest.nomail')}</p><pre>smtp:\n  url: smtps://user:password@smtp.example.com\n  from: molva@example.com</pre>`
    : id === null
      ? html`<p>${t('start.digest.first')}</p>`
      : html`<p>${t('start.digest.send.what', { email: form.email })}</p><form method="post" action="/digests/of/${id}/send">${csrfField(viewer)}${backField('digest')}<button>${t('start.digest.send')}</button></form>`;
  return html`<section class="card"><h2>${t('start.digest.mail')}</h2>${body}</section>`;
}

function renderEndpoint(viewer: Viewer, { key, kind }: ConnectedCrm, test: EndpointTest | null): Markup {
  const { t } = viewer;
  const own = test?.key === key ? test : null;
  const isMade = own && 'value' in own.answer;
  const said = !own
    ? ''
    : 'failure' in own.answer
      ? renderFailure(viewer, own.answer.failure)
      : html`<p class="note done" role="status">${t('crm.test.done', { summary: own.answer.value.summary })}</p>`;
  return html`${said}<details class="ask"><summary>${t('start.test.to', { key })}</summary><p>${t('crm.test.will', { key, vendor: vendorName(kind) })}</p>
    <form method="post" action="/start/digest/test#test">${csrfField(viewer)}<input type="hidden" name="key" value="${key}"><input type="hidden" name="id" value="${own && !isMade ? own.id : randomUUID()}"><button class="primary">${t('crm.test.yes')}</button></form></details>`;
}

function renderWebhooks(viewer: Viewer, { crms, test }: DigestView): Markup {
  const { t } = viewer;
  const title = html`<h2>${t('start.test')}</h2><p>${t('start.test.what')}</p>`;
  if (!hasRight(viewer.user, 'settings:edit'))
    return html`<section class="card" id="test">${title}<p class="note">${t('start.customers.ask')}</p></section>`;
  const body =
    crms.length > 0
      ? crms.map((crm) => renderEndpoint(viewer, crm, test))
      : html`<p>${t('start.test.none')}</p><p><a class="button" href="/crm/connect/webhook">${t('start.test.connect')}</a></p>`;
  return html`<section class="card" id="test">${title}${body}</section>`;
}

/** One's own morning digest, and a message on trial to where complaints go. */
export function renderDigest(viewer: Viewer, view: DigestView): Markup {
  return html`${renderForm(viewer, view)}<div class="halves">${renderMailTest(viewer, view)}${renderWebhooks(viewer, view)}</div>`;
}

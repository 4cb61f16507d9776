import { html, type Markup } from '../../src/lib/html.ts';
import type { EvidenceHold, EvidenceRecord } from '../../src/model/evidence.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { outside } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import { renderTextChanges, type TextAt } from './changes.ts';
import { exactTime, exactWords, factsOf, hash, sizeOf } from './facts.ts';

export interface EvidenceView {
  caseId: CaseId;
  records: readonly EvidenceRecord[];
  /** Records with texts, by document. */
  texts: ReadonlyMap<number, readonly TextAt[]>;
  hold: EvidenceHold | null;
}

function textOf(view: EvidenceView, { seq }: EvidenceRecord): string | undefined {
  return [...view.texts.values()].flat().find(({ record }) => record.seq === seq)?.text;
}

/** The picture, the text, and a way to the file: a page of the web is never shown as a page. */
export function renderContent(
  viewer: Viewer,
  view: EvidenceView,
  record: EvidenceRecord,
  isPrint = false,
): Markup {
  const { t } = viewer;
  const { seq, kind, size, contentSha256, caseId } = record;
  if (contentSha256 === null || size === null) return html``;
  const path = `/cases/${caseId}/evidence/${seq}`;
  const text = textOf(view, record);
  const alt = t('evidence.shot.alt', { address: record.address ?? '', at: record.at.toISOString() });
  const shot =
    kind === 'screenshot'
      ? html`<img class="shot" src="${path}/image" alt="${alt}" loading="${isPrint ? 'eager' : 'lazy'}">`
      : '';
  if (isPrint) return html`${shot}`;
  const shown =
    text === undefined
      ? ''
      : html`<details><summary>${t('evidence.shown.text')}</summary><p class="text">${shownText(viewer, text)}</p></details>`;
  return html`${shown}${shot}<p><a href="${path}/file" aria-label="${t('evidence.download.of', { seq })}" download>${t('evidence.download')}</a> <span class="muted">${sizeOf(viewer, size)}</span></p>`;
}

function renderRecord(viewer: Viewer, view: EvidenceView, record: EvidenceRecord): Markup {
  const { t } = viewer;
  const { seq, kind, at, address, contentSha256, sha256, previousSha256 } = record;
  const facts = factsOf(viewer, record).map((fact) => html`<li>${fact}</li>`);
  const content = contentSha256
    ? html`<dt>${t('evidence.hash.content')}</dt><dd>${hash(contentSha256)}</dd>`
    : '';
  return html`<li id="r${seq}" class="record"><h3>№ ${seq} · ${t(`evidence.kind.${kind}`)}</h3>
    <p class="muted">${exactTime(viewer, at)}${address ? html`<br>${outside(address, address)}` : ''}</p>
    <ul class="plain">${facts}</ul>${renderContent(viewer, view, record)}
    <details><summary>${t('evidence.hashes')}</summary><dl class="hashes">${content}<dt>${t('evidence.hash.record')}</dt><dd>${hash(sha256)}</dd>
    <dt>${t('evidence.hash.previous')}</dt><dd>${hash(previousSha256)}</dd></dl></details></li>`;
}

function renderHold(viewer: Viewer, { caseId, hold }: EvidenceView): Markup {
  const { t } = viewer;
  const may = hold ? hasRight(viewer.user, 'evidence:release') : true;
  const since = hold
    ? html`<p class="note">${t('evidence.hold.since', { at: exactWords(viewer, hold.placedAt), by: hold.placedBy, reason: hold.reason })}</p>
      ${hold.eraseAskedAt ? html`<p class="note">${t('evidence.hold.waiting', { at: exactWords(viewer, hold.eraseAskedAt) })}</p>` : ''}`
    : '';
  const what = hold ? 'release' : 'hold';
  const form = may
    ? html`<form method="post" action="/cases/${caseId}/evidence/${what}" class="row hold">${csrfField(viewer)}
      <label class="grow">${t('evidence.hold.reason')} <input name="reason" required maxlength="500" autocomplete="off"></label>
      <button${hold ? html` class="danger"` : ''}>${t(hold ? 'evidence.hold.release' : 'evidence.hold.place')}</button></form>`
    : html`<p class="muted">${t('evidence.hold.admin')}</p>`;
  return html`<section class="card"><h2>${t('evidence.hold')}</h2><p>${t('evidence.hold.lead')}</p>${since}${form}</section>`;
}

function renderActions(viewer: Viewer, { caseId }: EvidenceView): Markup {
  const { t } = viewer;
  const print = (['ru', 'en'] as const).map(
    (language) =>
      html`<li><a href="/cases/${caseId}/evidence/print?language=${language}">${t('evidence.print.in', { language: t(`evidence.print.${language}`) })}</a></li>`,
  );
  return html`<ul class="plain">${print}</ul><form method="post" action="/cases/${caseId}/evidence/verify">${csrfField(viewer)}<button>${t('evidence.verify')}</button></form>`;
}

/** All that was kept of a case, in order, and what became of its texts. `said` stands at the top: what was just done. */
export function renderEvidence(viewer: Viewer, view: EvidenceView, said: Markup): Markup {
  const { t } = viewer;
  const { caseId, records, texts } = view;
  const changes = [...texts.values()].map((one) => renderTextChanges(viewer, one));
  const list = html`<h2>${t('evidence.then')}</h2>${changes}<h2>${t('evidence.records')}</h2>
    <ol class="evidence">${records.map((record) => renderRecord(viewer, view, record))}</ol>`;
  return html`<p><a href="/cases/${caseId}">← ${t('evidence.back', { id: caseId })}</a></p><h1>${t('evidence.title', { id: caseId })}</h1>
    ${said}<p>${t('evidence.lead')}</p>${renderActions(viewer, view)}${renderHold(viewer, view)}
    ${records.length === 0 ? html`<p class="empty">${t('evidence.none')}</p>` : list}`;
}

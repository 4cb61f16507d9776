import { html, type Markup } from '../../src/lib/html.ts';
import type { EvidenceCheck, EvidenceDetails, EvidenceRecord } from '../../src/model/evidence.ts';
import { readDetails } from '../../src/store/evidence.ts';
import type { Viewer } from '../auth/session.ts';
import { shownText } from '../views/private.ts';
import { renderTextChanges, type TextAt } from './changes.ts';
import { exactTime, factsOf, hash, renderCheck } from './facts.ts';
import { type EvidenceView, renderContent } from './list.ts';

export interface PrintFacts {
  check: EvidenceCheck;
  madeAt: Date;
  madeBy: string;
  publicUrl: string;
}

function authorName({ author }: EvidenceDetails): string | null {
  const {
    name,
    handle,
    site,
    guest_name: guest,
  } = (author ?? {}) as Record<string, string | null | undefined>;
  if (guest) return guest;
  if (!handle) return null;
  return `${name && name !== handle ? `${name}, ` : ''}${site}/${handle}`;
}

function timeOr(viewer: Viewer, value: unknown): Markup | string {
  const at = typeof value === 'string' ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? exactTime(viewer, at) : viewer.t('evidence.print.unknown');
}

/** What was said, by whom, where, when, and what became of it. */
function renderText(viewer: Viewer, texts: readonly TextAt[]): Markup {
  const { t } = viewer;
  const [first] = texts;
  if (!first) return html``;
  const details = readDetails(first.record);
  return html`<section><h2>${t('evidence.print.text')}</h2><dl class="facts">
    <dt>${t('evidence.print.address')}</dt><dd>${first.record.address}</dd>
    <dt>${t('evidence.print.author')}</dt><dd>${authorName(details) ?? t('evidence.print.unknown')}</dd>
    <dt>${t('evidence.print.published')}</dt><dd>${timeOr(viewer, details.published_at)}</dd>
    <dt>${t('evidence.print.found')}</dt><dd>${timeOr(viewer, details.found_at)}</dd></dl>
    <blockquote class="text">${shownText(viewer, first.text)}</blockquote>
    <h3>${t('evidence.then')}</h3>${renderTextChanges(viewer, texts)}</section>`;
}

function renderRecord(viewer: Viewer, view: EvidenceView, record: EvidenceRecord): Markup {
  const { t } = viewer;
  const { seq, kind, at, address, contentSha256, sha256 } = record;
  const content = contentSha256
    ? html`<dt>${t('evidence.hash.content')}</dt><dd>${hash(contentSha256)}</dd>`
    : '';
  return html`<li class="record"><h3>№ ${seq} · ${t(`evidence.kind.${kind}`)}</h3><p>${exactTime(viewer, at)}${address ? html`<br>${address}` : ''}</p>
    <ul class="plain">${factsOf(viewer, record).map((fact) => html`<li>${fact}</li>`)}</ul>
    <dl class="hashes">${content}<dt>${t('evidence.hash.record')}</dt><dd>${hash(sha256)}</dd></dl>${renderContent(viewer, view, record, true)}</li>`;
}

function renderSignature({ t }: Viewer): Markup {
  const line = (word: string) => html`<div><span>${word}</span></div>`;
  return html`<div class="signature">${line(t('evidence.print.name'))}${line(t('evidence.print.signature'))}${line(t('evidence.print.date'))}</div>`;
}

/** The record that is printed and signed: what, when, where, by which program, with all hashes, and how to check them. */
export function renderPrint(viewer: Viewer, view: EvidenceView, facts: PrintFacts): Markup {
  const { t } = viewer;
  const { caseId, records, texts } = view;
  const how = [1, 2, 3, 4] as const;
  return html`<article class="protocol" lang="${viewer.language}"><p class="muted screen-only"><a href="/cases/${caseId}/evidence">← ${t('evidence.title', { id: caseId })}</a> · ${t('evidence.print.hint')}</p>
    <h1>${t('evidence.print.title')}</h1><dl class="facts"><dt>${t('evidence.print.case')}</dt><dd>№ ${caseId}</dd>
    <dt>${t('evidence.print.made')}</dt><dd>${exactTime(viewer, facts.madeAt)}</dd><dt>${t('evidence.print.by')}</dt><dd>${facts.madeBy}</dd>
    <dt>${t('evidence.print.installation')}</dt><dd>${facts.publicUrl}</dd></dl>
    ${records.length === 0 ? html`<p class="empty">${t('evidence.none')}</p>` : ''}
    ${[...texts.values()].map((one) => renderText(viewer, one))}
    <h2>${t('evidence.records')}</h2><ol class="evidence">${records.map((record) => renderRecord(viewer, view, record))}</ol>
    <section class="together"><h2>${t('evidence.print.check')}</h2>${renderCheck(viewer, facts.check)}
    <h2>${t('evidence.print.how')}</h2><ol>${how.map((n) => html`<li>${t(`evidence.print.how.${n}`, { id: caseId, zone: viewer.zone })}</li>`)}</ol>
    ${renderSignature(viewer)}</section></article>`;
}

import { html, type Markup } from '../../src/lib/html.ts';
import type { OpmlImport, OpmlLine } from '../../src/model/opml-import.ts';
import type { Viewer } from '../auth/session.ts';
import { backField, type WayBack } from '../start/way-back.ts';
import { number, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

/** Nobody reads more of them on a page; the command line lists all. */
const SHOWN = 100;
const OUTCOMES = ['refused', 'added', 'known'] as const;

/** What is chosen below it, or pasted, is added at once. */
export function renderOpml(viewer: Viewer, mistake = '', back: WayBack | null = null): Markup {
  const { t } = viewer;
  return html`<section class="card" id="opml"><h2>${t('source.opml')}</h2><p class="muted">${t('source.opml.lead')}</p>
    ${mistake ? html`<p class="error" role="alert">${mistake}</p>` : ''}
    <form method="post" action="/sources/import" enctype="multipart/form-data" class="stack">${csrfField(viewer)}${backField(back)}
      <label>${t('source.opml.file')}<input type="file" name="opml" accept=".opml,.xml,text/xml,text/x-opml"></label>
      <label>${t('source.opml.paste')}<textarea name="pasted" rows="3" maxlength="2000000" spellcheck="false" autocapitalize="none"></textarea></label>
      <button>${t('source.opml.import')}</button></form>
    <p><a href="/sources/export.opml">${t('source.opml.export')}</a></p></section>`;
}

function renderLine({ t }: Viewer, { name, url, key, reason }: OpmlLine): Markup {
  const shown = key ? html`<a href="/sources/${key}">${name}</a>` : name;
  const why = reason ? html`<br><small>${t(`source.opml.why.${reason}`)}</small>` : '';
  return html`<li>${shown} <small class="muted">${url}</small>${why}</li>`;
}

function renderLines(viewer: Viewer, outcome: OpmlLine['outcome'], lines: readonly OpmlLine[]): Markup | '' {
  const { t } = viewer;
  const those = lines.filter((line) => line.outcome === outcome);
  if (those.length === 0) return '';
  const rest = those.length - SHOWN;
  const more =
    rest > 0 ? html`<li class="muted">${t('source.opml.more', { n: number(viewer, rest) })}</li>` : '';
  const isOpen = outcome === 'refused' ? html` open` : '';
  return html`<details${isOpen}><summary>${t(`source.opml.${outcome}`)} (${number(viewer, those.length)})</summary>
    <ul class="lines">${those.slice(0, SHOWN).map((line) => renderLine(viewer, line))}${more}</ul></details>`;
}

/** What became of each line. */
export function renderImported(viewer: Viewer, done: OpmlImport): Markup {
  const { t } = viewer;
  const { lines, added, known, refused, lastVisitAt } = done;
  const counts = {
    added: number(viewer, added),
    known: number(viewer, known),
    refused: number(viewer, refused),
  };
  const words = lines.length === 0 ? t('source.opml.empty') : t('source.opml.done', counts);
  const pace = lastVisitAt ? html` ${t('source.opml.pace')} ${time(viewer, lastVisitAt)}.` : '';
  return html`<div class="note done" role="status"><p>${words}${pace}</p></div>
    ${lines.length === 0 ? '' : html`<section class="card" id="imported">${OUTCOMES.map((one) => renderLines(viewer, one, lines))}</section>`}`;
}

import { html, type Markup } from '../../src/lib/html.ts';
import type { ContextPrecision } from '../../src/query/context/precision.ts';
import type { Viewer } from '../auth/session.ts';
import { renderTable } from '../views/table.ts';
import type { LabForm } from './lab-form.ts';

/** The switch of the context check. */
export function renderContextSwitch({ t }: Viewer, { contextCheck, about }: LabForm): Markup {
  return html`<p class="muted">${t('lab.context.lead')}</p><input type="hidden" name="context" value="shown">
    <label class="check"><input type="checkbox" name="contextCheck" value="yes"${contextCheck ? html` checked` : ''}> ${t('lab.context.switch')}</label>
    <label>${t('lab.context.about')}<input name="about" value="${about}" maxlength="500" placeholder="${t('lab.context.about.example')}"></label>`;
}

/** What the check does to precision and recall, measured on what people said. */
export function renderContextPrecision(viewer: Viewer, measured: ContextPrecision): Markup {
  const { t } = viewer;
  const { examples, before, precision, precisionAtLeast, recall } = measured;
  if (examples === 0) return html`<p class="muted">${t('lab.context.none')}</p>`;
  const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)} %`);
  const after =
    precision === null || precisionAtLeast === null
      ? '—'
      : t('lab.context.atleast', {
          share: Math.round(precision * 100),
          low: Math.round(precisionAtLeast * 100),
        });
  const rows = [
    [t('lab.context.before'), percent(before), percent(recall === null ? null : 1)],
    [t('lab.context.after'), after, percent(recall)],
  ];
  return html`${renderTable([t('lab.precision.version'), t('lab.context.right'), t('lab.context.kept')], rows, '')}
    <p class="muted">${t('lab.context.measured', { n: examples })}</p>`;
}

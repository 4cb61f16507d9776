import type { CrmGuide } from '../../src/act/crm/guides.ts';
import { settingsSnippet } from '../../src/act/crm/settings-snippet.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** `B24_WEBHOOK=…`, a line each. */
function renderSecrets({ t }: Viewer, { secret }: CrmGuide): Markup {
  const lines = Object.entries(secret).map(
    ([setting, name]) => `${name}=… # ${t('crm.guide.value', { setting })}`,
  );
  if (lines.length === 0) return html``;
  return html`<p>${t('crm.guide.secrets')}</p><pre class="snippet">${lines.join('\n')}</pre>`;
}

/** How a CRM of one kind is connected, from its own settings to the first check. */
export function renderGuide(viewer: Viewer, guide: CrmGuide): Markup {
  const { t, language } = viewer;
  return html`<h1>${t('crm.guide.title', { name: guide.name })}</h1>
    <h2>${t('crm.guide.there')}</h2><ol>${guide.steps[language].map((step) => html`<li>${step}</li>`)}</ol>
    <h2>${t('crm.guide.here')}</h2><p>${t('crm.guide.file')}</p><pre class="snippet">${settingsSnippet(guide, guide.kind)}</pre>
    ${renderSecrets(viewer, guide)}
    <h2>${t('crm.guide.next')}</h2><ol><li>${t('crm.guide.restart')}</li><li>${t('crm.guide.check')}</li></ol>`;
}

import { html, type Markup } from '../../src/lib/html.ts';
import { nameExample } from '../../src/query/name-example.ts';
import type { Viewer } from '../auth/session.ts';
import { renderMistakes } from '../views/mistakes.ts';
import type { Refusal } from './save-topic.ts';

/** What keeps a topic from being saved; of examples that fail, a box to save it all the same. */
export function renderRefusal(viewer: Viewer, { mistakes, failures }: Refusal): Markup {
  return html`${renderMistakes(mistakes)}${renderFailures(viewer, failures)}`;
}

function renderFailures({ t, language }: Viewer, failures: Refusal['failures']): Markup | '' {
  if (failures.length === 0) return '';
  const rows = failures.map(
    ({ example, reasons }) =>
      html`<li>${nameExample(example)[language]}${reasons.map((reason) => html`<br><small>${reason.message[language]}</small>`)}</li>`,
  );
  return html`<div class="error" role="alert"><p>${t('topic.examples.fail')}</p><ul>${rows}</ul></div>
    <label class="check"><input type="checkbox" name="anyway" value="yes"> ${t('topic.examples.anyway')}</label>`;
}

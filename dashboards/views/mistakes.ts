import { html, type Markup } from '../../src/lib/html.ts';

/** What is wrong with a form; lines after the first show the place in a query, with carets under it. */
export function renderMistakes(mistakes: readonly string[]): Markup | '' {
  if (mistakes.length === 0) return '';
  const rows = mistakes.map((mistake) => {
    const [words = '', ...place] = mistake.split('\n');
    return html`<li>${words}${place.length > 0 ? html`<pre>${place.join('\n')}</pre>` : ''}</li>`;
  });
  return html`<div class="error" role="alert"><ul>${rows}</ul></div>`;
}

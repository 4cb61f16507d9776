import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from './format.ts';

export type Choices = readonly (readonly [value: string, label: string])[];

const NAMED = 2;

/** What was chosen, in few words. */
function chosenWords({ t }: Viewer, chosen: readonly string[], choices: Choices): string {
  if (chosen.length === 0) return t('search.any');
  if (chosen.length > NAMED) return t('search.chosen', { n: chosen.length });
  const known = choices.filter(([value]) => chosen.includes(value)).map(([, words]) => words);
  return known.length > 0 ? known.join(', ') : chosen.join(', ');
}

/** Where nothing of it is chosen, what no found document has is not offered. */
function offered(
  choices: Choices,
  chosen: readonly string[],
  counts: Readonly<Record<string, number>> | undefined,
): Choices {
  const found = choices.filter(([value]) => (counts?.[value] ?? 0) > 0);
  return chosen.length > 0 || found.length === 0 ? choices : found;
}

/** Boxes of one filter, each with how many of the found documents it would keep. Of several one is enough. */
export function renderFacet(
  viewer: Viewer,
  {
    name,
    label,
    chosen,
    choices,
  }: { name: string; label: string; chosen: readonly string[]; choices: Choices },
  counts: Readonly<Record<string, number>> | undefined,
): Markup {
  const boxes = offered(choices, chosen, counts).map(([value, words]) => {
    const count = counts?.[value];
    return html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}>${words}${count === undefined ? '' : html`<small>${number(viewer, count)}</small>`}</label>`;
  });
  return html`<details class="facet" name="facet"><summary>${label}<span>${chosenWords(viewer, chosen, choices)}</span></summary><div role="group" aria-label="${label}">${boxes}</div></details>`;
}

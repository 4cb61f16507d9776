import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** Pages on which a newcomer asks what this is. */
export type HelpTopic =
  | 'mentions'
  | 'topics'
  | 'alerts'
  | 'rules'
  | 'review'
  | 'scorecard'
  | 'recall'
  | 'lab';

/** Under the page's heading: closed, a question mark with a name; open, what this is for and what to do first. */
export function renderHelp({ t }: Viewer, topic: HelpTopic, more: Markup | '' = ''): Markup {
  return html`<details class="help"><summary><span aria-hidden="true">?</span> ${t(`help.${topic}.title`)}</summary><p>${t(`help.${topic}.what`)}</p><p>${t(`help.${topic}.do`)}${more === '' ? '' : html` ${more}`}</p></details>`;
}

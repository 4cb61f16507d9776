import { html, type Markup } from '../../src/lib/html.ts';
import { type TextPart, wordChanges } from '../../src/lib/word-changes.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';

/** Of what is the same, so much is shown beside a change. */
const CONTEXT = 60;
const MOST_PARTS = 200;

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= 2 * CONTEXT) return text;
  const head = isFirst ? '' : text.slice(0, CONTEXT).replace(/\S*$/, '').toWellFormed();
  const tail = isLast ? '' : text.slice(-CONTEXT).replace(/^\S*/, '').toWellFormed();
  return `${head} … ${tail}`;
}

function renderPart({ t }: Viewer, { kind, text }: TextPart, isFirst: boolean, isLast: boolean): Markup {
  if (kind === 'same') return html`${shortened(text, isFirst, isLast)}`;
  const word = t(kind === 'added' ? 'story.added' : 'story.cut');
  return kind === 'added'
    ? html`<ins><span class="unseen">[${word}: </span>${text}<span class="unseen">]</span></ins>`
    : html`<del><span class="unseen">[${word}: </span>${text}<span class="unseen">]</span></del>`;
}

function countWords(parts: readonly TextPart[], kind: TextPart['kind']): number {
  return parts
    .filter((part) => part.kind === kind)
    .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
}

/** What a carrier added to the first text, and what it cut. */
export function renderChanges(viewer: Viewer, first: string, text: string): Markup {
  const { t } = viewer;
  const parts = wordChanges(first, text);
  const [added, cut] = [countWords(parts, 'added'), countWords(parts, 'cut')];
  if (added + cut === 0) return html`<p class="muted">${t('story.same')}</p>`;
  const counts = t('story.changes.counts', { added: number(viewer, added), cut: number(viewer, cut) });
  const shown = parts.slice(0, MOST_PARTS);
  return html`<details><summary>${t('story.changes')} <span class="muted">(${counts})</span></summary>
    <p class="text changes">${shown.map((part, at) => renderPart(viewer, part, at === 0, at === shown.length - 1))}${shown.length < parts.length ? ' …' : ''}</p></details>`;
}

import { html, type Markup } from '../../src/lib/html.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderFigures, renderTable } from '../views/table.ts';
import { type Ask, askHref } from './ask.ts';
import { renderChart } from './chart.ts';
import type { Block, Figure } from './figure.ts';
import { periodWords } from './words.ts';

/** Kinds of files that a figure can be taken away as. */
export type FileKind = 'csv' | 'xlsx' | 'svg' | 'png';

/** What the outline behind the marks is; null: nothing is compared. */
export function outlineWords(viewer: Viewer, { against, other }: Ask): string | null {
  if (!other) return null;
  return against.kind === 'topic' ? against.topic.name : periodWords(viewer, other);
}

export function headingOf({ t }: Viewer, { title }: Block, { finding }: Pick<Figure, 'finding'>): string {
  return finding === null ? t(title) : `${t(title)}: ${finding}`;
}

function renderFiles(viewer: Viewer, block: Block, ask: Ask, kinds: readonly FileKind[]): Markup | '' {
  if (!hasRight(viewer.user, 'reports:make')) return '';
  const title = viewer.t(block.title);
  const links = kinds.map(
    (kind) =>
      html`<a href="${askHref(ask, {}, `/${block.key}.${kind}`)}" aria-label="${viewer.t('analytics.file', { title, kind: kind.toUpperCase() })}" download>${kind.toUpperCase()}</a> `,
  );
  return html`<p class="files">${viewer.t('analytics.files')}: ${links}</p>`;
}

/** So many columns fit on the narrowest phone. */
const NARROW = 3;

function renderRows(viewer: Viewer, { head, rows }: Figure): Markup {
  const cells = rows.map((row) =>
    row.cells.map((cell, at) => {
      const shown = typeof cell === 'number' ? number(viewer, cell) : cell;
      return at === 0 && row.href ? html`<a href="${row.href}">${shown}</a>` : shown;
    }),
  );
  const render = head.length > NARROW ? renderTable : renderFigures;
  return render(head, cells, viewer.t('analytics.none'));
}

/**
 * The table behind a chart. It would double the page that has all of them: there it is a link to the block alone, in whose place it comes where programs
 * run.
 */
function renderBehind({ t }: Viewer, block: Block, table: Markup | '', { ask, isAlone }: Shown): Markup {
  const href = askHref(ask, {}, `/${block.key}`);
  const inside = isAlone
    ? table
    : html`<p data-table="${href}"><a href="${href}">${t('analytics.table.open')}</a></p>`;
  return html`<details${isAlone ? html` open` : ''}><summary>${t('lab.chart.table')}</summary>${inside}</details>`;
}

export interface Shown {
  ask: Ask;
  /** Charts can be taken away as PNG. */
  hasPictures: boolean;
  /** The block is the page. */
  isAlone: boolean;
}

/** A block with what it has found. */
export function renderBlock(viewer: Viewer, block: Block, figure: Figure, shown: Shown): Markup {
  const { ask, hasPictures } = shown;
  const { drawing, rows, notes, more } = figure;
  const isTable = drawing === null || drawing.kind === 'heat';
  const pictures: FileKind[] = drawing ? ['svg', ...(hasPictures ? (['png'] as const) : [])] : [];
  const table = rows.length > 0 && drawing?.kind !== 'heat' ? renderRows(viewer, figure) : '';
  return html`<section class="card block" id="${block.key}" aria-labelledby="${block.key}-title"><h2 id="${block.key}-title">${headingOf(viewer, block, figure)}</h2>
    ${drawing ? renderChart(viewer, drawing, outlineWords(viewer, ask)) : ''}
    ${isTable ? table : renderBehind(viewer, block, table, shown)}
    ${notes.map((note) => html`<p class="muted">${note}</p>`)}
    ${more ? html`<p><a href="${more.href}">${more.words}</a></p>` : ''}
    ${rows.length > 0 ? renderFiles(viewer, block, ask, ['csv', 'xlsx', ...pictures]) : ''}</section>`;
}

/** A block that is not here yet: a link to it, in whose place it comes where programs run. */
export function renderLate({ t }: Viewer, block: Block, ask: Ask): Markup {
  const words = block.isSlow?.(ask) ? html`${t('analytics.late')} ` : '';
  return html`<section class="card block" id="${block.key}" aria-labelledby="${block.key}-title" data-late="${askHref(ask, {}, `/${block.key}.html`)}"><h2 id="${block.key}-title">${t(block.title)}</h2>
    <p>${words}<a href="${askHref(ask, {}, `/${block.key}`)}">${t('analytics.late.open')}</a></p></section>`;
}

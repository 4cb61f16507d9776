import { html, Markup } from '../../src/lib/html.ts';
import type { Drawing, Figure } from './figure.ts';
import { levelOf, renderBar, renderColumns, STEP, topOf } from './marks.ts';

const WIDTH = 720;
const PAD = 24;
const LINE = 20;
const INNER = WIDTH - 2 * PAD;
/** Letters of 16 and of 12 px that go on a line. */
const TITLE_LETTERS = 74;
const NAME_LETTERS = 30;
const COLUMNS = 220;
const BAR_ROW = 26;
const CELL = { width: 84, height: 18 };

/** Colours of paper, as in molva.css: a file of its own has no stylesheet beside it. */
const STYLE = `text{font:12px system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1b2128}.title{font-size:16px;font-weight:600}.muted{fill:#5b6673}
.paper{fill:#fff}.accent{fill:#1d5fa8}.negative{fill:#b93a0f}.neutral{fill:#59636e}.others{fill:#8a949e}.positive{fill:#0d6f62}.unsure{fill:#7a4bb0}.outline{fill:none;stroke:#1b2128;stroke-width:1;vector-effect:non-scaling-stroke}
.hue-0{fill:#1d5fa8}.hue-1{fill:#b5530a}.hue-2{fill:#0d6f62}.hue-3{fill:#8a3a8f}.hue-4{fill:#7a6a00}.hue-5{fill:#b02a5b}.hue-6{fill:#3f7a1f}.hue-7{fill:#5a5fc7}
.l0{fill:#eef1f4}.l1{fill:#d3e3f4}.l2{fill:#9dc3ea}.l3{fill:#4f8fd0}.l4{fill:#1d5fa8}.l3+text,.l4+text{fill:#fff}`;

/** Words on lines that are not longer than so many letters. */
function linesOf(text: string, letters: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= letters || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

const short = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1).toWellFormed()}…` : text;

type Of<Kind extends Drawing['kind']> = Extract<Drawing, { kind: Kind }>;
interface Piece {
  height: number;
  drawn: Markup;
}

function columnsPiece({ columns }: Of<'columns'>): Piece {
  const scale = INNER / (columns.length * STEP);
  const label = (name: string | undefined, x: number, anchor: string): Markup =>
    html`<text class="muted" x="${x}" y="${COLUMNS + 34}" text-anchor="${anchor}">${name}</text>`;
  return {
    height: COLUMNS + 44,
    drawn: html`<text class="muted" x="0" y="12">${topOf(columns)}</text><g transform="translate(0 18) scale(${scale.toFixed(4)} 1)">${renderColumns(columns, COLUMNS, false)}</g>
      <line x1="0" x2="${INNER}" y1="${COLUMNS + 18}" y2="${COLUMNS + 18}" stroke="#5b6673"></line>
      ${label(columns[0]?.name, 0, 'start')}${columns.length > 1 ? label(columns.at(-1)?.name, INNER, 'end') : ''}`,
  };
}

function barsPiece({ bars }: Of<'bars'>): Piece {
  const top = topOf(bars);
  const box = { width: 360, height: 18 };
  const rows = bars.map(
    (bar, at) =>
      html`<g transform="translate(0 ${at * BAR_ROW})"><text x="0" y="14">${short(bar.name, NAME_LETTERS)}</text><g transform="translate(210 0)">${renderBar(bar, top, box, false)}</g><text x="${INNER}" y="14" text-anchor="end">${bar.said}</text></g>`,
  );
  return { height: bars.length * BAR_ROW, drawn: html`${rows}` };
}

function heatPiece({ days, hours, cells }: Of<'heat'>): Piece {
  const top = Math.max(1, ...cells.flat().map(({ posts }) => posts));
  const head = days.map(
    (day, at) =>
      html`<text x="${60 + at * CELL.width + CELL.width / 2}" y="12" text-anchor="middle">${day}</text>`,
  );
  const rows = cells.map((row, hour) => {
    const y = 20 + hour * CELL.height;
    const drawn = row.map(({ posts }, day) => {
      const x = 60 + day * CELL.width;
      return html`<rect class="l${levelOf(posts, top)}" x="${x}" y="${y}" width="${CELL.width - 2}" height="${CELL.height - 2}"></rect><text x="${x + CELL.width / 2}" y="${y + 12}" text-anchor="middle">${posts === 0 ? '' : posts}</text>`;
    });
    return html`<text class="muted" x="0" y="${y + 12}">${hours[hour]}</text>${drawn}`;
  });
  return { height: 24 + cells.length * CELL.height, drawn: html`${head}${rows}` };
}

function pieceOf(drawing: Drawing): Piece {
  if (drawing.kind === 'columns') return columnsPiece(drawing);
  return drawing.kind === 'bars' ? barsPiece(drawing) : heatPiece(drawing);
}

function legendPiece(drawing: Drawing, outline: string | null): Piece {
  if (drawing.kind === 'heat') return { height: 0, drawn: html`` };
  const all = drawing.kind === 'columns' ? drawing.columns : drawing.bars;
  const hasOutline = outline !== null && all.some(({ before }) => before);
  const entries = [...drawing.legend, ...(hasOutline ? [{ look: 'outline' as const, name: outline }] : [])];
  let x = 0;
  const drawn = entries.map(({ look, name }) => {
    const entry = html`<rect class="${look}" x="${x + 1}" y="1" width="10" height="10"></rect><text x="${x + 16}" y="11">${name}</text>`;
    x += 40 + name.length * 7;
    return entry;
  });
  return { height: entries.length > 0 ? 24 : 0, drawn: html`${drawn}` };
}

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** A figure as a file of its own: its heading, what it is of, and its marks. null: it has nothing to draw. */
export function drawPicture(
  { drawing }: Pick<Figure, 'drawing'>,
  words: { heading: string; of: string; outline: string | null; language: string },
): Picture | null {
  if (!drawing) return null;
  const title = linesOf(words.heading, TITLE_LETTERS);
  const parts: Markup[] = title.map(
    (line, at) => html`<text class="title" x="${PAD}" y="${PAD + 14 + at * LINE}">${line}</text>`,
  );
  let y = PAD + title.length * LINE;
  parts.push(html`<text class="muted" x="${PAD}" y="${y + 14}">${words.of}</text>`);
  y += 30;
  for (const piece of [legendPiece(drawing, words.outline), pieceOf(drawing)]) {
    parts.push(html`<g transform="translate(${PAD} ${y})">${piece.drawn}</g>`);
    y += piece.height;
  }
  const height = y + PAD;
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" lang="${words.language}" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img"><title>${words.heading}</title><style>${new Markup(STYLE)}</style><rect class="paper" width="${WIDTH}" height="${height}"></rect>${parts}</svg>`;
  return { svg: svg.toString(), width: WIDTH, height };
}

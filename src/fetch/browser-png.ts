import { type BrowserEdges, withOwnPage } from './own-page.ts';

const WITHIN_MS = 30_000;
/** Dots for each of its pixels: sharp on paper and on fine screens. */
const SCALE = 2;

/**
 * A drawing of our own as PNG. Width and height in pixels.
 * @throws PermanentError `no-browser` with what to install
 */
export function drawPng(
  { svg, width, height }: { svg: string; width: number; height: number },
  edges: BrowserEdges,
): Promise<Uint8Array> {
  const html = `<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`;
  const look = { withinMs: WITHIN_MS, viewport: { width, height }, deviceScaleFactor: SCALE };
  return withOwnPage(html, edges, look, (page) => page.screenshot({ type: 'png' }));
}

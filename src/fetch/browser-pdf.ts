import { type BrowserEdges, withOwnPage } from './own-page.ts';

const WITHIN_MS = 60_000;
const MARGIN = { top: '12mm', bottom: '14mm', left: '12mm', right: '12mm' };

/**
 * A page of our own on paper (A4).
 * @throws PermanentError `no-browser` with what to install
 */
export function printPdf(html: string, edges: BrowserEdges): Promise<Uint8Array> {
  return withOwnPage(html, edges, { withinMs: WITHIN_MS }, (page) =>
    page.pdf({ format: 'A4', printBackground: true, margin: MARGIN }),
  );
}

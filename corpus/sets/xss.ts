import { sanitizeHtml } from '../../src/extract/sanitize.ts';
import { type CorpusSet, readCases } from '../set.ts';
import { share } from './share.ts';
import { unsafePart } from './unsafe.ts';

interface XssCase {
  id: string;
  html: string;
}

function judge({ id, html }: XssCase): string | undefined {
  const cleaned = sanitizeHtml(html, 'https://example.org/');
  const unsafe = unsafePart(cleaned, true);
  return unsafe === undefined ? undefined : `${id} leaves ${unsafe}: ${cleaned.slice(0, 200)}`;
}

/** Markup that tries to run something. */
export const xss: CorpusSet = {
  name: 'xss',
  async run(folder, explain) {
    const cases = readCases<XssCase>(folder, 'cases/xss.jsonl.gz');
    return [await share({ measure: 'xss: nothing that runs is left', must: 1 }, cases, judge, explain)];
  },
};

import { decodeText } from '../../src/fetch/charset.ts';
import { type CorpusSet, readCases } from '../set.ts';
import { share } from './share.ts';

interface CharsetCase {
  id: string;
  group: string;
  bodyB64: string;
  contentType?: string | null;
  textIncludes: string[] | string;
}

function judge({ id, bodyB64, contentType, textIncludes }: CharsetCase): string | undefined {
  const { text, charset } = decodeText(Buffer.from(bodyB64, 'base64'), contentType ?? '');
  const missing = [textIncludes].flat().filter((word) => !text.includes(word));
  return missing.length === 0
    ? undefined
    : `${id} read as ${charset} lacks ${JSON.stringify(missing.slice(0, 4))}`;
}

/** Bytes in sixty charsets, with and without a word about which. */
export const charsets: CorpusSet = {
  name: 'charsets',
  async run(folder, explain) {
    const cases = readCases<CharsetCase>(folder, 'cases/charsets.jsonl.gz');
    const declared = cases.filter(({ group }) => group.startsWith('decode/') && group !== 'decode/none');
    return [
      await share({ measure: 'charsets: all', must: 0.98, aim: 0.99 }, cases, judge, explain),
      await share({ measure: 'charsets: declared', must: 1 }, declared, judge, () => undefined),
    ];
  },
};

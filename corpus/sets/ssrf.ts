import { createHttp } from '../../src/fetch/http.ts';
import { type CorpusSet, readCases } from '../set.ts';
import { share } from './share.ts';

interface SsrfCase {
  id: string;
  url: string;
  resolve?: string[];
  blocked: boolean;
  why?: string;
}

/** A public address where nothing answers: getting as far as asking it means that the guard let it through. */
const PUBLIC = '192.88.98.1';

async function isRefused({ url, resolve }: SsrfCase): Promise<boolean> {
  const http = createHttp({
    userAgent: 'corpus/1',
    timeoutMs: 150,
    resolve: async () => resolve ?? [PUBLIC],
  });
  const error = await http.send({ url }).catch((reason: Error) => reason);
  await http.close();
  return error instanceof Error && error.name === 'RefusedError';
}

async function judge(one: SsrfCase): Promise<string | undefined> {
  if ((await isRefused(one)) === one.blocked) return undefined;
  return `${one.id} ${one.url} ${one.resolve ?? ''} should be ${one.blocked ? 'blocked' : 'allowed'} (${one.why ?? ''})`;
}

/** Addresses of private networks in many spellings, and public ones that must be let through. */
export const ssrf: CorpusSet = {
  name: 'ssrf',
  async run(folder, explain) {
    const cases = readCases<SsrfCase>(folder, 'cases/ssrf.jsonl.gz');
    return [
      await share(
        { measure: 'ssrf: blocked', must: 1 },
        cases.filter(({ blocked }) => blocked),
        judge,
        explain,
      ),
      await share(
        { measure: 'ssrf: allowed', must: 1 },
        cases.filter(({ blocked }) => !blocked),
        judge,
        explain,
      ),
    ];
  },
};

import { join } from 'node:path';
import { type Article, readArticle } from '../../src/extract/article/article.ts';
import { decodeText } from '../../src/fetch/charset.ts';
import { type CorpusSet, readCases } from '../set.ts';

interface Case {
  id: string;
  url: string;
  body?: string;
  bodyB64?: string;
  /** `2020-09-21` */
  date: string;
}

function read({ body, bodyB64, url }: Case): Article | undefined {
  const html = body ?? decodeText(Buffer.from(bodyB64 ?? '', 'base64'), 'text/html').text;
  try {
    return readArticle(html, url, { now: new Date(), zone: 0 });
  } catch {
    return undefined;
  }
}

/** Day of first publication. The floors are those of the 164 unseen pages, as parts. */
export const pubdates: CorpusSet = {
  name: 'pubdates',
  run: async (folder, explain) => {
    const cases = readCases<Case>(join(folder, 'cases'), 'pubdates.jsonl.gz');
    const tally = { right: 0, told: 0, rightInUtc: 0 };
    for (const one of cases) {
      const article = read(one);
      if (article?.publishedAt) tally.told += 1;
      if (article?.publishedAt?.toISOString().slice(0, 10) === one.date) tally.rightInUtc += 1;
      if (article?.publishedDay === one.date) tally.right += 1;
      else explain(`${one.id} expected ${one.date}, got ${article?.publishedDay ?? 'none'}`);
    }
    const part = (count: number, of: number) => ({ value: count / of, detail: `${count} of ${of}` });
    return [
      {
        measure: 'publication date right',
        must: 130 / 164,
        aim: 147 / 164,
        ...part(tally.right, cases.length),
      },
      { measure: 'publication date: precision', must: 0.92, aim: 0.93, ...part(tally.right, tally.told) },
      { measure: 'publication date right, as a day in UTC', ...part(tally.rightInUtc, cases.length) },
    ];
  },
};

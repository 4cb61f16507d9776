import { expect, test } from 'vitest';
import { siteCrawler } from '../../crawlers/site.ts';
import { wordpressCrawler } from '../../crawlers/wordpress.ts';
import { serveFixture, visit } from './fixture-site.ts';

const ids = (documents: readonly { externalId: string }[]) =>
  documents.map(({ externalId }) => externalId.replace(/^https?:\/\/[^/]+/, ''));

test('a blog whose REST is closed is read by feed and pages, and not knocked at again', async () => {
  const site = await serveFixture('site');
  const { documents, state } = await visit(wordpressCrawler, site, null);
  const plain = await serveFixture('site');
  expect(ids(documents)).toEqual(ids((await visit(siteCrawler, plain, null)).documents));
  expect(site.server.asked.filter((path) => path.includes('wp-json'))).toHaveLength(1);
  site.server.asked.length = 0;
  await visit(wordpressCrawler, site, state);
  expect(site.server.asked.filter((path) => path.includes('wp-json'))).toEqual([]);
  await site.close();
  await plain.close();
});

test('a blog whose comments alone are closed tells its posts', async () => {
  const site = await serveFixture('wordpress', (path) =>
    path.includes('/comments') ? '<html>no</html>' : undefined,
  );
  const { documents } = await visit(wordpressCrawler, site, null);
  await site.close();
  expect(documents.map(({ kind }) => kind)).toEqual(['article', 'article']);
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { crawlers, findCrawler } from '../../crawlers/registry.ts';
import type { Page } from '../../src/model/ports.ts';
import { folder, portable, readFixture, serveFixture, visit } from './fixture-site.ts';

const HOSTILE: Record<string, string> = {
  nothing: '',
  'control characters': '\u0000\u0001\u0002'.repeat(1000),
  'a heap of tags': '<b>'.repeat(300_000),
  'a heap of angles': '<'.repeat(300_000),
  'an unclosed comment': `<!--${'x'.repeat(100_000)}`,
  'half a feed': '<rss version="2.0"><channel><item><title>x',
  'a web page': '<!doctype html><html><body><p>Hello</p></body></html>',
  'entities within entities':
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
  'broken JSON': '{"version": "https://jsonfeed.org/version/1.1", "items": [{',
  'JSON of other shape': '{"version":"https://jsonfeed.org/version/1","items":{"length":"x"}}',
};

/** Kinds that only a person chooses: their pages have nothing that another site's would not have. */
const NEVER_CHOSEN = new Set(['forum']);

/** What a user who pastes the source's address would have it recognised by. */
function pageOf(kind: string): Page {
  const fixture = readFixture(kind);
  const { file, type } = fixture.pages[fixture.seenAs?.page ?? fixture.source.url]!;
  const text = readFileSync(new URL(file, folder(kind)), 'utf8');
  return {
    url: fixture.seenAs?.address ?? 'http://site.test/',
    contentType: type,
    text,
    charset: 'utf-8',
    validators: {},
  };
}

test('kinds are unique, and found by name', () => {
  expect(new Set(crawlers.map(({ kind }) => kind)).size).toBe(crawlers.length);
  expect(findCrawler('feed')?.kind).toBe('feed');
  expect(findCrawler('no-such-kind')).toBeUndefined();
});

describe.each(crawlers.map((crawler) => [crawler.kind, crawler] as const))('%s', (kind, crawler) => {
  test('finds what its fixture holds', async () => {
    const site = await serveFixture(kind);
    const { documents } = await visit(crawler, site, null);
    await site.close();
    await expect(JSON.stringify(portable(documents, site), null, 2)).toMatchFileSnapshot(
      new URL('expected.json', folder(kind)).pathname,
    );
  });

  test('tells nothing twice', async () => {
    const site = await serveFixture(kind);
    const first = await visit(crawler, site, null);
    const second = await visit(crawler, site, first.state);
    await site.close();
    expect(first.documents.length).toBeGreaterThan(0);
    expect(second.documents).toEqual([]);
  });

  test('goes on from any batch where it was killed', async () => {
    const site = await serveFixture(kind);
    const whole = await visit(crawler, site, null);
    const expected = whole.documents.map(({ externalId }) => externalId);
    for (let cut = 1; cut <= whole.batches; cut += 1) {
      site.forget();
      const before = await visit(crawler, site, null, cut);
      const after = await visit(crawler, site, before.state);
      expect([...before.documents, ...after.documents].map(({ externalId }) => externalId)).toEqual(expected);
    }
    await site.close();
  });

  test('takes a state that it cannot read for a first visit', async () => {
    const site = await serveFixture(kind);
    const { documents } = await visit(crawler, site, { left: 'by another version' });
    await site.close();
    expect(documents.length).toBeGreaterThan(0);
  });

  test('keeps to the rules for documents', async () => {
    const site = await serveFixture(kind);
    const { documents } = await visit(crawler, site, null);
    await site.close();
    for (const document of documents) {
      expect(document.externalId).not.toBe('');
      expect(document.url).toMatch(/^https?:\/\//);
      expect(document.url).not.toContain('sid=');
      expect(`${document.title ?? ''}${document.text}${document.fullText ?? ''}`).not.toMatch(
        /<\w|&\w+;|alert\(/,
      );
      expect(document.publishedAt?.getTime() ?? 0).toBeLessThanOrEqual(Date.parse(site.fixture.now));
    }
  });

  test.each(Object.entries(HOSTILE))('survives %s', async (_name, body) => {
    const site = await serveFixture(kind, () => body);
    const started = Date.now();
    const outcome = await visit(crawler, site, null).catch((error: Error) => error);
    await site.close();
    if (outcome instanceof Error) expect(outcome.name).toMatch(/^(Permanent|RetryLater|Refused)Error$/);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('knows its own pages from those of others', () => {
    for (const other of crawlers) {
      if (other.kind === kind) expect(crawler.detect(pageOf(kind)) > 0).toBe(!NEVER_CHOSEN.has(kind));
      else
        expect(crawler.detect(pageOf(other.kind))).toBeLessThan(
          Math.max(0.01, other.detect(pageOf(other.kind))),
        );
    }
    for (const text of Object.values(HOSTILE)) {
      const certainty = crawler.detect({
        url: 'http://x.test/',
        contentType: '',
        text,
        charset: 'utf-8',
        validators: {},
      });
      expect(certainty).toBeGreaterThanOrEqual(0);
      expect(certainty).toBeLessThanOrEqual(1);
    }
  });

  test('refuses settings that it does not know', () => {
    expect(crawler.settings.safeParse({ noSuchSetting: 1 }).success).toBe(false);
    expect(crawler.settings.safeParse({}).success).toBe(true);
  });
});

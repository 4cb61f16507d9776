import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../src/extract/feed.ts';
import { readBoard } from '../../src/extract/thread/board.ts';
import { readThread } from '../../src/extract/thread/thread.ts';
import { processorMs } from '../support/processor-ms.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const SIZE = 9_000_000;
const HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>';
const END = '</channel></rss>';
const fill = (piece: string): string => piece.repeat(SIZE / piece.length);
const numbered = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

/** Each held the process up for five seconds or took hundreds of megabytes before it was bounded. */
const FEEDS: Record<string, string> = {
  ampersands: `${HEAD}<item><title>${fill('&')}</title></item>${END}`,
  'coded brackets': `${HEAD}<item><title>${fill('&lt;')}</title></item>${END}`,
  'empty entries': `${HEAD}${fill('<item/>')}${END}`,
  attributes: `${HEAD}<item ${numbered(400_000, (at) => `a${at}="1" `)}/>${END}`,
  'names of elements': `${HEAD}<item>${numbered(300_000, (at) => `<a${at}>1</a${at}>`)}</item>${END}`,
  brackets: `${HEAD}<item>${fill('<')}`,
  'nested elements': `${HEAD}<item>${fill('<a>')}`,
  'elements that are never opened': `${HEAD}<item>${'<a>'.repeat(90)}${fill('</b>')}`,
  'unclosed comments': `${HEAD}<item>${fill('<!--')}`,
  'tags without an end': `${HEAD}<item>${fill('<a ')}`,
  'unclosed quotes': `${HEAD}<item>${fill('<a b="')}`,
  'document types': `${HEAD}<item>${fill('<!DOCTYPE [>')}`,
};

const PAGES: Record<string, string> = {
  'paragraphs side by side': '<p>'.repeat(19_000),
  'containers that look closed': '<div></x>'.repeat(19_000),
  'roots within roots': '<html>'.repeat(19_000),
  'links in one row': `<li>${numbered(9000, (at) => `<a class="topictitle" href="viewtopic.php?t=${at}">x</a>`)}<i class="lastpost">`,
  'posts side by side': '<div class="post" id="p1"><div class="content">x</div></div>'.repeat(9000),
};

async function took(work: () => unknown): Promise<number> {
  const started = processorMs();
  await work();
  return processorMs() - started;
}

describe('a hostile feed', () => {
  it.each(Object.keys(FEEDS))('of %s is read as far as it goes in bounded time', async (name) => {
    const text = FEEDS[name] ?? '';
    const reading = async () => {
      const { items } = await parseFeed(text, 'application/rss+xml', 'https://example.org/', NOW);
      expect(items.length).toBeLessThanOrEqual(1000);
    };
    expect(await took(reading)).toBeLessThan(8000);
  });

  it('that declares entities of entities grows no longer than it is', async () => {
    const laughs = numbered(30, (at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
    const text = `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><title>&l30;</title></channel></rss>`;
    const { title } = await parseFeed(text, 'text/xml', 'https://example.org/', NOW);
    expect(title?.length).toBeLessThan(1000);
  });

  it('is not what a thousand entries with full texts as entities are', async () => {
    const body =
      '&lt;p&gt;word &lt;a href=&quot;https://example.org/&quot;&gt;link&lt;/a&gt;&lt;/p&gt; '.repeat(100);
    const text = `${HEAD}${numbered(1000, (at) => `<item><guid>${at}</guid><description>${body}</description></item>`)}${END}`;
    expect((await parseFeed(text, 'application/rss+xml', 'https://example.org/', NOW)).items).toHaveLength(
      1000,
    );
  });
});

describe('a hostile forum page', () => {
  const context = { now: NOW, zone: 180 };

  it.each(Object.keys(PAGES))('of %s is read or refused in bounded time', async (name) => {
    const page = PAGES[name] ?? '';
    const attempt = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        expect(String(error)).toMatch(/too large or nested/);
      }
    };
    const reading = () => {
      attempt(() => readThread(page, 'https://f.example/viewtopic.php?t=1', context));
      attempt(() => readBoard(page, 'https://f.example/viewforum.php?f=1', context));
    };
    expect(await took(reading)).toBeLessThan(16_000);
  });

  it('with posts within posts is read without the inner ones', () => {
    const page = `${'<div class="post" id="p1"><div class="content">word '.repeat(70)}${'<b>x</b>'.repeat(3000)}${'</div></div>'.repeat(70)}`;
    const started = processorMs();
    expect(readThread(page, 'https://f.example/viewtopic.php?t=1', context).posts).toHaveLength(1);
    expect(processorMs() - started).toBeLessThan(4000);
  });

  it('with thousands of links in one row is read in a moment', () => {
    const row = `<li>${numbered(3000, (at) => `<a class="topictitle" href="viewtopic.php?t=${at}">x</a>`)}</li>`;
    const started = processorMs();
    readBoard(row, 'https://f.example/viewforum.php?f=1', context);
    expect(processorMs() - started).toBeLessThan(4000);
  });
});

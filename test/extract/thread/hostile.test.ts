import { describe, expect, it } from 'vitest';
import { readBoard } from '../../../src/extract/thread/board.ts';
import { readThread } from '../../../src/extract/thread/thread.ts';
import { processorMs } from '../../support/processor-ms.ts';

const dates = { now: new Date('2026-03-01T12:00:00Z'), zone: 180 };
const URL_OF_THREAD = 'https://f.example/viewtopic.php?t=1';
const repeat = (piece: string, chars: number) => piece.repeat(Math.floor(chars / piece.length));
const post = (at: number) =>
  `<div class="post" id="p${at}"><p class="author">от <strong>a${at % 50}</strong> » 01 фев 2026, 12:00</p><div class="content">Слова ${at}</div></div>`;

const PAGES: Record<string, string> = {
  'ten megabytes of nested tags': repeat('<div>', 10_000_000),
  'ten megabytes of nested quotations': repeat('<blockquote><b>', 10_000_000),
  'paragraphs side by side': repeat('<p>', 300_000),
  'dates side by side': repeat(
    '<li><a href="/user/1">anna</a> <time>01.02.2026 12:00</time> text</li>',
    700_000,
  ),
  'tags without an end': repeat('<a href="', 5_000_000),
  'end tags of nothing': repeat('</div></b>', 5_000_000),
};

async function msOf(work: () => unknown): Promise<number> {
  const started = processorMs();
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ code: 'broken-page' });
  }
  return processorMs() - started;
}

describe('a hostile page', () => {
  it.each(Object.keys(PAGES))('of %s is read or refused in bounded time', async (name) => {
    const page = PAGES[name] ?? '';
    expect(await msOf(() => readThread(page, URL_OF_THREAD, dates))).toBeLessThan(8000);
    expect(await msOf(() => readBoard(page, URL_OF_THREAD, dates))).toBeLessThan(8000);
  });

  it('is not what a thread of four thousand posts is', async () => {
    const page = `<html><body id="phpbb">${Array.from({ length: 4000 }, (_, at) => post(at + 1)).join('')}</body></html>`;
    let count = 0;
    const took = await msOf(() => {
      count = readThread(page, URL_OF_THREAD, dates).posts.length;
    });
    expect(count).toBe(4000);
    expect(took).toBeLessThan(8000);
  });
});

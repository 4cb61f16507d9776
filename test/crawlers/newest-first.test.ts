import { expect, test } from 'vitest';
import { type NewestFirstState, newestFirst } from '../../crawlers/platform/newest-first.ts';
import { createPageMemory } from '../../src/lib/page-memory.ts';
import type { CrawlContext } from '../../src/model/ports.ts';

const PER_PAGE = 3;

/** A platform with documents 1 to `newest`, published at these times, and how often it was asked. */
function platform(newest: number) {
  const asked: (string | null)[] = [];
  const ask = async (cursor: string | null) => {
    asked.push(cursor);
    const top = cursor === null ? newest : Number(cursor);
    const numbers = Array.from({ length: Math.min(PER_PAGE, top) }, (_, index) => top - index);
    const documents = numbers.map((number) => ({
      externalId: String(number),
      url: `https://p.example/${number}`,
      kind: 'post' as const,
      text: 'x',
      publishedAt: new Date(number * 1000),
    }));
    return { documents, next: top > PER_PAGE ? String(top - PER_PAGE) : null };
  };
  return { asked, ask };
}

const ctx = (isPoll = true): CrawlContext => ({
  fetch: async () => null,
  now: () => new Date(),
  signal: new AbortController().signal,
  pages: createPageMemory(),
  isPoll,
});

async function visit(state: NewestFirstState | null, newest: number, maxPages = 10, isPoll = true) {
  const { ask, asked } = platform(newest);
  const ids: string[] = [];
  let last = state;
  for await (const batch of newestFirst(state, ask, { maxPages, pastPages: 3 }, ctx(isPoll))) {
    ids.push(...batch.documents.map(({ externalId }) => externalId));
    last = batch.state;
  }
  return { ids: ids.join(' '), state: last, asked };
}

test('the first visit reads back as far as it is told, later ones what is new', async () => {
  const first = await visit(null, 20);
  expect(first.ids).toBe('20 19 18 17 16 15 14 13 12');
  const second = await visit(first.state, 24);
  expect(second.ids).toBe('24 23 22 21');
  expect((await visit(second.state, 24)).ids).toBe('');
});

test('a walk that was cut off goes on, and then looks for what came meanwhile', async () => {
  const { state } = await visit(null, 6);
  const cut = await visit(state, 16, 2);
  expect(cut.ids).toBe('16 15 14 13 12 11');
  const rest = await visit(cut.state, 18);
  expect(rest.ids).toBe('10 9 8 7 18 17');
  expect((await visit(rest.state, 18)).ids).toBe('');
});

test('between polls only a walk that has not ended goes on', async () => {
  const { state } = await visit(null, 6);
  expect((await visit(state, 9, 10, false)).asked).toEqual([]);
  const cut = await visit(state, 16, 1);
  expect((await visit(cut.state, 18, 10, false)).ids).toBe('13 12 11 10 9 8 7');
});

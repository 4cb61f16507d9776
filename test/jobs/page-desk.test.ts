import { expect, it } from 'vitest';
import { createPageDesk } from '../../src/jobs/page-desk.ts';
import { PermanentError } from '../../src/lib/errors.ts';
import type { Page } from '../../src/model/ports.ts';
import { createTestClock } from './worker.ts';

const signal = AbortSignal.timeout(60_000);
const LIMITS = { keepMs: 600_000, restMs: 20_000, pages: 3, chars: 1000 };

function openDesk(text: (url: string) => string) {
  const asked: string[] = [];
  const clock = createTestClock();
  const fetchFor =
    () =>
    async (url: string): Promise<Page> => {
      asked.push(url);
      return { url, text: text(url), contentType: 'text/html', charset: 'utf-8', validators: {} };
    };
  return { asked, clock, desk: createPageDesk({ clock, fetchFor }, LIMITS) };
}

it('a page is asked of its site once for ten minutes, also when it is wanted twice at once', async () => {
  const { asked, clock, desk } = openDesk(() => 'words');
  await Promise.all([
    desk.open('anna', 'https://a.example/', signal),
    desk.open('anna', 'https://a.example/', signal),
  ]);
  clock.pass(599_000);
  const { page, readAt } = await desk.open('anna', 'https://a.example/', signal);
  expect([page.text, asked.length]).toEqual(['words', 1]);
  expect(clock.now().getTime() - readAt.getTime()).toBe(599_000);
  clock.pass(2000);
  await desk.open('anna', 'https://a.example/', signal);
  expect(asked).toHaveLength(2);
});

it('a page is read again when that is wished, and for each person', async () => {
  const { asked, desk } = openDesk(() => 'words');
  await desk.open('anna', 'https://a.example/', signal);
  await desk.open('anna', 'https://a.example/', signal, true);
  await desk.open('boris', 'https://a.example/', signal);
  expect(asked).toHaveLength(3);
});

it('pages that have lain longest go when there are too many or too much of them', async () => {
  const { asked, desk } = openDesk((url) => 'x'.repeat(Number(url.split('/').at(-1))));
  const open = (chars: number) => desk.open('anna', `https://a.example/${chars}`, signal);
  for (const chars of [1, 2, 3, 4]) await open(chars);
  await open(2);
  expect(asked).toHaveLength(4);
  await open(1);
  expect(asked).toHaveLength(5);
  await open(5000);
  await open(5000);
  expect(asked).toHaveLength(6);
  await open(1);
  expect(asked).toHaveLength(7);
});

it('an address that cannot be read is left alone for twenty seconds', async () => {
  const { asked, clock, desk } = openDesk(() => {
    throw new PermanentError('http-404', 'nothing there');
  });
  const open = () => desk.open('anna', 'https://a.example/', signal);
  await expect(open()).rejects.toMatchObject({ code: 'http-404' });
  await expect(open()).rejects.toMatchObject({ code: 'http-404' });
  expect(asked).toHaveLength(1);
  clock.pass(20_001);
  await expect(open()).rejects.toMatchObject({ code: 'http-404' });
  expect(asked).toHaveLength(2);
});

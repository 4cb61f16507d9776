import { beforeAll, describe, expect, it } from 'vitest';
import { loadMatchWords } from '../../src/app/match-words.ts';
import type { ClaimReader } from '../../src/match/claims/reader.ts';
import type { MatchPost } from '../../src/match/post.ts';
import { findSightings } from '../../src/match/sightings.ts';
import { processorMs } from '../support/processor-ms.ts';
import { matchPost } from './posts.ts';

let claims: ClaimReader;
beforeAll(async () => {
  ({ claims } = await loadMatchWords());
});

const seen = (post: Partial<MatchPost>): string[] =>
  findSightings(matchPost(post), claims).map(({ key }) => key);

describe('identifiers are seen', () => {
  it.each([
    ['anna.k@mail.ru', 'e:anna.k@mail.ru'],
    ['ANNA.K@MAIL.RU', 'e:anna.k@mail.ru'],
    ['anna.k [at] mail.ru', 'e:anna.k@mail.ru'],
    ['anna.k(собака)mail(точка)ru', 'e:anna.k@mail.ru'],
    ['anna.k @ mail.ru', 'e:anna.k@mail.ru'],
    ['anna.k at mail dot ru', 'e:anna.k@mail.ru'],
    ['annak+shop@gmail.com', 'e:annak@gmail.com'],
    ['anna-k@ya.ru', 'e:anna-k@yandex.ru'],
    ['8 (916) 123-45-67', 'p:9161234567'],
    ['+7.916.123.45.67', 'p:9161234567'],
    ['9161234567', 'p:9161234567'],
    ['+44 (0)7912 828 630', 'p:7912828630'],
    ['00447912828630', 'p:7912828630'],
    ['8 ９１６ 1234567', 'p:9161234567'],
    ['№ 4821-7733-90', 'o:4821773390'],
    ['#A18757617', 'o:A18757617'],
  ])('in «%s»', (text, key) => {
    expect(seen({ text: `Мой контакт ${text} жду` })).toContain(key);
  });

  it('in profiles, links and the account itself', () => {
    const keys = seen({
      platform: 'vk.com',
      handle: 'Anna_K',
      bio: 'annak@mail.ru, https://t.me/anna_tg',
      links: ['https://anna-k.livejournal.com/', 'https://www.youtube.com/@anna.k'],
    });
    expect(keys).toEqual(
      expect.arrayContaining([
        'h:vk/anna_k',
        'e:annak@mail.ru',
        'h:telegram/anna_tg',
        'h:livejournal/anna-k',
        'h:youtube/anna.k',
      ]),
    );
  });

  it('not in what only looks like one', () => {
    expect(seen({ text: 'Встретимся в 10:00, 2026-11-29, за 1 999 руб., a@b и @anna' })).toEqual([]);
  });

  it('in bounded time, whatever the text', () => {
    const started = processorMs();
    for (const piece of ['a@', 'a (at) ', '8 9', '1', 'a.', ' at ', '[at]', 'мой номер ', '\u200B', '—1'])
      seen({ text: piece.repeat(20_000), bio: piece.repeat(20_000) });
    expect(processorMs() - started).toBeLessThan(20_000);
  }, 60_000);
});

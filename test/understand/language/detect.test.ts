import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/understand/language/detect.ts';
import { languageModels } from '../../../src/understand/language/model.ts';
import { processorMs } from '../../support/processor-ms.ts';

const codeOf = (text: string, hint: string | null = null) => detectLanguage(text, hint).code;

describe('the language of a text', () => {
  it.each([
    ['names from elsewhere', 'В Києве закрыли магазин «Світанок», сообщает пресс-служба сети', 'ru'],
    ['a name in Kazakh letters', 'Компания «Қазақстан» открыла в Москве офис и ищет сотрудников', 'ru'],
    ['Latin brand names', 'Подключил Romashka Premium Family Plan, музыка не работает', 'ru'],
    ['a Russian word quoted in English', 'They said «привет» to me and then smiled at all of us', 'en'],
    ['Ukrainian typed with a Latin i', 'Тут дуже смачно i недорого, раджу вiдвiдати', 'uk'],
    ['stretched letters', 'ОООООЧЕНЬ ПЛОООООХО', 'ru'],
  ])('is not led astray by %s', (_why, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    'Hello there, everything is fine @ромашка_поддержка',
    'Hello there, everything is fine #ромашкавернитеденьгинемедленно',
    'Hello there, everything is fine https://пример.рф/новости/страница',
  ])('is told without handles, tags and links: %s', (text) => {
    expect(codeOf(text)).toBe('en');
  });

  it('is told by tags of # where nothing else is said', () => {
    expect(codeOf('#ромашка #вернитеденьги https://example.com')).toBe('ru');
  });

  it.each([
    '',
    '1 000 000',
    '😡😡😡',
    '@lutik',
    'info@example.com',
    'www.example.com',
    'Romashka',
    'iPhone 15',
    '\uD83D\uD83D',
  ])('is not told of %j', (text) => {
    expect(detectLanguage(text, null)).toEqual({ code: 'und', confidence: 0 });
  });

  it('is told of everyday words that stand alone', () => {
    expect(codeOf('Thanks!')).toBe('en');
    expect(codeOf('awful')).toBe('en');
    expect(codeOf('Ужас')).toBe('ru');
  });

  it.each([
    "ochen' ploho obsluzhili",
    'po4emu tak dorogo???',
    '4to za bank, 6 dnej zhdu otveta',
  ])('is Russian in Latin letters, with a sign: %s', (text) => {
    expect(detectLanguage(text, null)).toMatchObject({ code: 'ru', isTransliterated: true });
  });

  it('is no transliterated Russian where Poles, Czechs and Turks write', () => {
    for (const text of [
      'trzeci dzien czekam na paczke, nikt nie odpowiada',
      'uz treti den cekam na balik a nikdo neodpovida',
      'uc gundur kargo bekliyorum kimse cevap vermiyor',
    ]) {
      expect(detectLanguage(text, null).isTransliterated, text).toBeUndefined();
    }
  });

  it('leans on the language of the source only where there is a doubt', () => {
    expect(codeOf('вода')).toBe('ru');
    expect(codeOf('вода', 'bg')).toBe('bg');
    expect(codeOf('Третий день жду посылку', 'bg')).toBe('ru');
    expect(codeOf('Хвала', 'sr')).toBe('sr');
    expect(codeOf('iPhone 15', 'ru')).toBe('und');
  });

  it.each([
    ['サービスがひどい、もう行かない', 'ja'],
    ['服务太差了', 'zh'],
    ['서비스가 너무 나빠요', 'ko'],
    ['Απαράδεκτη εξυπηρέτηση', 'el'],
    ['שירות גרוע מאוד', 'he'],
    ['Хизмат жуда ёмон, ўзим ҳам қайтиб бормайман', 'uz'],
    ['Тейлөө абдан начар, өңү да жаман', 'ky'],
    ['Хизматрасонӣ хеле бад аст, дигар намеравам, ҳеҷ кас ҷавоб намедиҳад', 'tg'],
    ['Vi har ventet på pakken i tre dage, og ingen svarer på vores beskeder', 'da'],
  ])('is told by script, rare letters or franc: %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    ['100 000 repeated letters', 'о'.repeat(100_000)],
    ['100 000 letters without a space', 'abcdefghij'.repeat(10_000)],
    ['only emoji', '😡👍🏽'.repeat(20_000)],
    ['lone surrogates', '\uD83D \uDE00'.repeat(20_000)],
    ['at signs', '@'.repeat(100_000)],
    ['handles', '@a#b'.repeat(25_000)],
    ['dots', 'a.'.repeat(50_000)],
    ['1 MB', 'Ромашка обманула меня. '.repeat(45_000)],
  ])('is found in good time in %s', (_name, text) => {
    languageModels();
    const before = processorMs();
    expect(codeOf(text)).toMatch(/^[a-z]{2,3}$/);
    expect(processorMs() - before).toBeLessThan(200);
  });

  it('is found for thousands of posts a second', () => {
    const posts = Array.from({ length: 4_000 }, (_, at) =>
      at % 2 === 0
        ? `@ромашка третий день жду посылку номер ${at}, в поддержке молчат, верните мои деньги`
        : `@daisy parcel number ${at} has not arrived, your support is silent, give my money back`,
    );
    const before = processorMs();
    for (const post of posts) codeOf(post);
    expect(posts.length / ((processorMs() - before) / 1_000)).toBeGreaterThan(5_000);
  });
});

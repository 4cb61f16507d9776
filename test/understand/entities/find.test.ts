import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import { ENTITIES_AT_MOST, findEntities, SPANS_AT_MOST } from '../../../src/understand/entities/find.ts';
import { processorMs } from '../../support/processor-ms.ts';

const morphology = await loadMorphology();

function found(text: string, title: string | null = null): string[] {
  return findEntities({ title, text }, morphology).map(({ kind, name }) => `${kind} ${name}`);
}

describe('entities of a document', () => {
  it.each([
    [
      'Встретился с Ивановой Марией Петровной в Сбербанке, она приехала из Нижнего Новгорода.',
      ['person Иванова Мария Петровна', 'organisation Сбербанк', 'place Нижний Новгород'],
    ],
    ['вчера в сбербанке нахамили', ['organisation сбербанк']],
    [
      'Вернули деньги за iPhone 15 Pro только после звонка в МТС',
      ['product iPhone 15 Pro', 'organisation МТС'],
    ],
    [
      'Tim Cook visited Paris, Microsoft did not.',
      ['person Tim Cook', 'place Paris', 'organisation Microsoft'],
    ],
    ["I love Anna Smith's new shop in London", ['person Anna Smith', 'place London']],
    [
      'Пишите на anna@example.ru или #Ромашка, https://www.romashka.ru/news/?utm_source=vk',
      ['email a•••@example.ru', 'hashtag #ромашка', 'link https://www.romashka.ru/news/'],
    ],
    ['Заказ № 445566 оплачен картой 4111 1111 1111 1111', ['order ••••66', 'card •••• •••• •••• 1111']],
    ['Never again with Daisy & Co in Aberdeen', ['organisation Daisy & Co', 'place Aberdeen']],
    ['Daisy & Co: anyone else waiting for a refund?', ['organisation Daisy & Co']],
    ['Обратились в ООО «Северный Дом»', ['organisation Северный Дом']],
    ['просто хороший день', []],
    ['an apple a day', []],
  ])('of «%s» are %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('are one where forms, ё and case differ, with every place', () => {
    const text = 'В Казани хорошо. Из Казани ехать долго. Казань!';
    const entities = findEntities({ title: 'О Казани', text }, morphology);
    const [kazan] = entities.filter(({ kind }) => kind === 'place');
    expect(kazan?.name).toBe('Казань');
    expect(
      kazan?.spans.map(({ field, start, end }) => [
        field,
        (field === 'title' ? 'О Казани' : text).slice(start, end),
      ]),
    ).toEqual([
      ['title', 'Казани'],
      ['text', 'Казани'],
      ['text', 'Казани'],
      ['text', 'Казань'],
    ]);
  });

  it('never carry what is private', () => {
    const text = 'карта 4111111111111111, тел. 8 916 123-45-67, заказ 445566, почта ivan.petrov@example.ru';
    expect(JSON.stringify(findEntities({ title: null, text }, morphology))).not.toMatch(
      /4111111111|123-45|445566|petrov/,
    );
  });

  it('are bounded in number and in places', () => {
    const tags = Array.from({ length: 500 }, (_, at) => `#тег${at}`).join(' ');
    expect(found(tags)).toHaveLength(ENTITIES_AT_MOST);
    const [moscow] = findEntities({ title: null, text: 'Поехали в Москву. '.repeat(300) }, morphology);
    expect(moscow?.spans).toHaveLength(SPANS_AT_MOST);
  });

  it('stand inside the text, whatever the text', () => {
    const piece = fc.constantFrom(
      'Иван Петров',
      ' ',
      'Москва',
      '«',
      '\ud83d',
      '’s',
      'A. B. Smith',
      'iPhone 15',
      '#x',
      'a@b.ru',
      '. ',
      'ﬁ',
      'İ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 }),
        (parts) => {
          const text = parts.join('');
          for (const { spans, name } of findEntities({ title: null, text }, morphology)) {
            expect(name.isWellFormed()).toBe(true);
            for (const { start, end } of spans) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(end).toBeGreaterThan(start);
              expect(end).toBeLessThanOrEqual(text.length);
            }
          }
        },
      ),
    );
  });

  it.each([
    ['слово ', 200_000],
    ['1', 100_000],
    ['Иван ', 200_000],
    ['И', 1_000_000],
    ['\ud800', 1_000_000],
    ['a@', 500_000],
    ['А. Б. ', 150_000],
    ['«Ромашка', 100_000],
    ['4111111111111111 ', 60_000],
    ['iPhone 15 ', 100_000],
    ['🍎', 500_000],
  ])('are found in a text of «%s» × %d within four seconds of the processor', (part, times) => {
    const text = part.repeat(times);
    const started = processorMs();
    findEntities({ title: text, text }, morphology);
    expect(processorMs() - started).toBeLessThan(4_000);
  });
});

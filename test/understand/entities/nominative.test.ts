import { describe, expect, it } from 'vitest';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import { headName } from '../../../src/understand/entities/head-name.ts';
import { personName } from '../../../src/understand/entities/person-name.ts';

const morphology = await loadMorphology();

describe('a person in the nominative', () => {
  it.each([
    ['с', 'Ивановой Марией Петровной', 'Иванова Мария Петровна', 'female'],
    ['', 'Алексею Черных', 'Алексей Черных', 'male'],
    ['у', 'Дмитрия Дюма', 'Дмитрий Дюма', 'male'],
    ['', 'Максиму Гассиеву', 'Максим Гассиев', 'male'],
    ['', 'Ольге Королёвой', 'Ольга Королёва', 'female'],
    ['', 'Анне Ахматовой', 'Анна Ахматова', 'female'],
    ['у', 'Иванова', 'Иванов', 'male'],
    ['мэра', 'Лужкова', 'Лужков', 'male'],
    ['', 'Иванова', 'Иванова', 'female'],
    ['с', 'Ангелой Меркель', 'Ангела Меркель', 'female'],
    ['', 'Оксаны Шевченко', 'Оксана Шевченко', 'female'],
    ['', 'Тимом Куком', 'Тим Кук', 'male'],
    ['', 'Михаилом Салтыковым-Щедриным', 'Михаил Салтыков-Щедрин', 'male'],
    ['', 'Льва Николаевича Толстого', 'Лев Николаевич Толстой', 'male'],
    ['', 'ИВАНОВУ ПЕТРУ', 'Иванов Петр', 'male'],
    ['', 'Саше Белому', 'Саша Белый', undefined],
  ])('after «%s»: «%s» is «%s», %s', (before, written, name, gender) => {
    expect(personName(written.split(' '), before, morphology)).toEqual({
      name,
      ...(gender ? { gender } : {}),
    });
  });
});

describe('an organisation or a place in the nominative', () => {
  it.each([
    ['в', 'Сбербанке', 'Orgn', 'Сбербанк'],
    ['', 'Альфа-Банка', 'Orgn', 'Альфа-Банк'],
    ['из', 'Тинькофф банка', 'Orgn', 'Тинькофф банк'],
    ['', 'Правительства Москвы', 'Orgn', 'Правительство Москвы'],
    ['в', 'Центральном банке России', 'Orgn', 'Центральный банк России'],
    ['от', 'МТС', 'Orgn', 'МТС'],
    ['с', 'Appleом', 'Orgn', 'Apple'],
    ['из', 'Нижнего Новгорода', 'Geox', 'Нижний Новгород'],
    ['в', 'Московской области', 'Geox', 'Московская область'],
    ['в', 'Ростове-на-Дону', 'Geox', 'Ростов-на-Дону'],
    ['из', 'Санкт-Петербурга', 'Geox', 'Санкт-Петербург'],
    ['в', 'Соединённых Штатах Америки', 'Geox', 'Соединённые Штаты Америки'],
    ['на', 'Филиппинах', 'Geox', 'Филиппины'],
    ['в', 'Иванове', 'Geox', 'Иваново'],
  ] as const)('after «%s»: «%s» (%s) is «%s»', (before, written, sense, name) => {
    const words = written.split(' ');
    expect(
      headName(
        words,
        words.slice(1).map(() => ' '),
        before,
        sense,
        morphology,
      ),
    ).toBe(name);
  });
});

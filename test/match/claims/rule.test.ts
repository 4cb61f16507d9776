import { describe, expect, it } from 'vitest';
import { claimByRule } from '../../../src/match/claims/rule.ts';

const ID = '+7 916 123-45-67';

function claim(text: string, kind: 'phone' | 'order' = 'phone') {
  const start = text.indexOf('{ID}');
  return claimByRule(text.replace('{ID}', ID), start, start + ID.length, kind);
}

describe('whose an identifier is, by the nearest words', () => {
  it.each([
    ['Мой телефон {ID}', 'own'],
    ['Поддержка молчит вторую неделю, пишите мне: {ID}', 'own'],
    ['My number is {ID}', 'own'],
    ['Звоните подруге {ID}', 'behalf'],
    ['Моя бабушка не может дозвониться, контакт {ID}', 'behalf'],
    ['Писали с почты магазина {ID}', 'unsaid'],
    ['Я звонила в поддержку {ID}', 'quoted'],
    ['Это не мой номер {ID}, уберите его', 'quoted'],
    ['Мошенники звонят с {ID}', 'quoted'],
    ['{ID} — телефон брата', 'behalf'],
    ['{ID}', 'unsaid'],
  ])('«%s»: %s', (text, said) => {
    expect(claim(text)).toBe(said);
  });

  it.each([
    ['Заказ {ID} не привезли', 'unsaid'],
    ['На Озоне заказ {ID} приехал за день', 'shop'],
    ['My Amazon order {ID} came next day', 'shop'],
  ])('of the order in «%s»: %s', (text, said) => {
    expect(claim(text, 'order')).toBe(said);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPrivate } from '../../../src/lib/private/find.ts';
import { processorMs } from '../../support/processor-ms.ts';

function shown(text: string): string[] {
  return findPrivate(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('what is private in a text', () => {
  it.each([
    ['Карта 4276 3800 1234 5679, срок вышел', ['card 4276 3800 1234 5679']],
    ['списали с 2200700112345672 дважды', ['card 2200700112345672']],
    ['my amex 3782-822463-10005 was charged', ['card 3782-822463-10005']],
    [
      'две карты: 4111 1111 1111 1111 5500 0000 0000 0004',
      ['card 4111 1111 1111 1111', 'card 5500 0000 0000 0004'],
    ],
    ['４１１１ １１１１ １１１１ １１１１', ['card ４１１１ １１１１ １１１１ １１１１']],
  ])('«%s» has card numbers %j', (text, cards) => {
    expect(shown(text)).toEqual(cards);
  });

  it.each([
    '4276 3800 1234 5675',
    'штрихкод 4600682000013',
    'население 146 150 789 человек, в 2019 году 146 780 720',
    'https://shop.example/item/4111111111111111',
    'id 1732870000000',
    'a4111111111111111b',
    '2026-11-22 10:00, цена 1 999 руб.',
    'дом 5, квартира 17, подъезд 2',
    'версия 10.0.19045.3803',
    'заказал пиццу в 19:30',
    'заказ отменили',
    'order by 2026',
    'ИНН 7707083894',
  ])('«%s» has nothing private', (text) => {
    expect(shown(text)).toEqual([]);
  });

  it.each([
    ['ИНН 7707083893', ['account 7707083893']],
    ['инн: 500100732259', ['account 500100732259']],
    ['счёт 40702810900000012345', ['account 40702810900000012345']],
    ['р/с 40817 810 0 0000 0000001', ['account 40817 810 0 0000 0000001']],
    ['to DE89 3704 0044 0532 0130 00, please', ['account DE89 3704 0044 0532 0130 00']],
    ['GB82WEST12345698765432', ['account GB82WEST12345698765432']],
  ])('«%s» has accounts %j', (text, accounts) => {
    expect(shown(text)).toEqual(accounts);
  });

  it.each([
    ['заказ № 89161234567 не пришёл', ['order 89161234567']],
    ['Номер заказа: 12-345678.', ['order 12-345678']],
    ['по заказу 4512 тишина', ['order 4512']],
    ['трек-номер RA123456785RU', ['order RA123456785RU']],
    ['order #WX-12345, please', ['order WX-12345']],
    ['My booking number is ABC12345', ['order ABC12345']],
    ['обращение под номером 7788991 закрыли', ['order 7788991']],
  ])('«%s» has orders %j', (text, orders) => {
    expect(shown(text)).toEqual(orders);
  });

  it('is found beside each other, in order', () => {
    expect(
      shown('заказ 445566, тел. 8 916 123-45-67, anna@example.ru, карта 4111111111111111; bob@a.com@b.org'),
    ).toEqual([
      'order 445566',
      'phone 8 916 123-45-67',
      'email anna@example.ru',
      'card 4111111111111111',
      'email bob@a.com',
    ]);
  });

  it('stands inside the text and does not overlap, whatever the text', () => {
    const piece = fc.constantFrom(
      '4111 1111 1111 1111',
      'заказ № ',
      '8 916 123-45-67',
      'a@b.ru',
      ' ',
      '-',
      '7',
      '\ud83d',
      '@',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 20 }),
        (parts) => {
          const text = parts.join('');
          let last = 0;
          for (const { start, end } of findPrivate(text)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  it.each([
    ['a', 1e6],
    ['1', 1e5],
    ['1', 1e6],
    ['4111 ', 2e5],
    ['4111111111111111 ', 6e4],
    ['a@', 5e5],
    ['a@b.', 2e5],
    ['8 916 ', 1e5],
    ['заказ № ', 1e5],
    ['заказ 12345 ', 8e4],
    ['GB82 ', 2e5],
    ['http://', 1e5],
    ['+', 1e6],
    ['A-1', 3e5],
    ['\ud800', 1e6],
  ])(
    'is looked for in a text of «%s» × %d in bounded time',
    (part, times) => {
      const started = processorMs();
      findPrivate(part.repeat(times));
      expect(processorMs() - started).toBeLessThan(4000);
    },
    60_000,
  );
});

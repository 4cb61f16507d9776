import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail, normalisePhone } from '../../src/lib/private/contacts.ts';
import { findIdentifiers, maskIdentifier, normaliseHandle } from '../../src/match/identifiers.ts';
import { processorMs } from '../support/processor-ms.ts';

describe('identifiers in a text', () => {
  it.each([
    ['Пишите на Anna.K@Example.RU.', ['anna.k@example.ru']],
    ['почта: анна@пример.рф', ['анна@пример.рф']],
    ['a@b.ru, c@d.com', ['a@b.ru', 'c@d.com']],
    ['собака @ без адреса, @handle и a@b', []],
    ['8 (916) 123-45-67', ['+79161234567']],
    ['+7 916 123 45 67', ['+79161234567']],
    ['89161234567', ['+79161234567']],
    ['call +44 20 7946 0958', ['+442079460958']],
    ['ИНН 7707083893', []],
    ['инн: 770708389312', []],
    ['расчётный счёт 40702810900000012345', []],
    ['заказ № 89161234567', []],
    ['order #89161234567', []],
    ['2026-11-22 10:00, цена 1 999 руб.', []],
  ])('«%s» holds %j', (text, values) => {
    expect(findIdentifiers(text).map((found) => found.value)).toEqual(values);
  });

  it('stand where their offsets say', () => {
    const text = 'Я anna@example.ru, тел. 8 916 123-45-67!';
    expect(findIdentifiers(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'anna@example.ru',
      '8 916 123-45-67',
    ]);
  });

  it('are looked for in bounded time in any text', () => {
    const started = processorMs();
    for (const text of [
      'a'.repeat(1e6),
      '1'.repeat(1e6),
      'a@'.repeat(5e5),
      '8 916 '.repeat(1e5),
      'a@b.'.repeat(2e5),
      '+'.repeat(1e6),
    ])
      findIdentifiers(text);
    expect(processorMs() - started).toBeLessThan(32_000);
  }, 200_000);

  it('are what they are normalised to, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const { kind, value } of findIdentifiers(text)) {
          const again = kind === 'email' ? normaliseEmail(value) : normalisePhone(value);
          expect(again).toBe(value);
        }
      }),
    );
  });
});

describe('a normal form', () => {
  it.each([
    [' Anna@Example.RU ', 'anna@example.ru'],
    ['no-at', null],
    ['a@b', null],
    ['a b@c.ru', null],
    [`a@${'.'.repeat(50_000)}`, null],
  ])('of the e-mail %s is %s', (text, value) => {
    expect(normaliseEmail(text)).toBe(value);
  });

  it.each([
    ['8 (916) 123-45-67', '+79161234567'],
    ['123', null],
    ['', null],
  ])('of the phone «%s» is %s', (text, value) => {
    expect(normalisePhone(text)).toBe(value);
  });

  it.each([
    ['@Anna', 'anna'],
    ['https://www.VK.com/Anna/', 'vk.com/anna'],
    ['forum.ru/@Анна', 'forum.ru/анна'],
    ['@', null],
    ['https://', null],
  ])('of the handle %s is %s', (text, value) => {
    expect(normaliseHandle(text)).toBe(value);
  });
});

describe('a mask', () => {
  it.each([
    [{ kind: 'email', value: 'anna@example.ru' }, 'a…@example.ru'],
    [{ kind: 'email', value: '𠀀bc@example.ru' }, '𠀀…@example.ru'],
    [{ kind: 'phone', value: '+79161234567' }, '+7…67'],
  ] as const)('of %j is %s', (identifier, mask) => {
    expect(maskIdentifier(identifier)).toBe(mask);
  });
});

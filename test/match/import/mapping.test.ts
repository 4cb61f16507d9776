import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOfHeader } from '../../../src/match/import/headers.ts';
import {
  guessKind,
  mappingMistakes,
  parseMapping,
  proposeMapping,
} from '../../../src/match/import/mapping.ts';
import { msOf } from '../../support/ms-of.ts';
import { readFileOf, textFile } from './reading.ts';

const samples = (headers: readonly string[]) => headers.map((column) => ({ column, values: [] }));
const proposed = (headers: string) => {
  const { kind, columns } = proposeMapping(samples(headers.split(',')));
  return {
    kind,
    fields: Object.values(columns)
      .map((field) => field ?? '-')
      .join(' '),
  };
};

describe('the columns of exports', () => {
  it.each([
    [
      'Bitrix24',
      'ID,Имя,Отчество,Фамилия,Дата рождения,Должность,Компания,Ответственный,Рабочий телефон,Мобильный телефон,Номер факса,Рабочий e-mail,Частный e-mail,Корпоративный сайт,Telegram,Город,Комментарий,Дата создания',
      'external_id first_name patronymic last_name birth_year role company owner phones phones - emails emails - handles city - -',
    ],
    [
      'amoCRM',
      'ID,Тип,Полное имя контакта,Компания,Ответственный,Теги,Рабочий телефон,Мобильный телефон,Рабочий email,Личный email,Должность,Примечание 1',
      'external_id - name company owner segments phones phones emails emails role -',
    ],
    [
      '1C',
      'Код,Наименование,ИНН,КПП,Телефон,Адрес электронной почты,Фактический адрес,Основной менеджер,Пол',
      'external_id name - - phones emails addresses owner -',
    ],
    [
      'HubSpot',
      'Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Associated Company,Job Title,City,Street Address,Postal Code,Lifecycle Stage,Preferred language,Email Domain,Opted out of email: Marketing,Create Date',
      'external_id first_name last_name emails phones phones owner company role city address_part address_part segments language - - -',
    ],
    [
      'Salesforce',
      'Contact ID,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Mobile,Fax,Email,Birthdate,Contact Owner,Email Opt Out',
      'external_id first_name last_name role company address_part city address_part address_part address_part phones phones - emails birth_year owner -',
    ],
    [
      'Google',
      'First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value',
      'first_name patronymic last_name handles company role birth_year - segments - emails - phones',
    ],
    [
      'Molva itself',
      'external_id,name,emails,phones,handles,city,tier,company,role,owner,birth_year,language,segments,addresses,interests',
      'external_id name emails phones handles city tier company role owner birth_year language segments addresses interests',
    ],
  ])('of %s are known', (_name, headers, fields) => {
    expect(proposed(headers)).toEqual({ kind: 'customers', fields });
  });

  it.each([
    ['purchases', 'external_id,purchase_id,at,amount,currency,item,channel'],
    ['purchases', 'ID клиента,Номер заказа,Дата заказа,Сумма,Валюта,Товар'],
    ['purchases', 'Customer ID,Order Number,Order Date,Total,Product'],
    ['contacts', 'Код клиента,Дата звонка,Тип дела,Направление'],
    ['consents', 'external_id,channel,purpose,state,at'],
    ['customers', 'external_id,name'],
    ['customers', 'a,b,c'],
  ])('tell that a file is of %s: %s', (kind, headers) => {
    expect(guessKind(samples(headers.split(',')))).toBe(kind);
  });

  it('are judged by their values where headers do not tell', () => {
    const values = {
      a: ['x@y.ru', 'z@w.ru', ''],
      b: ['+7 916 123-45-67', '8 (495) 123 45 67'],
      c: ['7701234567', '5001007322'],
      d: ['чай', ''],
      e: [],
    };
    const { columns } = proposeMapping(Object.entries(values).map(([column, v]) => ({ column, values: v })));
    expect(columns).toEqual({ a: 'emails', b: 'phones', c: null, d: null, e: null });
  });

  it('name one column only for the customer’s number', () => {
    expect(proposed('ID,external_id,Имя').fields).toBe('- external_id first_name');
  });

  it('of any letters are read in no time', async () => {
    const hostile = [
      ' '.repeat(100_000),
      'e mail '.repeat(20_000),
      'тел'.repeat(50_000),
      '- '.repeat(90_000),
    ];
    expect(await msOf(() => hostile.map((header) => fieldOfHeader(header, 'customers')))).toBeLessThan(200);
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (header) => void fieldOfHeader(header, 'purchases')),
    );
    expect(fieldOfHeader('__proto__', 'customers')).not.toBe('external_id');
  });
});

describe('a mapping', () => {
  const codes = (columns: Record<string, string | null>, kind = 'customers') =>
    mappingMistakes(parseMapping({ kind, columns })).map(
      ({ code, isTaken }) => `${code}${isTaken ? '?' : ''}`,
    );

  it('is refused without what the file is about, and says what to know', () => {
    expect(codes({ a: 'name' })).toEqual(['no-id']);
    expect(codes({ a: 'external_id' })).toEqual(['no-facts']);
    expect(codes({ a: 'external_id', b: 'external_id', c: 'name' })).toEqual(['twice-id']);
    expect(codes({ a: 'external_id', b: 'city' })).toEqual(['no-names?']);
    expect(codes({ a: 'external_id', b: 'name' })).toEqual([]);
    expect(
      codes({ a: 'external_id', b: 'purchase_id', c: 'at', d: 'amount', e: 'item' }, 'purchases'),
    ).toEqual(['roubles?']);
    expect(codes({ a: 'external_id' }, 'consents')).toHaveLength(4);
  });

  it('with fields that there are not is refused by name', () => {
    expect(() => parseMapping({ columns: { a: 'shoe_size' } })).toThrow(/shoe_size/);
    expect(() => parseMapping({ kind: 'purchases', columns: { a: 'name' } })).toThrow(/purchase_id/);
  });
});

describe('rows read by a mapping', () => {
  it('join several columns into one field, and names from their parts', async () => {
    const { records, issues } = await readFileOf(
      textFile(
        'c.csv',
        'ID;Фамилия;Имя;Отчество;Рабочий телефон;Мобильный телефон;Город;Улица;Индекс;Дата рождения\n1;Ковалёва;Анна;Сергеевна;8 495 123-45-67;89161234567, 8 916 123-45-67;Уфа;Ленина, 1;450000;12.04.1980\n2;Иванов;;;;;;;;\n',
      ),
    );
    expect(issues).toEqual([]);
    expect(records).toMatchObject([
      {
        name: 'Анна Сергеевна Ковалёва',
        addresses: ['Уфа, Ленина, 1, 450000'],
        birthYear: 1980,
        identifierKinds: ['phone'],
      },
      {
        name: 'Иванов',
        city: null,
        addresses: [],
        birthYear: null,
        identifiers: [],
        identifierKinds: ['phone'],
      },
    ]);
    expect(new Set(records[0]?.identifiers.map(({ value }) => value))).toEqual(
      new Set(['+74951234567', '+79161234567']),
    );
    expect(records[0]).not.toHaveProperty('tier');
  });

  it('state purchases, contacts and consents alone', async () => {
    const purchases = await readFileOf(
      textFile(
        'p.csv',
        'ID клиента;Номер заказа;Дата заказа;Сумма;Товар\nc1;77;31.12.2025 14:05;"1 234,50 ₽";Чай\nc1;78;31.02.2025;1;Чай\nc2;79;2025-01-02T03:04:05+03:00;1,234.50;Кофе\nc3;80;2025-01-02;1.234;Кофе\n',
      ),
    );
    expect(
      purchases.records.map(({ purchases: [p] }) => [p?.at.toISOString(), p?.amount, p?.currency]),
    ).toEqual([
      ['2025-12-31T14:05:00.000Z', 1234.5, 'RUB'],
      ['2025-01-02T00:04:05.000Z', 1234.5, 'RUB'],
      ['2025-01-02T00:00:00.000Z', 1.234, 'RUB'],
    ]);
    expect(purchases.issues.map(({ at }) => at)).toEqual(['p.csv:3']);
    const contacts = await readFileOf(
      textFile(
        'k.csv',
        'Код клиента,Дата звонка,Тип дела,Направление\nc1,2025-01-02 10:00,Звонок,Исходящий\n',
      ),
    );
    expect(contacts.records[0]?.contacts).toMatchObject([
      {
        externalId: expect.stringMatching(/^at-/),
        kind: 'call',
        channel: 'phone',
        direction: 'out',
        answered: null,
      },
    ]);
    const consents = await readFileOf(
      textFile(
        's.csv',
        'external_id,channel,purpose,state,at\nc1,E-mail,реклама,отозвано,2025-01-02\nc1,x,y,z,w\n',
      ),
    );
    expect(consents.records[0]?.consents).toMatchObject([
      { channel: 'e-mail', purpose: 'marketing', state: 'withdrawn', origin: 'import' },
    ]);
    expect(consents.issues).toHaveLength(3);
  });

  it('read dates with slashes as the rest of the column tells', async () => {
    const at = async (...dates: string[]) => {
      const lines = dates.map((date, n) => `c1,${n},${date},1,Tea`);
      const file = textFile('p.csv', `customer id,order id,date,amount,item\n${lines.join('\n')}\n`);
      return (await readFileOf(file)).records.map(({ purchases: [p] }) => p?.at.toISOString().slice(0, 10));
    };
    expect(await at('03/04/2026')).toEqual(['2026-04-03']);
    expect(await at('03/04/2026', '3/31/26 2:30 PM')).toEqual(['2026-03-04', '2026-03-31']);
  });

  it('keep what was known of phones when all that a row has are wrong', async () => {
    const { records } = await readFileOf(
      textFile('c.csv', 'external_id,name,phones,emails\n1,A,nonsense,a@b.ru\n2,B,,\n'),
    );
    expect(records.map(({ identifierKinds }) => identifierKinds)).toEqual([['email'], ['email', 'phone']]);
  });
});

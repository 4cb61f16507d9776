import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../src/model/customer.ts';
import { addressesOf } from '../../src/store/customer-addresses.ts';
import { listIdentifiers } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import { inOrder, saveCustomer, saveCustomers } from '../../src/store/save-customers.ts';
import { later, NOW, TEST_VAULT } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const anna: CustomerRecord = {
  externalId: 'c1',
  name: 'Анна',
  city: 'Уфа',
  tier: 'MVC',
  company: 'ООО «Ромашка»',
  role: 'бухгалтер',
  owner: 'Пётр',
  birthYear: 1980,
  language: 'ru',
  identifiers: [
    { kind: 'email', value: 'anna@example.ru' },
    { kind: 'phone', value: '+79161234567' },
  ],
  segments: ['опт', 'розница'],
  addresses: ['Уфа, Ленина, 1', 'Москва, Тверская, 2'],
  interests: ['чай', 'чайники'],
  purchases: [],
};
const facts = {
  contact: {
    externalId: 'k1',
    at: NOW,
    kind: 'call',
    channel: 'phone',
    direction: 'in',
    answered: true,
    subject: null,
  },
  consent: { channel: 'any', purpose: 'marketing', state: 'given', at: NOW, origin: 'form' },
} as const;

describe.each(DRIVERS)('customers on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));
  const save = (record: CustomerRecord, at = NOW) => saveCustomer(db, TEST_VAULT, record, at);
  const lists = async () => ({
    segments: (await db.query<{ s: string }>('select segment as s from customer_segments order by 1')).map(
      ({ s }) => s,
    ),
    interests: (
      await db.query<{ i: string }>(
        'select interest as i from customer_interests where removed_at is null order by 1',
      )
    ).map(({ i }) => i),
  });

  it('keep what a record does not state, and lose what it states to be empty', async () => {
    const { id } = await save(anna);
    await save({ externalId: 'c1', identifiers: [], identifierKinds: [], purchases: [] });
    const row = async () =>
      (
        await db.query(
          'select name, city, tier, company, role, owner, birth_year as year, language from customers',
        )
      )[0];
    expect(await row()).toEqual({
      name: 'Анна',
      city: 'Уфа',
      tier: 'MVC',
      company: 'ООО «Ромашка»',
      role: 'бухгалтер',
      owner: 'Пётр',
      year: 1980,
      language: 'ru',
    });
    expect(await listIdentifiers(db, TEST_VAULT, id)).toHaveLength(2);
    expect(await lists()).toEqual({ segments: ['опт', 'розница'], interests: ['чай', 'чайники'] });
    await save({
      externalId: 'c1',
      company: null,
      birthYear: null,
      identifiers: [],
      identifierKinds: ['phone'],
      segments: [],
      addresses: [],
      interests: [],
      purchases: [],
    });
    expect(await row()).toMatchObject({ company: null, year: null, role: 'бухгалтер' });
    expect(await listIdentifiers(db, TEST_VAULT, id)).toEqual([{ kind: 'email', value: 'anna@example.ru' }]);
    expect(await lists()).toEqual({ segments: [], interests: [] });
    expect(await addressesOf(db, TEST_VAULT, [id])).toEqual(new Map());
  });

  it('keep identifiers and addresses that stay as the rows they were', async () => {
    const { id } = await save(anna);
    const rows = () =>
      db.query(
        'select kind as k, sealed from customer_identifiers union all select number::text, sealed from customer_addresses order by 1, 2',
      );
    const before = await rows();
    await save({
      ...anna,
      identifiers: [...anna.identifiers, { kind: 'handle', value: 'forum.example/anna' }],
    });
    const after = await rows();
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
    expect((await addressesOf(db, TEST_VAULT, [id])).get(id)).toEqual(anna.addresses);
    expect(JSON.stringify(before)).not.toContain('Ленина');
  });

  it('gain and correct facts, and never lose one', async () => {
    const { contact, consent } = facts;
    await save({ ...anna, contacts: [contact], consents: [consent] });
    await save({
      ...anna,
      contacts: [
        { ...contact, answered: false },
        { ...contact, externalId: 'k2' },
      ],
      consents: [
        { ...consent, state: 'withdrawn' },
        { ...consent, at: later(1), state: 'objected' },
      ],
    });
    await save(anna);
    expect(await db.query('select external_id as id, answered from contacts order by 1')).toEqual([
      { id: 'k1', answered: false },
      { id: 'k2', answered: true },
    ]);
    expect(await db.query('select state from consents order by at')).toEqual([
      { state: 'withdrawn' },
      { state: 'objected' },
    ]);
  });

  it('keep interests that a person took away or declared, and declare those that were inferred', async () => {
    const { id } = await save({ ...anna, interests: ['чай', 'кофе'] });
    await db.query(`update customer_interests set removed_at = $1 where interest = 'чай'`, [NOW]);
    await db.query(
      `insert into customer_interests (customer_id, interest, origin, source, at) values ($1, 'сад', 'declared', 'a@b.ru', $2), ($1, 'книги', 'inferred', 'purchases', $2)`,
      [id, NOW],
    );
    await save({ ...anna, interests: ['чай', 'книги'] });
    expect(
      await db.query(
        'select interest, origin, removed_at is null as kept from customer_interests order by interest',
      ),
    ).toEqual([
      { interest: 'книги', origin: 'declared', kept: true },
      { interest: 'сад', origin: 'declared', kept: true },
      { interest: 'чай', origin: 'declared', kept: false },
    ]);
  });

  it('are told apart from those who are not known and have no name', async () => {
    const nameless = { externalId: 'c2', identifiers: [], purchases: [] };
    const saved = await db.transaction((tx) => saveCustomers(tx, TEST_VAULT, [nameless, anna], NOW));
    expect([...saved]).toMatchObject([['c1', { created: true }]]);
  });

  it('never wait for each other in a circle when many are saved at once', async () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ ...anna, externalId: `c${at}` }));
    const runs = Array.from({ length: 6 }, (_, turn) =>
      db.transaction((tx) =>
        saveCustomers(tx, TEST_VAULT, turn % 2 ? many : many.slice(turn * 5).reverse(), NOW),
      ),
    );
    await Promise.all(runs);
    expect(await db.query('select count(*)::int as n from customers')).toEqual([{ n: 60 }]);
  });
});

it('joins what is said twice of a customer: the later wins, facts of both count', () => {
  const { contact } = facts;
  const [joined, other] = inOrder([
    { ...anna, externalId: 'z' },
    { ...anna, contacts: [contact] },
    {
      externalId: 'c1',
      city: null,
      identifiers: [{ kind: 'phone', value: '+79990000000' }],
      identifierKinds: ['phone'],
      purchases: [],
      contacts: [{ ...contact, externalId: 'k2' }],
    },
  ]);
  expect(other?.externalId).toBe('z');
  expect(joined).toMatchObject({ name: 'Анна', city: null, contacts: [{}, {}] });
  expect(joined?.identifiers.map(({ value }) => value)).toEqual(['anna@example.ru', '+79990000000']);
});

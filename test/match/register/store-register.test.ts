import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadMatchWords } from '../../../src/app/match-words.ts';
import { createMatcher } from '../../../src/match/matcher.ts';
import { customerLine, toMatchCustomer } from '../../../src/match/records.ts';
import { MemoryRegister } from '../../../src/match/register/memory-register.ts';
import {
  createStoreRegister,
  registerVersion,
  saveToRegister,
} from '../../../src/match/register/store-register.ts';
import type { MatchWords } from '../../../src/match/signs.ts';
import type { MatchCustomer } from '../../../src/match/subject.ts';
import type { CustomerId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { countMatchEntries, lockUnregistered, removeMatchEntries } from '../../../src/store/match-entries.ts';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { NOW, TEST_VAULT } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';
import { matchPost, NO_HISTORY } from '../posts.ts';

const NAMES = ['Анна', 'Пётр', 'Ольга', 'Иван'];
const SURNAMES = ['Иванов', 'Петров', 'Ветрогонов', 'Кузнецов', 'Смирнов'];
const PEOPLE = Array.from({ length: 60 }, (_, at) => ({
  full_name: `${SURNAMES[at % 5]} ${NAMES[at % 4]}`,
  emails: [`person${at}@mail.ru`, ...(at % 10 === 0 ? ['shared@mail.ru'] : [])],
  city: at % 3 === 0 ? 'Казань' : 'Омск',
}));
const POSTS = [
  matchPost({ text: 'Моя почта person7@mail.ru' }),
  matchPost({ text: 'Моя почта shared@mail.ru', displayName: 'Иванова Аня' }),
  matchPost({ displayName: 'Анна Ветрогонова', city: 'Казань' }),
  matchPost({ displayName: 'Olga Kuznecova', handle: 'kuznecova_o' }),
  matchPost(),
];

let words: MatchWords;
beforeAll(async () => {
  words = await loadMatchWords();
});

const VERSION = registerVersion('strong_only');

describe.each(DRIVERS)('the register of the store (%s)', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  async function fill(): Promise<MatchCustomer[]> {
    const customers: MatchCustomer[] = [];
    for (const [at, person] of PEOPLE.entries()) {
      const record = {
        externalId: `c${at}`,
        name: person.full_name,
        city: person.city,
        tier: null,
        identifiers: [],
        purchases: [],
      };
      const { id } = await saveCustomer(db, TEST_VAULT, record, NOW);
      customers.push(toMatchCustomer(customerLine.parse({ ...person, customer_id: String(id) }), words));
    }
    await db.transaction((tx) => saveToRegister(tx, TEST_VAULT, VERSION, customers));
    return customers;
  }

  it('finds whom the register in memory finds, as likely', async () => {
    const memory = new MemoryRegister();
    for (const customer of await fill()) memory.put(customer);
    const [inStore, inMemory] = [
      createMatcher(createStoreRegister(db, TEST_VAULT), words),
      createMatcher(memory, words),
    ];
    for (const post of POSTS) {
      const [one, two] = [await inStore.match(post, NO_HISTORY), await inMemory.match(post, NO_HISTORY)];
      expect(one.decision).toBe(two.decision);
      const likely = (result: typeof one) =>
        result.candidates.map(({ probability }) => probability.toFixed(6));
      expect(likely(one)).toEqual(likely(two));
    }
  });

  it('counts no customer twice who is put in again, and none who was taken out', async () => {
    const customers = await fill();
    await db.transaction((tx) => saveToRegister(tx, TEST_VAULT, VERSION, customers.slice(0, 20)));
    const register = createStoreRegister(db, TEST_VAULT);
    expect(await register.size()).toBe(60);
    const [first] = customers;
    const key = `e:${first?.emails[0]}`;
    expect((await register.find([key], 10)).get(key)).toEqual({ count: 1, rows: [Number(first?.id)] });
    await db.transaction((tx) => removeMatchEntries(tx, [Number(first?.id) as CustomerId]));
    expect((await register.find([key], 10)).size).toBe(0);
    expect(await countMatchEntries(db)).toBe(59);
  });

  it('gives no holders of a key that too many have, but says how many', async () => {
    await fill();
    const found = await createStoreRegister(db, TEST_VAULT).find(['e:shared@mail.ru'], 3);
    expect(found.get('e:shared@mail.ru')).toEqual({ count: 6, rows: [] });
  });

  it('says who is missing, or was put in by an older version', async () => {
    const customers = await fill();
    const missing = (version: number) => db.transaction((tx) => lockUnregistered(tx, version, 1000));
    expect(await missing(VERSION)).toEqual([]);
    expect(await missing(VERSION + 1)).toHaveLength(customers.length);
  });
});

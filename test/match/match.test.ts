import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCandidates } from '../../src/match/match.ts';
import type { Author } from '../../src/model/document.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import { saveCustomer } from '../../src/store/customers.ts';
import type { Database } from '../../src/store/db.ts';
import { NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';

const ANNA: Author = {
  id: 1 as never,
  site: 'Forum.example',
  handle: 'Анна',
  name: null,
  profileUrl: null,
  about: null,
};

describe('candidates for an author', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));
  async function customer(externalId: string, ...identifiers: string[]): Promise<CustomerId> {
    const parsed = identifiers.map(
      (value) =>
        ({
          kind: value.startsWith('+') ? 'phone' : value.includes('@') ? 'email' : 'handle',
          value,
        }) as const,
    );
    return (
      await saveCustomer(
        db,
        { externalId, name: externalId, city: null, tier: null, identifiers: parsed, purchases: [] },
        NOW,
      )
    ).id;
  }
  const states = async (texts: string[] = [], author = ANNA) =>
    Object.fromEntries((await findCandidates(db, author, texts)).map((one) => [one.customerId, one.state]));

  it('are linked by the account itself, whatever its letter case', async () => {
    const id = await customer('a', 'forum.example/анна');
    expect(await states()).toEqual({ [id]: 'linked' });
  });

  it('are only proposed by the same nick at any site', async () => {
    const id = await customer('a', 'анна');
    expect(await states()).toEqual({ [id]: 'proposed' });
  });

  it('are linked by what the profile states and by what the author claims, proposed by what he merely names', async () => {
    const id = await customer('a', 'a@b.ru');
    expect(await states([], { ...ANNA, about: 'почта a@b.ru' })).toEqual({ [id]: 'linked' });
    expect(await states(['Моя почта a@b.ru'])).toEqual({ [id]: 'linked' });
    expect(await states(['Писал магазину на a@b.ru'])).toEqual({ [id]: 'proposed' });
  });

  it('are only proposed by a value that several customers share', async () => {
    const ids = [await customer('a', '+79161234567'), await customer('b', '+79161234567')];
    expect(await states(['Мой телефон 89161234567'])).toEqual({
      [ids[0]!]: 'proposed',
      [ids[1]!]: 'proposed',
    });
  });

  it('are only proposed when strong signs contradict each other', async () => {
    const ids = [await customer('a', 'a@b.ru'), await customer('b', 'forum.example/анна')];
    expect(await states(['Моя почта a@b.ru'])).toEqual({ [ids[0]!]: 'proposed', [ids[1]!]: 'proposed' });
  });

  it('carry evidence without the identifier itself', async () => {
    await customer('a', 'anna@example.ru', '+79161234567');
    const [candidate] = await findCandidates(db, ANNA, [
      'Моя почта anna@example.ru, мой телефон 89161234567',
    ]);
    expect(candidate!.evidence).toHaveLength(2);
    expect(JSON.stringify(candidate!.evidence)).not.toMatch(/anna@|9161234/);
  });

  it('are none for a stranger, whose handle may hold anything', async () => {
    await customer('a', 'a@b.ru');
    expect(
      await states(['привет'], { ...ANNA, handle: `'; drop table customers; --`, about: '\uD83D' }),
    ).toEqual({});
  });
});

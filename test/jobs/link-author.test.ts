import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linkAuthors, type Written } from '../../src/jobs/link-author.ts';
import { registerMissing } from '../../src/jobs/register-customers.ts';
import type { Identifier, IdentityLink } from '../../src/model/customer.ts';
import type { FoundAuthor } from '../../src/model/document.ts';
import type { CustomerId, SourceId } from '../../src/model/ids.ts';
import { getAuthors } from '../../src/store/authors.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { countMatchEntries } from '../../src/store/match-entries.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { addDocument, addLink, addSources, NOW, TEST_VAULT } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createWorker, saveKnownCustomer } from './worker.ts';

describe('an author', () => {
  let db: Database;
  let source: SourceId;
  let posts = 0;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'forum')) as [SourceId];
  });

  async function customer(
    externalId: string,
    name: string,
    ...identifiers: Identifier[]
  ): Promise<CustomerId> {
    const record = { externalId, name, city: null, tier: null, identifiers, purchases: [] };
    const { id } = await saveKnownCustomer(db, record, NOW);
    return id;
  }
  const email = (value: string): Identifier => ({ kind: 'email', value });

  async function link(text: string, author: Partial<FoundAuthor> = {}): Promise<IdentityLink[]> {
    posts += 1;
    const full = { site: 'forum.example', handle: 'pelmen-84', ...author };
    const id = await addDocument(db, source, String(posts), { text, author: full });
    const document = await getDocument(db, id);
    if (!document?.authorId) throw new Error('the document has an author');
    const [who] = await getAuthors(db, [document.authorId]);
    if (!who) throw new Error('the author is stored');
    const deps = await createWorker(db, createHandQueue());
    await db.transaction((tx) => linkAuthors(tx, deps, [{ author: who, document }]));
    return listLinksOfAuthors(db, [who.id]);
  }
  const states = (links: readonly IdentityLink[]) =>
    Object.fromEntries(links.map(({ customerId, state }) => [customerId, state]));

  it('is linked by an identifier of his own, with the evidence in bits and nothing private in it', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const links = await link('Опять не привезли. Моя почта vetra@mail.ru');
    expect(states(links)).toEqual({ [id]: 'linked' });
    expect(links[0]?.evidence).toMatchObject([
      { code: 'prior', bits: expect.any(Number) },
      { code: 'same-email', where: 'text', masked: 'v…@mail.ru', bits: expect.any(Number) },
    ]);
    expect(JSON.stringify(links)).not.toContain('vetra');
  });

  it('stays linked when later posts say nothing, and the link keeps its evidence', async () => {
    await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const before = await link('Моя почта vetra@mail.ru');
    expect(await link('Опять не привезли')).toEqual(before);
  });

  it('is proposed by a rare name, and by an address that he only tells of not linked', async () => {
    for (let at = 0; at < 40; at += 1)
      await customer(`crowd${at}`, `Иванов Пётр`, email(`crowd${at}@mail.ru`));
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    expect(states(await link('Спасибо', { name: 'Анна Ветрогонова', handle: 'anya' }))).toEqual({
      [id]: 'proposed',
    });
    expect(states(await link('Мошенники пишут с vetra@mail.ru'))).not.toMatchObject({ [id]: 'linked' });
  });

  it('is not offered to a customer whom a person has refused', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const [first] = await link('Моя почта vetra@mail.ru');
    for (const state of ['rejected', 'on_behalf'] as const) {
      await addLink(db, { ...first!, state, decidedBy: 'pr@example.ru' });
      expect(await link('Моя почта vetra@mail.ru')).toMatchObject([
        { customerId: id, state, decidedBy: 'pr@example.ru' },
      ]);
    }
    await addLink(db, { ...first!, state: 'confirmed', decidedBy: 'pr@example.ru' });
    expect(await link('Ужас', { about: 'новый владелец ника' })).toMatchObject([
      { state: 'confirmed', decidedBy: 'pr@example.ru' },
    ]);
  });

  it('is known together with others as he is alone, also when he has written more than once', async () => {
    const texts: [handle: string, text: string][] = [
      ['pelmen-84', 'Моя почта vetra@mail.ru'],
      ['oleg', 'Моя почта zamyatin@mail.ru, верните деньги'],
      ['pelmen-84', 'Опять не привезли'],
      ['nobody', 'Спасибо'],
      ['oleg', 'Моя почта vetra@mail.ru'],
    ];
    const told = async (together: boolean) => {
      await truncate(db);
      [source] = (await addSources(db, 'forum')) as [SourceId];
      const ids = [
        await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru')),
        await customer('c2', 'Замятин Олег', email('zamyatin@mail.ru')),
      ];
      const deps = await createWorker(db, createHandQueue());
      const written: Written[] = [];
      for (const [at, [handle, text]] of texts.entries()) {
        const author = { site: 'forum.example', handle };
        const document = (await getDocument(db, await addDocument(db, source, `p${at}`, { text, author })))!;
        written.push({ document, author: (await getAuthors(db, [document.authorId!]))[0]! });
      }
      const found: (CustomerId | undefined)[] = [];
      for (const part of together ? [written] : written.map((one) => [one])) {
        const links = await db.transaction((tx) => linkAuthors(tx, deps, part));
        found.push(...part.map(({ document }) => links.get(document.id)?.customerId));
      }
      return found.map((id) => (id === undefined ? null : ids.indexOf(id)));
    };
    const alone = await told(false);
    expect(alone).toEqual([0, 1, 0, null, null]);
    expect(await told(true)).toEqual(alone);
  });

  it('is nobody’s for certain once his posts point at two', async () => {
    const ids = [
      await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru')),
      await customer('c2', 'Замятин Олег', email('zamyatin@mail.ru')),
    ];
    await link('Моя почта vetra@mail.ru');
    const links = await link('Моя почта zamyatin@mail.ru');
    expect(states(links)).toEqual({ [ids[0]!]: 'proposed', [ids[1]!]: 'proposed' });
  });

  it('loses the link that the matcher made when the profile says that the account has a new owner', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    await link('Моя почта vetra@mail.ru');
    expect(states(await link('Ужас', { about: 'новый владелец ника' }))).toEqual({ [id]: 'proposed' });
  });

  it('who is only a name on a site without accounts is linked for that post alone', async () => {
    const id = await customer('c1', 'Ветрогонова Анна', email('vetra@mail.ru'));
    const named = { handle: 'Анна', name: 'Анна' };
    expect(states(await link('Моя почта vetra@mail.ru', named))).toEqual({ [id]: 'proposed' });
  });

  it('is found among customers of an older program once these were put in', async () => {
    const { id } = await saveCustomer(
      db,
      TEST_VAULT,
      {
        externalId: 'old',
        name: 'Старков Лев',
        city: null,
        tier: null,
        identifiers: [email('starkov@mail.ru')],
        purchases: [],
      },
      NOW,
    );
    expect(await link('Моя почта starkov@mail.ru')).toEqual([]);
    const deps = await createWorker(db, createHandQueue());
    expect(await registerMissing(deps)).toBe(1);
    expect(await registerMissing(deps)).toBe(0);
    expect(await countMatchEntries(db)).toBe(1);
    expect(states(await link('Моя почта starkov@mail.ru'))).toEqual({ [id]: 'linked' });
  });
});

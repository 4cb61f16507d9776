import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../../config/schema.ts';
import { actOnComplaint } from '../../../src/act/cases/open.ts';
import type { CasePolicy } from '../../../src/act/cases/policy.ts';
import { casePolicyOf } from '../../../src/app/case-policy.ts';
import type { Evidence, IdentityLink } from '../../../src/model/customer.ts';
import { getAuthors } from '../../../src/store/authors.ts';
import { getCustomer } from '../../../src/store/customers.ts';
import type { Database } from '../../../src/store/db.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { listMentions } from '../../../src/store/mentions.ts';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { listTopics } from '../../../src/store/topics.ts';
import { addDocument, addMention, addSources, addTopic, later, NOW, TEST_VAULT } from '../../support/rows.ts';
import { openTestStore, truncate } from '../../support/store.ts';

const day = 24 * 3_600_000;
const policy: CasePolicy = {
  ...casePolicyOf(configSchema.parse({ cases: { due: { MVC: '1s' } } }), 'http://m'),
  withinMs: day,
};
const LONG = {
  evidence: Array<Evidence>(500).fill({ code: 'same-email', where: 'text', masked: 'a…@example.ru' }),
};

describe('a case', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore('pglite');
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  async function act(text: string, tier: 'MVC' | null = null) {
    const [source] = await addSources(db, 'forum');
    const author = { site: 'f', handle: 'я'.repeat(300), name: 'я'.repeat(300) };
    const id = await addDocument(db, source!, '1', {
      text,
      title: text.slice(0, 2000),
      author,
      url: `https://f/${'я'.repeat(3000)}`,
    });
    await addMention(db, id, await addTopic(db, 't'));
    const document = (await getDocument(db, id))!;
    const [[mention], [topic], [known]] = await Promise.all([
      listMentions(db, [id]),
      listTopics(db),
      getAuthors(db, [document.authorId!]),
    ]);
    const saved = await saveCustomer(
      db,
      TEST_VAULT,
      { externalId: 'c', name: 'C', city: null, tier, identifiers: [], purchases: [] },
      NOW,
    );
    const customer = (await getCustomer(db, saved.id))!;
    const link: IdentityLink = {
      authorId: known!.id,
      customerId: saved.id,
      state: 'linked',
      score: 1,
      ...LONG,
      basis: 'legitimate_interest' as const,
      decidedBy: 'matcher',
      decidedAt: NOW,
    };
    return () =>
      actOnComplaint(
        db,
        { mention: mention!, topic: topic!, document, author: known!, customer, link },
        policy,
        ['a', 'b'],
        NOW,
      );
  }
  const payloads = () =>
    db.query<{ payload: { document: { text: string } } }>('select payload from deliveries');

  it('is told to every endpoint once', async () => {
    const again = await act('Верните деньги');
    expect([await again(), await again()]).toEqual([{ id: 1, kind: 'open' }, null]);
    expect(await payloads()).toHaveLength(2);
  });

  it('is due by the tier of the customer', async () => {
    await (await act('x', 'MVC'))();
    expect(await db.query('select due_at from cases')).toEqual([{ due_at: later(1000) }]);
  });

  it.each([
    ['Cyrillic', 'я'],
    ['Chinese', '中'],
    ['emoji', '😀'],
    ['control characters', '\u0001'],
    ['quotes', '"'],
    ['backslashes', '\\'],
  ])('fits into 20 kB with a megabyte of %s, and is cut between letters', async (_name, letter) => {
    await (await act(letter.repeat(1_000_000 / letter.length)))();
    const [row] = await payloads();
    const body = JSON.stringify({
      type: 'complaint.detected',
      timestamp: NOW.toISOString(),
      data: row!.payload,
    });
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(row!.payload.document.text.isWellFormed()).toBe(true);
    expect(row!.payload.document.text.length).toBeGreaterThan(300);
  });
});

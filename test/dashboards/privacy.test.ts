import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerId } from '../../src/model/ids.ts';
import { listAudit } from '../../src/store/audit.ts';
import { getDocument } from '../../src/store/documents.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { addDocument, addLink, addSources, countRows, TEST_VAULT } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
let customer: CustomerId;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  const { db } = dashboard;
  await truncate(db);
  people = await visitors(dashboard);
  const identifiers = [{ kind: 'email' as const, value: 'vetra@mail.example' }];
  const record = { externalId: 'C-1', name: 'Anna', city: null, tier: null, identifiers, purchases: [] };
  customer = (await saveCustomer(db, TEST_VAULT, record, NOW)).id;
  const [source] = await addSources(db, 'forum');
  const document = await addDocument(db, source!, '1', {
    text: 'Hers',
    author: { site: 'f', handle: 'anna' },
  });
  await addLink(db, { authorId: (await getDocument(db, document))!.authorId!, customerId: customer });
});
const path = (what = ''): string => `/customers/${customer}${what}`;

describe('a customer who asks', () => {
  it('to be erased is, after the administrator was told what goes and has written the number', async () => {
    const $ = load((await get(dashboard, path('/erase'), people.admin)).text);
    expect($('main ul').first().text()).toMatch(
      /register of customers: 1.*accounts: 1.*posts of these accounts: 1/s,
    );
    const wrong = await post(dashboard, path('/erase'), people.admin, { number: 'C-2' });
    expect([wrong.status, await countRows(dashboard.db, 'customers')]).toEqual([422, 1]);
    const done = await post(dashboard, path('/erase'), people.admin, { number: ' C-1 ' });
    expect(load(done.text)('.done').text()).toContain('1 posts');
    expect([
      await countRows(dashboard.db, 'customers'),
      await countRows(dashboard.db, 'authors'),
      await countRows(dashboard.db, 'documents'),
      (await get(dashboard, path(), people.admin)).status,
    ]).toEqual([0, 0, 0, 404]);
  });

  it('may keep what was said in public', async () => {
    await post(dashboard, path('/erase'), people.admin, { number: 'C-1', keep: '1' });
    expect([
      await countRows(dashboard.db, 'customers'),
      await countRows(dashboard.db, 'identity_links'),
      await countRows(dashboard.db, 'documents'),
    ]).toEqual([0, 0, 1]);
  });

  it('for his data gets it in the open, kept by nobody on the way, and the look is noted', async () => {
    const answer = await get(dashboard, path('/export'), people.admin);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="customer-${customer}.json"`,
    });
    expect(answer.text).toContain('vetra@mail.example');
    const [entry] = await listAudit(dashboard.db, 1, 0);
    expect(entry).toMatchObject({ action: 'customer.exported', subject: `customer:${customer}` });
  });

  it('is answered by administrators only', async () => {
    expect(load((await get(dashboard, path(), people.pr)).text)('a[href$="/erase"]').length).toBe(0);
    expect(load((await get(dashboard, path(), people.admin)).text)('a[href$="/erase"]').length).toBe(1);
    expect((await post(dashboard, path('/erase'), people.pr, { number: 'C-1' })).status).toBe(403);
  });
});

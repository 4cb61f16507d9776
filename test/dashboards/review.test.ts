import { load } from 'cheerio';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { precisionOf } from '../../dashboards/review/precision.ts';
import type { Tier } from '../../src/model/customer.ts';
import type { AuthorId, CustomerId, SourceId, TopicId } from '../../src/model/ids.ts';
import { listAudit } from '../../src/store/audit.ts';
import { getDocument } from '../../src/store/documents.ts';
import { listLinksOfAuthors } from '../../src/store/links.ts';
import { countChecks } from '../../src/store/reviews.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { addDocument, addLink, addMention, addSources, addTopic, TEST_VAULT } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { get, NOW, openDashboard, post, type TestDashboard, type Visitor, visitors } from './dashboard.ts';

let dashboard: TestDashboard;
let people: Record<'viewer' | 'pr' | 'admin', Visitor>;
let source: SourceId;
let topic: TopicId;
beforeAll(async () => {
  dashboard = await openDashboard();
});
beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  people = await visitors(dashboard);
  [source] = (await addSources(dashboard.db, 'forum')) as [SourceId];
  topic = await addTopic(dashboard.db, 'tea');
});

async function customer(number: string, tier: Tier | null = null): Promise<CustomerId> {
  const identifiers = [{ kind: 'email' as const, value: `${number}.private@example.com` }];
  const record = { externalId: number, name: `Anna ${number}`, city: null, tier, identifiers, purchases: [] };
  return (await saveCustomer(dashboard.db, TEST_VAULT, record, NOW)).id;
}
async function author(handle: string, severity: 1 | 2 | 3 | null = null): Promise<AuthorId> {
  const { db } = dashboard;
  const document = await addDocument(db, source, handle, {
    text: `The post of ${handle}`,
    author: { site: 'f', handle },
  });
  if (severity) {
    const complaint = { isComplaint: true, probability: 0.9, severity, reason: 'delivery' as const };
    await addMention(db, document, topic, complaint);
  }
  return (await getDocument(db, document))!.authorId!;
}
const propose = (authorId: AuthorId, customerId: CustomerId, score = 0.5) =>
  addLink(dashboard.db, {
    authorId,
    customerId,
    state: 'proposed',
    score,
    evidence: [
      { code: 'prior', where: 'history', masked: '', bits: -18.7 },
      { code: 'surname', where: 'name', masked: '', bits: 14 },
      { code: 'city', where: 'profile', masked: '', bits: -3 },
    ],
  });
const page = async (path = '/review', who = people.pr) => load((await get(dashboard, path, who)).text);
const say = (id: AuthorId, words: string, more: Record<string, string> = {}) =>
  post(dashboard, '/review', people.pr, { author: String(id), say: words, ...more });
const state = async (id: AuthorId) =>
  (await listLinksOfAuthors(dashboard.db, [id])).map((link) => [link.customerId, link.state]);

describe('the queue of open questions', () => {
  it('teaches when it is empty', async () => {
    expect((await page())('.empty').text()).toContain('looks like a customer');
  });

  it('begins with those of whom most is at stake: severity, value of the customer, uncertainty', async () => {
    const [plain, best] = [await customer('c1'), await customer('c2', 'MVC')];
    await propose(await author('calm'), best);
    await propose(await author('mild', 1), plain);
    await propose(await author('certain', 3), best, 0.98);
    await propose(await author('grave', 3), best);
    const order: string[] = [];
    const skipped: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      const $ = await page(`/review?skipped=${skipped.join(',')}`);
      order.push($('.author h2').text().trim().split(/\s/)[0]!);
      skipped.push(Number($('input[name=author]').attr('value')));
    }
    expect(order).toEqual(['grave', 'mild', 'calm', 'certain']);
    expect((await page('/today'))('a[href="/review"]').text()).toContain('4');
  });

  it('shows all posts of an author and three customers side by side, contacts masked, with the waterfall', async () => {
    const id = await author('anna', 3);
    await addDocument(dashboard.db, source, 'second', {
      text: 'Another post',
      author: { site: 'f', handle: 'anna' },
    });
    for (const [at, number] of ['c1', 'c2', 'c3', 'c4'].entries())
      await propose(id, await customer(number), 0.5 - at / 10);
    const $ = await page();
    expect([$('.author article').length, $('.candidate').length]).toEqual([2, 3]);
    expect($('.candidate h3').first().text()).toContain('Anna c1');
    expect($.html()).not.toContain('c1.private@');
    expect($('.candidate').first().text()).toContain('c…@example.com');
    const steps = $('.candidate').first().find('.waterfall tbody tr');
    expect(steps.map((_at, row) => $(row).find('.figure').text()).get()).toEqual([
      '÷430,000',
      '×16,000',
      '÷8',
    ]);
    expect($('.candidate').first().find('tfoot').text()).toContain('50 %');
  });

  it('takes a decision, goes on to the next, and takes it back', async () => {
    const [id, other] = [await author('anna', 3), await author('boris')];
    const [one, two] = [await customer('c1'), await customer('c2')];
    for (const each of [one, two]) await propose(id, each);
    await propose(other, one);
    const answer = await say(id, `confirmed ${one}`);
    expect(await state(id)).toEqual([
      [one, 'confirmed'],
      [two, 'rejected'],
    ]);
    const $ = await page(answer.headers.location);
    expect([$('.author h2').text(), $('.done button').text()]).toEqual([
      expect.stringContaining('boris'),
      expect.stringContaining('Undo'),
    ]);
    const act = $('.done input[name=act]').attr('value')!;
    const undone = await post(dashboard, '/review/undo', people.pr, { act, of: String(id) });
    expect(await state(id)).toEqual([
      [one, 'proposed'],
      [two, 'proposed'],
    ]);
    expect((await page(undone.headers.location))('.author h2').text()).toContain('anna');
    const again = await post(dashboard, '/review/undo', people.pr, { act, of: String(id) });
    expect((await page(again.headers.location))('.done').text()).toContain('cannot be undone');
  });

  it.each([
    ['nobody', 'rejected'],
    ['on_behalf', 'on_behalf'],
  ])('knows the answer %s', async (word, expected) => {
    const id = await author('anna', 3);
    const one = await customer('c1');
    await propose(id, one);
    await say(id, word === 'nobody' ? word : `${word} ${one}`);
    expect(await state(id)).toEqual([[one, expected]]);
    expect((await page())('.empty').length).toBe(1);
  });

  it('says that a question was settled meanwhile, and takes no answer that was not offered', async () => {
    const id = await author('anna', 3);
    const [one, stranger] = [await customer('c1'), await customer('c2')];
    await propose(id, one);
    const answer = await say(id, `confirmed ${stranger}`);
    expect(answer.headers.location).toContain('what=gone');
    expect(await state(id)).toEqual([[one, 'proposed']]);
    expect((await page(`/review?author=999`)).html()).not.toContain('candidate');
    for (const odd of ['', 'confirmed', 'linked 1', 'confirmed 1 2', `confirmed ${'9'.repeat(20)}`])
      expect((await say(id, odd)).status).toBe(400);
  });

  it('hears of two answers the first', async () => {
    const [id, one] = [await author('anna'), await customer('c1')];
    await propose(id, one);
    await say(id, `confirmed ${one}`);
    expect((await say(id, 'nobody')).headers.location).toContain('what=gone');
    expect(await state(id)).toEqual([[one, 'confirmed']]);
  });

  it('puts a link that was made without a person in between, and shows how right such links are', async () => {
    const one = await customer('c1');
    const automatic: AuthorId[] = [];
    for (let at = 0; at < 12; at += 1) automatic.push(await author(`auto${at}`));
    for (const authorId of automatic) await addLink(dashboard.db, { authorId, customerId: one });
    expect((await page())('.note').text()).toContain('made this link by itself');
    for (let at = 0; at < 12; at += 1) {
      const $ = await page();
      const id = Number($('input[name=author]').attr('value')) as AuthorId;
      await say(id, at === 0 ? 'nobody' : `confirmed ${one}`, { check: '1' });
    }
    expect(await countChecks(dashboard.db)).toEqual({ right: 11, of: 12 });
    expect((await page())('main').text()).toContain('12 were checked and 11 were right: 91.7 %');
    expect((await page())('.empty').length).toBe(1);
  });

  it('forgets a check that was taken back', async () => {
    const [id, one] = [await author('anna'), await customer('c1')];
    await addLink(dashboard.db, { authorId: id, customerId: one });
    const answer = await say(id, 'nobody', { check: '1' });
    const act = new URL(answer.headers.location!, 'http://x').searchParams.get('act')!;
    await post(dashboard, '/review/undo', people.pr, { act, of: String(id) });
    expect([await countChecks(dashboard.db), await state(id)]).toEqual([
      { right: 0, of: 0 },
      [[one, 'linked']],
    ]);
  });

  it('notes which customers somebody compared, and what was decided', async () => {
    const [id, one] = [await author('anna'), await customer('c1')];
    await propose(id, one);
    await page();
    await say(id, `confirmed ${one}`);
    const entries = await listAudit(dashboard.db, 10, 0);
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['link.confirmed', `customer:${one}`],
      ['customers.compared', `author:${id}`],
    ]);
    expect(JSON.stringify(entries)).not.toContain('Anna');
  });

  it('is not there for those who only look', async () => {
    expect((await get(dashboard, '/review', people.viewer)).status).toBe(403);
  });
});

describe("a customer's card", () => {
  it('shows why each account is his, what was decided before, and takes the newest decision back', async () => {
    const [id, one] = [await author('anna'), await customer('c1')];
    await propose(id, one);
    await post(dashboard, `/customers/${one}/link`, people.pr, { author: String(id), decision: 'rejected' });
    const $ = await page(`/customers/${one}`);
    expect(
      $('.history tbody tr')
        .map((_at, row) => $(row).find('td').eq(2).text())
        .get(),
    ).toEqual(['proposed → rejected', 'no link → proposed']);
    const act = $('.history input[name=act]').attr('value')!;
    const back = $('.history input[name=back]').attr('value')!;
    const answer = await post(dashboard, '/review/undo', people.pr, { act, back });
    expect([answer.headers.location, await state(id)]).toEqual([
      `/customers/${one}?done=1&what=undone`,
      [[one, 'proposed']],
    ]);
    for (const odd of ['https://evil.example', '//evil.example', '/customers/1/../../login'])
      expect((await post(dashboard, '/review/undo', people.pr, { act, back: odd })).status).toBe(400);
  });

  it('joins the entry of another number, is reached under both, and parts them again', async () => {
    const [one, two] = [await customer('c1'), await customer('c2')];
    await post(dashboard, `/customers/${one}/merge`, people.pr, { entry: 'c2' });
    expect((await get(dashboard, `/customers/${two}`, people.pr)).headers.location).toBe(`/customers/${one}`);
    const text = (await page(`/customers/${one}`))('main').text();
    expect(text).toContain('c2.private@example.com');
    expect((await page('/customers'))('tbody tr').length).toBe(1);
    await post(dashboard, `/customers/${one}/split`, people.pr, { entry: String(two) });
    expect((await get(dashboard, `/customers/${two}`, people.pr)).status).toBe(200);
    const unknown = await post(dashboard, `/customers/${one}/merge`, people.pr, { entry: 'c9' });
    expect((await page(unknown.headers.location))('.done').text()).toContain('no customer with this number');
    const same = await post(dashboard, `/customers/${one}/merge`, people.pr, { entry: 'c1' });
    expect((await page(same.headers.location))('.done').text()).toContain('one person already');
  });
});

describe('precision of links made without a person', () => {
  it('is told with its interval, and not from a handful', () => {
    expect(precisionOf({ right: 5, of: 5 })).toBeNull();
    const shown = precisionOf({ right: 99, of: 100 })!;
    expect(shown.share).toBe(0.99);
    expect([shown.low < 0.99, shown.high > 0.99]).toEqual([true, true]);
  });
});

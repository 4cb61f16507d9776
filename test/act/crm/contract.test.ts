import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../../src/act/crm/registry.ts';
import { PREVIEW_KEY } from '../../../src/act/crm/vendor-crm.ts';
import { createHttp } from '../../../src/fetch/http.ts';
import { readObject } from '../../../src/match/import/objects.ts';
import type { Crm, Http, OpenedCase, PulledBatch } from '../../../src/model/ports.ts';
import { createTestClock, type TestClock } from '../../jobs/worker.ts';
import { createPacedTime } from './paced-clock.ts';
import { payload, withdrawal } from './payload.ts';
import { vendorServers } from './servers/registry.ts';
import { type Asked, type Fault, makePeople, type Running, startVendor } from './servers/world.ts';

const guarded = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
/** Nobody waits a quarter of a minute for a test. */
const http: Http = {
  send: (request) => guarded.send({ ...request, timeoutMs: Math.min(500, request.timeoutMs ?? 500) }),
};
afterAll(() => guarded.close());

const KEY = 'd3b07384-d113-4ec6-a5d6-000000000001';
const OTHER = 'd3b07384-d113-4ec6-a5d6-000000000002';
const UPDATE = 'd3b07384-d113-4ec6-a5d6-000000000003';
const OTHER_UPDATE = 'd3b07384-d113-4ec6-a5d6-000000000004';
/** The n-th of many; keys of deliveries are UUIDs. */
const keyOf = (n: number): string => `${KEY.slice(0, -6)}${String(900_000 + n)}`;
const DAY = 86_400_000;
const CUSTOMERS = 2500;

async function pulled(batches: AsyncIterable<PulledBatch>) {
  const all: PulledBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
const idsOf = (batches: readonly PulledBatch[]) =>
  batches.flatMap(({ records }) => records.map((record) => record.external_id));

it('has a local server for every connector but those that speak to no vendor', () => {
  const vendors = connectors.map(({ kind }) => kind).filter((kind) => !['webhook', 'csv'].includes(kind));
  expect(vendorServers.map(({ kind }) => kind).sort()).toEqual(vendors.sort());
});

describe.each(vendorServers)('$kind', (vendor) => {
  const connector = connectors.find(({ kind }) => kind === vendor.kind)!;
  let clock: TestClock;
  let server: Running;
  let crm: Crm;
  beforeEach(async () => {
    clock = createTestClock();
    server = await startVendor(vendor, clock);
    server.people = makePeople(vendor, 30, clock.now());
    crm = connector.connect(server.settings, { http, clock, folder: 'no files' });
    return () => server.close();
  });
  const customer = () => server.people[3]!;
  const complaint = (text?: string) => payload({ customer: customer().id, ...(text ? { text } : {}) });
  const open = (key = KEY) => crm.openCase(complaint(), key);
  const thrownBy = (work: Promise<unknown>) => work.then(() => null).catch((error) => error);
  /** Tries as deliveries do, until it is done. */
  async function openAtLast(key = KEY) {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const error = await thrownBy(open(key));
      if (error === null) return;
      expect(error).toMatchObject({ name: 'RetryLaterError' });
      clock.pass(60_000);
    }
    throw new Error('never done');
  }

  describe('opens a case', () => {
    it('with what was said, for the customer, and tells its id and address', async () => {
      const receipt = await open();
      expect(server.cases).toHaveLength(1);
      const [made] = server.cases;
      expect(made).toMatchObject({ key: KEY, person: customer().id });
      expect(`${made!.title} ${made!.text} ${JSON.stringify(server.notes)}`).toContain('Верните деньги');
      expect(receipt.externalId).toBe(made!.id);
      expect(receipt.summary).toContain(made!.id);
    });

    it('once under a key, however often and however close, and twice under two', async () => {
      await Promise.all([open(), open(), open(OTHER)]);
      await open();
      expect(server.cases.map(({ key }) => key).sort()).toEqual([KEY, OTHER]);
    });

    it.each<Fault>([
      'cut',
      'lose-reply',
      'hang',
      '500',
      '429',
      'broken-json',
      'huge',
    ])('once when the answer to a write is %s', async (fault) => {
      server.fail(fault, vendor.isWrite);
      expect(await thrownBy(open())).toMatchObject({ name: 'RetryLaterError' });
      clock.pass(60_000);
      await openAtLast();
      expect(server.cases).toHaveLength(1);
    });

    it('once when any one of its requests goes wrong', async () => {
      await open(OTHER);
      const asked = server.asked.length;
      for (let n = 0; n < asked; n += 1)
        for (const [m, fault] of (['lose-reply', '500', 'cut'] as const).entries()) {
          const key = keyOf(10 * n + m);
          let seen = 0;
          server.fail(fault, () => seen++ === n);
          await openAtLast(key);
          expect(server.cases.filter((one) => one.key === key)).toHaveLength(1);
        }
    });

    it('of a customer whom it does not know, without him', async () => {
      const { summary } = await crm.openCase(payload({ customer: 'nobody-here' }), KEY);
      expect(server.cases).toMatchObject([{ key: KEY, person: null }]);
      expect(summary).toContain('without a customer');
    });

    it('whatever was written', async () => {
      const texts = ['<script>alert(1)</script>', '"\'`;--', '😀\u202e\u2028', 'x'.repeat(15_000), '=1+1'];
      for (const [n, text] of texts.entries()) await crm.openCase(complaint(text), `${KEY.slice(0, -1)}${n}`);
      expect(server.cases).toHaveLength(texts.length);
    });
  });

  it('shows beforehand exactly what it sends, and sends nothing that writes', async () => {
    const shown = await crm.preview!(complaint());
    expect(server.cases).toEqual([]);
    expect(server.notes).toEqual([]);
    expect(shown.some(({ effect }) => effect === 'write')).toBe(true);
    expect(JSON.stringify(shown)).not.toContain(vendor.secrets[0]);
    server.asked.length = 0;
    const { externalId } = await open();
    const sent: Asked[] = server.asked.filter((asked) => !(vendor.isPreparation?.(asked) ?? false));
    const asShown = JSON.stringify(shown.map(({ effect: _, ...request }) => request))
      .replaceAll(PREVIEW_KEY, KEY)
      .replaceAll('{id}', externalId!);
    expect(sent).toEqual(JSON.parse(asShown));
  });

  describe('adds a later post of the same case', () => {
    const later = () => complaint('И снова никто не ответил');
    const update = (key: string, opened: OpenedCase | undefined) =>
      crm.updateCase(later(), key, clock.now(), opened);
    const added = () => server.notes.filter(({ text }) => text.includes('И снова никто не ответил'));

    it('as a note on its record, by its id or by its key, once', async () => {
      const { externalId } = await open();
      const receipt = await update(UPDATE, { key: KEY, externalId });
      await update(UPDATE, { key: KEY, externalId: null });
      expect(receipt.externalId).toBe(externalId);
      expect(added()).toMatchObject([{ on: 'record', id: externalId }]);
      expect(server.cases).toHaveLength(1);
      await update(OTHER_UPDATE, { key: KEY, externalId });
      expect(added()).toHaveLength(2);
    });

    it('by opening it where its opening never arrived, under the key that it was to have', async () => {
      const receipt = await update(UPDATE, { key: KEY, externalId: null });
      expect(server.cases).toMatchObject([{ id: receipt.externalId }]);
      await update(UPDATE, { key: KEY, externalId: null });
      // Its opening is sent again by hand: the record is there already.
      expect((await open()).externalId).toBe(receipt.externalId);
      expect(server.cases).toHaveLength(1);
      const marked = added().filter(({ text }) => /molva-[0-9a-f]{16}/.test(text));
      expect(new Set(marked.map(({ text }) => text)).size).toBe(marked.length);
    });

    it('by opening it where the case is older than the connector', async () => {
      const receipt = await update(UPDATE, undefined);
      expect(server.cases).toMatchObject([{ id: receipt.externalId }]);
    });

    it('once when any one of its requests goes wrong', async () => {
      const { externalId } = await open();
      const before = server.asked.length;
      await update(UPDATE, { key: KEY, externalId: null });
      const asked = server.asked.length - before;
      for (let n = 0; n < asked; n += 1)
        for (const [m, fault] of (['lose-reply', '500', 'cut'] as const).entries()) {
          let seen = 0;
          server.fail(fault, () => seen++ === n);
          const key = keyOf(10 * n + m);
          expect(await thrownBy(update(key, { key: KEY, externalId: null }))).toMatchObject({
            name: 'RetryLaterError',
          });
          clock.pass(60_000);
          await update(key, { key: KEY, externalId: null });
          expect(added()).toHaveLength(2 + 3 * n + m);
        }
      expect(added().every(({ id }) => id === externalId)).toBe(true);
      expect(server.cases).toHaveLength(1);
    });
  });

  it('withdraws what it opened, by its id or by its key, once', async () => {
    const { externalId } = await open();
    await crm.withdrawCase(withdrawal(), 'w-1', clock.now(), { key: KEY, externalId });
    await crm.withdrawCase(withdrawal(), 'w-1', clock.now(), { key: KEY, externalId: null });
    expect((await crm.readStatus!(externalId!))?.status).toBe('closed');
    expect(server.notes.filter(({ text }) => text.includes('отозвала'))).toHaveLength(1);
  });

  it('withdraws nothing where nothing was opened', async () => {
    const receipt = await crm.withdrawCase(withdrawal(), 'w-1', clock.now(), { key: KEY, externalId: null });
    expect(receipt.externalId).toBeNull();
    expect(server.notes).toEqual([]);
  });

  it('writes a note once, also when the answer was lost', async () => {
    const { externalId } = await open();
    const note = { text: 'Ответили <b>публично</b>', on: { record: externalId! } };
    server.fail('lose-reply', vendor.isWrite);
    expect(await thrownBy(crm.addNote!(note, 'n-1'))).toMatchObject({ name: 'RetryLaterError' });
    await crm.addNote!(note, 'n-1');
    await crm.addNote!(note, 'n-2');
    expect(server.notes.filter(({ text }) => text.includes('Ответили'))).toHaveLength(2);
  });

  it('writes on the timeline of a customer, or says that there is none', async () => {
    const note = { text: 'Спросил в сети', on: { customer: customer().id } };
    const done = crm.addNote!(note, 'n-1');
    if (vendor.noCustomerNotes) return expect(done).rejects.toMatchObject({ code: 'no-notes' });
    await done;
    expect(server.notes).toMatchObject([{ on: 'customer', id: customer().id }]);
    await expect(crm.addNote!({ text: 'x', on: { customer: 'nobody-here' } }, 'n-2')).rejects.toMatchObject({
      code: 'no-customer',
    });
  });

  it('reads how cases stand, many at once, and leaves out those that are gone', async () => {
    const keys = (['open', 'in_work', 'closed'] as const).map((status, n) => [status, keyOf(n)] as const);
    const ids: string[] = [];
    for (const [status, key] of keys) {
      ids.push((await open(key)).externalId!);
      server.cases.at(-1)!.stage = vendor.stages[status];
    }
    const gone = String(Number(server.cases[2]!.id.replace(/\D/g, '')) + 900);
    const read = await crm.readStatuses!([...ids, gone]);
    expect(ids.map((id) => read.get(id)?.status)).toEqual(['open', 'in_work', 'closed']);
    expect(read.size).toBe(3);
  });

  it('finds a customer by e-mail, by phone and by number, and nobody by what nobody has', async () => {
    const { id, email, phone } = server.people[11]!;
    const found = (question: Partial<Parameters<NonNullable<Crm['findCustomer']>>[0]>) =>
      crm.findCustomer!({ emails: [], phones: [], ...question }).then((all) =>
        all.map((one) => one.externalId),
      );
    expect(await found({ emails: [email] })).toEqual(vendor.noEmailSearch ? [] : [id]);
    expect(await found({ phones: [phone] })).toEqual([id]);
    expect(await found({ externalId: id, emails: [email], phones: [phone] })).toEqual([id]);
    expect(await found({ emails: ['nobody@example.ru'] })).toEqual([]);
    expect(await found({ externalId: 'nobody-here' })).toEqual([]);
    expect(await found({ emails: ["'; OR 1=1 --@example.ru"] })).toEqual([]);
  });

  describe('pulls customers', () => {
    beforeEach(() => {
      server.people = makePeople(vendor, CUSTOMERS, clock.now());
      clock.pass(DAY);
    });

    it(`all ${CUSTOMERS}, paged, as imports take them, within the limits`, async () => {
      const batches = await pulled(crm.pullCustomers!(null));
      const ids = idsOf(batches);
      expect(new Set(ids).size).toBe(CUSTOMERS);
      expect(new Set(ids)).toEqual(new Set(server.people.map(({ id }) => id)));
      expect(batches.length).toBeGreaterThan(1);
      expect(batches.map(({ done }) => done).lastIndexOf(false)).toBe(batches.length - 2);
      const read = batches.flatMap(({ records }) => records.map((one) => readObject(one, [])));
      expect(read.flatMap(({ mistakes }) => mistakes)).toEqual([]);
      expect(read[3]!.record).toMatchObject({
        externalId: server.people[3]!.id,
        identifiers: [
          { kind: 'email', value: 'anna3@example.ru' },
          { kind: 'phone', value: '+79161000003' },
        ],
      });
      expect(server.violations).toBe(0);
    });

    it('goes on from any cursor, also one that went through JSON', async () => {
      const batches = await pulled(crm.pullCustomers!(null));
      for (const n of [0, Math.floor(batches.length / 2), batches.length - 2]) {
        clock.pass(DAY);
        const cursor = JSON.parse(JSON.stringify(batches[n]!.cursor));
        const rest = await pulled(crm.pullCustomers!(cursor));
        const seen = new Set([...idsOf(batches.slice(0, n + 1)), ...idsOf(rest)]);
        expect(seen.size).toBe(CUSTOMERS);
      }
    });

    it.runIf(vendor.readsAll)('brings all again where what has changed cannot be asked for', async () => {
      const cursor = (await pulled(crm.pullCustomers!(null))).at(-1)!.cursor;
      server.people[1500]!.updatedAt = clock.now();
      clock.pass(DAY);
      expect(new Set(idsOf(await pulled(crm.pullCustomers!(cursor)))).size).toBe(CUSTOMERS);
    });

    it.skipIf(vendor.readsAll)(
      'brings only what has changed since, and what was changed meanwhile',
      async () => {
        const cursor = (await pulled(crm.pullCustomers!(null))).at(-1)!.cursor;
        clock.pass(DAY);
        expect(idsOf(await pulled(crm.pullCustomers!(cursor)))).toEqual([]);
        const changed = [5, 1500, 2499].map((n) => server.people[n]!);
        for (const person of changed) person.updatedAt = clock.now();
        clock.pass(DAY);
        const news = await pulled(crm.pullCustomers!(cursor));
        expect(new Set(idsOf(news))).toEqual(new Set(changed.map(({ id }) => id)));
        clock.pass(DAY);
        expect(idsOf(await pulled(crm.pullCustomers!(news.at(-1)!.cursor)))).toEqual([]);
      },
    );

    it('begins anew with a cursor that it cannot read', async () => {
      const [first] = await pulled(crm.pullCustomers!({ page: 'of another program' }));
      expect(first!.records.length).toBeGreaterThan(0);
    });

    it('stops when it is told to', async () => {
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      await expect(pulled(crm.pullCustomers!(null, stop.signal))).rejects.toThrow('enough');
    });

    it('numbers them with the prefix that it was given, and knows them by it', async () => {
      const named = connector.connect(
        { ...server.settings, customer_prefix: 'crm:' },
        { http, clock, folder: 'no files' },
      );
      const { id } = server.people[9]!;
      for await (const { records } of named.pullCustomers!(null)) {
        expect(records.every((one) => String(one.external_id).startsWith('crm:'))).toBe(true);
        break;
      }
      await named.openCase(payload({ customer: `crm:${id}` }), KEY);
      await named.openCase(payload({ customer: id }), OTHER);
      expect(server.cases.map(({ person }) => person)).toEqual([id, null]);
    });
  });

  it.skipIf(vendor.noPurchases)('pulls purchases that were made, then those of since', async () => {
    server.sales = Array.from({ length: 120 }, (_, n) => ({
      id: vendor.personId(n + 5000),
      person: server.people[n % 30]!.id,
      amount: 1000 + n,
      title: `Чайник ${n}`,
      isWon: n % 2 === 0,
      updatedAt: clock.now(),
    }));
    clock.pass(DAY);
    const batches = await pulled(crm.pullPurchases!(null));
    const read = batches.flatMap(({ records }) => records.map((one) => readObject(one, [])));
    expect(read.flatMap(({ mistakes }) => mistakes)).toEqual([]);
    const purchases = read.flatMap(({ record }) => record!.purchases);
    expect(new Set(purchases.map(({ externalId }) => externalId)).size).toBe(60);
    expect(purchases.reduce((sum, { amount }) => sum + amount, 0)).toBe(60 * 1000 + 3540);
    expect(read[0]!.record).toMatchObject({ externalId: server.people[0]!.id });
    clock.pass(DAY);
    server.sales[1]!.isWon = true;
    server.sales[1]!.updatedAt = clock.now();
    const news = await pulled(crm.pullPurchases!(batches.at(-1)!.cursor));
    expect(idsOf(news)).toEqual([server.people[1]!.id]);
  });

  it('keeps to the limits when many cases open at once', async () => {
    const time = createPacedTime(http);
    const busy = await startVendor(vendor, time.clock);
    try {
      busy.people = makePeople(vendor, 30, time.clock.now());
      const many = connector.connect(busy.settings, { ...time, folder: 'no files' });
      const complaints = Array.from({ length: 60 }, (_, n) => keyOf(n));
      const told = complaints.map((key) =>
        thrownBy(many.openCase(payload({ customer: busy.people[3]!.id }), key)),
      );
      const errors = (await Promise.all(told)).filter((error) => error !== null);
      expect([...new Set(errors.map(({ code }) => code))].filter((code) => code !== 'rate-limited')).toEqual(
        [],
      );
      expect(busy.cases.length).toBeGreaterThan(10);
      expect(busy.violations).toBe(0);
    } finally {
      time.stop();
      await busy.close();
    }
  });

  it('waits as Retry-After says, and asks nothing until then', async () => {
    server.fail('429');
    const error = await thrownBy(open());
    expect(error).toMatchObject({ name: 'RetryLaterError', code: 'rate-limited', delayMs: 7000 });
    const before = clock.now().getTime();
    await open();
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(7000);
  });

  it('says that it is not let in, in a way that pauses it', async () => {
    server.fail('401', () => true, 4);
    const error = await thrownBy(open());
    expect(error).toMatchObject({ name: 'PermanentError', code: 'credentials' });
    expect(error.message).toContain('credentials');
    server.fail('401', () => true, 4);
    expect(await thrownBy(pulled(crm.pullCustomers!(null)))).toMatchObject({ code: 'credentials' });
  });

  it('gives up for good on what is refused, in the vendor’s words without what is private', async () => {
    server.fail('refuse', vendor.isWrite);
    const error = await thrownBy(open());
    expect(error).toMatchObject({ name: 'PermanentError' });
    for (const hidden of ['Анна', 'Ковалёва', 'anna@example.ru', '9161234567'])
      expect(error.message).not.toContain(hidden);
  });

  it('shows a secret nowhere', async () => {
    const told: unknown[] = [await open()];
    for (const fault of ['echo-secret', '500', '429', 'cut', 'broken-json', 'hang', '401'] as const)
      for (const work of [
        () => open(OTHER),
        () => crm.check!(),
        () => pulled(crm.pullCustomers!(null)),
        () => crm.findCustomer!({ emails: ['a@example.ru'], phones: [] }),
      ]) {
        server.fail(fault);
        const error = (await thrownBy(work())) as Error | null;
        told.push(error?.message, error?.stack, error?.cause);
        clock.pass(60_000);
        server.fail('500', () => false);
      }
    for (const secret of vendor.secrets) expect(JSON.stringify(told.map(String))).not.toContain(secret);
  });

  it('tells whose account it is, and what it is made of', async () => {
    expect((await crm.check!()).account).not.toBe('');
    const shape = await crm.discover!();
    expect(shape.pipelines.length).toBeGreaterThan(0);
    expect(shape.pipelines[0]!.stages.length).toBeGreaterThan(1);
    expect(shape.fields.length).toBeGreaterThan(0);
  });

  it('refuses settings that it does not know', () => {
    expect(() =>
      connector.connect({ ...server.settings, nonsense: 1 }, { http, clock, folder: 'no files' }),
    ).toThrow(/nonsense/);
  });
});

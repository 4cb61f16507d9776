import { afterAll, expect, it } from 'vitest';
import { connectors } from '../../../src/act/crm/registry.ts';
import { createHttp } from '../../../src/fetch/http.ts';
import { createTestClock } from '../../jobs/worker.ts';
import { payload } from './payload.ts';
import { chatwoot } from './servers/chatwoot.ts';
import { suitecrm } from './servers/suitecrm.ts';
import { makePeople, startVendor, type VendorServer } from './servers/world.ts';

const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
afterAll(() => http.close());
const keyOf = (n: number): string => `d3b07384-d113-4ec6-a5d6-${String(n).padStart(12, '0')}`;

/** What one vendor alone has. */
async function start(vendor: VendorServer, change: object = {}) {
  const clock = createTestClock();
  const server = await startVendor(vendor, clock);
  server.people = makePeople(vendor, 20, clock.now());
  const connector = connectors.find(({ kind }) => kind === vendor.kind)!;
  const crm = connector.connect({ ...server.settings, ...change }, { http, clock, folder: 'no files' });
  return { server, crm };
}

it('Chatwoot: strangers have one stand-in, however many come at once, and it is nobody’s customer', async () => {
  const { server, crm } = await start(chatwoot);
  try {
    const all = Array.from({ length: 8 }, (_, n) =>
      crm.openCase(payload({ customer: 'nobody-here' }), keyOf(n)),
    );
    await Promise.all(all);
    expect(server.cases.map(({ person }) => person)).toEqual(Array(8).fill(null));
    const ids: unknown[] = [];
    for await (const { records } of crm.pullCustomers!(null))
      ids.push(...records.map((one) => one.external_id));
    expect(ids).toEqual(server.people.map(({ id }) => id));
  } finally {
    await server.close();
  }
});

it('Chatwoot: finds a note also behind the hundred that an answer holds', async () => {
  const { server, crm } = await start(chatwoot);
  try {
    const { externalId } = await crm.openCase(payload({ customer: server.people[0]!.id }), keyOf(1));
    const on = { record: externalId! };
    await crm.addNote!({ text: 'first', on }, 'first');
    for (let n = 0; n < 250; n += 1) server.notes.push({ on: 'record', id: externalId!, text: `said ${n}` });
    await crm.addNote!({ text: 'first', on }, 'first');
    expect(server.notes.filter(({ text }) => text.startsWith('first'))).toHaveLength(1);
  } finally {
    await server.close();
  }
});

it('Chatwoot: says what has to be made there when the attribute for the key is missing', async () => {
  const { server, crm } = await start(chatwoot, { key_attribute: 'another_key' });
  await expect(crm.check!()).rejects.toMatchObject({ code: 'no-key-field' });
  await server.close();
});

it('SuiteCRM: version 7 is asked without the prefix of version 8', async () => {
  const { server, crm } = await start(suitecrm, { version: 7 });
  await crm.check!().catch(() => null);
  expect(server.asked[0]!.path).toBe('/Api/access_token');
  await server.close();
});

it('SuiteCRM: relates the case to its contact when the answer to that was lost', async () => {
  const { server, crm } = await start(suitecrm);
  try {
    const complaint = payload({ customer: server.people[3]!.id });
    server.fail('500', ({ path }) => path.endsWith('/relationships'));
    await expect(crm.openCase(complaint, keyOf(1))).rejects.toMatchObject({ name: 'RetryLaterError' });
    expect(server.cases).toMatchObject([{ person: null }]);
    await crm.openCase(complaint, keyOf(1));
    expect(server.cases).toMatchObject([{ id: keyOf(1), person: server.people[3]!.id }]);
  } finally {
    await server.close();
  }
});

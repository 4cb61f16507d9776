import { z } from 'zod';
import type { CustomerId } from '../../../src/model/ids.ts';
import { getCustomer } from '../../../src/store/customers.ts';
import { findCustomerByExternalId, findEntry, listMergedEntries } from '../../../src/store/merges.ts';
import type { DashboardDeps } from '../../deps.ts';
import { joinEntries, partEntry } from '../../links/join.ts';
import { type Call, found, operation } from '../operation.ts';
import { byExternalId } from '../shapes.ts';

type ByNumber = { external_id: string };

const entriesSchema = z.object({
  external_id: z.string().describe('Of the entry that stands for the person'),
  joined: z.array(z.string()).describe('External ids of the other entries of this person'),
});

const find = async ({ db }: DashboardDeps, externalId: string): Promise<CustomerId> =>
  found(await findCustomerByExternalId(db, externalId), 'customer');

async function read({ db }: DashboardDeps, person: CustomerId) {
  const { externalId } = found(await getCustomer(db, person), 'customer');
  const joined = await listMergedEntries(db, person);
  return { external_id: externalId, joined: joined.map((one) => one.externalId) };
}

const joinBody = z.strictObject({
  external_id: z.string().min(1).max(500).describe('Of the entry that is the same person'),
});

async function join(deps: DashboardDeps, call: Call<ByNumber, unknown, z.output<typeof joinBody>>) {
  const into = await find(deps, call.params.external_id);
  const merged = await find(deps, call.body.external_id);
  await joinEntries(deps, { into, merged, actor: call.actor });
  return read(deps, into);
}

async function part(deps: DashboardDeps, call: Call<ByNumber>) {
  const entry = found(await findEntry(deps.db, call.params.external_id), 'customer');
  await partEntry(deps, { entry, actor: call.actor });
  return read(deps, entry);
}

export const customerEntries = [
  operation({
    id: 'joinCustomers',
    method: 'post',
    path: '/customers/{external_id}/join',
    scope: 'customers:write',
    summary: 'Say that another entry of the CRM is the same person; it can be parted again',
    params: byExternalId,
    body: joinBody,
    answer: entriesSchema,
    handle: join,
  }),
  operation({
    id: 'partCustomer',
    method: 'post',
    path: '/customers/{external_id}/part',
    scope: 'customers:write',
    summary: 'Say that an entry is a person of its own again',
    params: byExternalId,
    answer: entriesSchema,
    handle: part,
  }),
];

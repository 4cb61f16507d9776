import { z } from 'zod';
import type { CustomerId } from '../../../src/model/ids.ts';
import { getCustomer } from '../../../src/store/customers.ts';
import { findEntry, listMergedEntries } from '../../../src/store/merges.ts';
import type { DashboardDeps } from '../../deps.ts';
import { joinEntries, partEntry } from '../../links/join.ts';
import { type ByExternalId, customerOf } from '../customer.ts';
import { type Call, found, operation } from '../operation.ts';
import { byExternalId } from '../shapes.ts';

const entriesSchema = z.object({
  external_id: z.string().describe('Of the entry that stands for the person'),
  joined: z.array(z.string()).describe('External ids of the other entries of this person'),
});

async function read({ db }: DashboardDeps, person: CustomerId) {
  const { externalId } = found(await getCustomer(db, person), 'customer');
  const joined = await listMergedEntries(db, person);
  return { external_id: externalId, joined: joined.map((one) => one.externalId) };
}

const joinBody = z.strictObject({
  external_id: byExternalId.shape.external_id.describe('Of the entry that is the same person'),
});

async function join(deps: DashboardDeps, call: Call<ByExternalId, unknown, z.output<typeof joinBody>>) {
  const into = await customerOf(deps, call.params);
  const merged = await customerOf(deps, call.body);
  await joinEntries(deps, { into, merged, actor: call.actor });
  return read(deps, into);
}

async function part(deps: DashboardDeps, call: Call<ByExternalId>) {
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

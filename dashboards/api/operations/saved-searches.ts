import { z } from 'zod';
import type { SavedViewId } from '../../../src/model/ids.ts';
import { type SavedView, savedViewSchema } from '../../../src/model/saved-view.ts';
import {
  addSavedView,
  deleteSavedView,
  getSavedView,
  listSharedViews,
} from '../../../src/store/saved-views.ts';
import type { DashboardDeps } from '../../deps.ts';
import { readPage } from '../cursor.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { ownerOf } from '../owner.ts';
import { at, byId, id, iso, pageOf, paging } from '../shapes.ts';

const searchSchema = z
  .object({
    id,
    name: z.string(),
    address: z.string().describe('Path and query of the page Mentions: /mentions?q=…'),
    owner: z.string().describe('Name of whose it is'),
    created_at: at,
  })
  .meta({ id: 'SavedSearch' });

const searchOf = (view: SavedView): z.input<typeof searchSchema> => ({
  id: view.id,
  name: view.name,
  address: view.address,
  owner: view.ownerName,
  created_at: iso(view.createdAt),
});

const written = z.strictObject({
  name: savedViewSchema.shape.name,
  address: savedViewSchema.shape.address.describe('Path and query of the page Mentions: /mentions?q=…'),
});

async function add(deps: DashboardDeps, call: Call<unknown, unknown, z.output<typeof written>>) {
  const owner = await ownerOf(deps, call, 'mentions:read');
  const number = await addSavedView(deps.db, { ...call.body, isShared: true, ownerId: owner.id }, call.now);
  if (number !== null) return searchOf(found(await getSavedView(deps.db, number, owner.id), 'search'));
  return refuse({
    status: 409,
    code: 'taken',
    title: 'Whose it would be has a search of this name, or as many as he may have',
  });
}

async function remove(deps: DashboardDeps, call: Call<{ id: number }>) {
  const number = call.params.id as SavedViewId;
  const owner = await ownerOf(deps, call, 'mentions:read');
  const view = await getSavedView(deps.db, number, owner.id);
  const shared = found(view?.isShared && view.ownerId === owner.id ? view : null, 'search');
  await deleteSavedView(deps.db, number, owner.id);
  return searchOf(shared);
}

const place = z.object({ id: z.int() });

export const savedSearches = [
  operation({
    id: 'listSavedSearches',
    method: 'get',
    path: '/saved-searches',
    scope: 'views:read',
    summary: 'List searches that people share, the oldest first',
    query: z.strictObject(paging),
    answer: pageOf(searchSchema),
    handle: async (deps, { query }) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listSavedSearches', query },
        place,
        (from, atMost) => listSharedViews(deps.db, atMost, from?.id ?? 0),
        (last) => ({ id: last.id }),
      );
      return { data: rows.map(searchOf), next_cursor };
    },
  }),
  operation({
    id: 'addSavedSearch',
    method: 'post',
    path: '/saved-searches',
    scope: 'views:write',
    summary: 'Keep a search for everybody to see',
    detail: 'It belongs to whoever made the token.',
    body: written,
    answer: searchSchema,
    status: 201,
    handle: add,
  }),
  operation({
    id: 'removeSavedSearch',
    method: 'delete',
    path: '/saved-searches/{id}',
    scope: 'views:write',
    summary: 'Remove a shared search, and with it the feeds of it',
    detail: 'One of whoever made the token.',
    params: byId,
    answer: searchSchema,
    handle: remove,
  }),
];

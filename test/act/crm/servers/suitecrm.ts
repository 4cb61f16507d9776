import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { VendorServer, World } from './world.ts';

const CLIENT = 'b7c1e0d2-client';
const SECRET = 'su1te-cl1ent-s3cret';
const API = '/legacy/Api';
const V8 = `${API}/V8`;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Row = Record<string, unknown> & { id: string };

const time = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
const fail = (res: Response, status: number, detail: string): void =>
  void res.status(status).json({ errors: { status, title: null, detail } });

function rowsOf(world: World, module: string): Row[] {
  const tables: Record<string, () => Row[]> = {
    Contacts: () =>
      world.people.map((p) => ({
        id: p.id,
        first_name: p.first,
        last_name: p.last,
        phone_mobile: p.phone,
        phone_work: '',
        title: '',
        account_name: '',
        primary_address_city: null,
        date_modified: time(p.updatedAt),
      })),
    Opportunities: () =>
      world.sales.map((s) => ({
        id: s.id,
        name: s.title,
        amount_usdollar: `${s.amount}.000000`,
        date_closed: '2026-08-25',
        sales_stage: s.isWon ? 'Closed Won' : 'Prospecting',
        date_modified: time(s.updatedAt),
      })),
    Cases: () => world.cases.map(({ id, stage, title }) => ({ id, name: title, status: stage })),
    Notes: () =>
      world.notes.map((note, n) => ({
        id: `note-${n}`,
        description: note.text,
        parent_type: note.on === 'customer' ? 'Contacts' : 'Cases',
        parent_id: note.id,
        date_entered: String(n).padStart(6, '0'),
      })),
    Users: () => [{ id: '1', user_name: 'olga' }],
  };
  const rows = tables[module];
  if (!rows) throw new Error(`Module with name ${module} is not found`);
  return rows();
}

/** What is no column of the table is shown, and cannot be asked for. */
const shownOf = (world: World, module: string, row: Row): Row =>
  module === 'Contacts' ? { ...row, email1: world.people.find(({ id }) => id === row.id)?.email } : row;

const OPERATORS: Record<string, (own: string, wanted: string) => boolean> = {
  eq: (own, wanted) => own === wanted,
  neq: (own, wanted) => own !== wanted,
  gt: (own, wanted) => own > wanted,
  gte: (own, wanted) => own >= wanted,
};

function list(world: World, module: string, req: Request, res: Response): void {
  try {
    const query = new URL(req.originalUrl, 'http://x').searchParams;
    let found = rowsOf(world, module);
    for (const [name, wanted] of query) {
      const [, field, operator = ''] = /^filter\[(\w+)\]\[(\w+)\]$/.exec(name) ?? [];
      if (!field) continue;
      const passes = OPERATORS[operator];
      if (!passes) throw new Error(`Filter operator ${operator} is invalid`);
      found = found.filter((row) => {
        if (!(field in row)) throw new Error(`Filter field ${field} in ${module} module is not found`);
        return passes(String(row[field] ?? ''), wanted);
      });
    }
    const sort = query.get('sort');
    if (sort) {
      const by = sort.replace('-', '');
      found.sort(
        (one, two) => (String(one[by]) < String(two[by]) ? -1 : 1) * (sort.startsWith('-') ? -1 : 1),
      );
    }
    const names = query.get(`fields[${module}]`)?.split(',');
    const data = found.slice(0, Number(query.get('page[size]') ?? 20)).map((row) => {
      const shown = shownOf(world, module, row);
      const attributes = names ? Object.fromEntries(names.map((name) => [name, shown[name]])) : shown;
      return { type: module, id: row.id, attributes };
    });
    res.json({ data });
  } catch (error) {
    fail(res, 400, (error as Error).message);
  }
}

function addRecord(world: World, { body }: Request, res: Response): void {
  const { type, id = randomUUID(), attributes: a } = body?.data ?? {};
  if (!type || !a?.name) return fail(res, 400, 'The required option "data" is missing');
  if (!UUID.test(id)) return fail(res, 400, 'The option "id" is invalid');
  if (type === 'Notes') {
    if (!a.parent_type || !a.parent_id) return fail(res, 400, 'parent');
    const on = a.parent_type === 'Contacts' ? 'customer' : 'record';
    world.notes.push({ on, id: a.parent_id, text: a.description });
    return void res.status(201).json({ data: { type: 'Note', id } });
  }
  if (world.cases.some((one) => one.id === id))
    return fail(res, 400, `Bean Cases with id ${id} is already exist`);
  world.cases.push({ id, key: id, person: null, title: a.name, text: a.description, stage: a.status });
  res.status(201).json({ data: { type: 'Case', id } });
}

function link(world: World, { params, body }: Request, res: Response): void {
  const person = world.people.find(({ id }) => id === params.id);
  const found = world.cases.find(({ id }) => id === body?.data?.id);
  if (!person || !found || body.data.type !== 'Cases') return fail(res, 400, 'no such record');
  found.person = person.id;
  res.status(201).json({ meta: { message: 'added' } });
}

export const suitecrm: VendorServer = {
  kind: 'suitecrm',
  basePath: '',
  secrets: [SECRET],
  personId: (n) => `c0ffee00-0000-4000-8000-${String(n).padStart(12, '0')}`,
  settings: (url) => ({ url, client_id: CLIENT, client_secret: SECRET, currency: 'RUB' }),
  limits: [{ count: 60, withinMs: 10_000 }],
  stages: { open: 'Open_New', in_work: 'Open_Assigned', closed: 'Closed_Closed' },
  noEmailSearch: true,
  isWrite: ({ method, path }) => method !== 'GET' && !path.includes('/access_token'),
  isPreparation: ({ path }) => path.includes('/access_token'),
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 429, words);
    if (what === 'credentials') return void res.status(401).json({ error: 'access_denied', message: words });
    return fail(res, 400, words);
  },
  routes: (app, world) => {
    const tokens = new Set<string>();
    app.post(`${API}/access_token`, ({ body }, res) => {
      const { grant_type, client_id, client_secret } = body ?? {};
      if (grant_type !== 'client_credentials' || client_id !== CLIENT || client_secret !== SECRET)
        return void res
          .status(401)
          .json({ error: 'invalid_client', message: 'Client authentication failed' });
      const token = `ey.${randomUUID()}`;
      tokens.add(token);
      res.json({ token_type: 'Bearer', expires_in: 3600, access_token: token });
    });
    app.use(V8, (req, res, next) => {
      if (!tokens.has((req.headers.authorization ?? '').replace('Bearer ', '')))
        return void res
          .status(401)
          .json({ error: 'access_denied', message: 'The resource owner denied the request.' });
      if (req.method !== 'GET' && !req.is('application/vnd.api+json')) return fail(res, 415, 'media type');
      next();
    });
    app.get(`${V8}/current-user`, (_req, res) =>
      res.json({ data: { type: 'User', id: '1', attributes: { user_name: 'molva' } } }),
    );
    app.get(`${V8}/meta/fields/Cases`, (_req, res) =>
      res.json({
        data: { type: 'fields', attributes: { name: { type: 'name' }, status: { type: 'enum' } } },
      }),
    );
    app.get(`${V8}/module/Opportunities/:id/relationships/contacts`, ({ params }, res) => {
      const sale = world.sales.find(({ id }) => id === params.id);
      if (!sale) return fail(res, 400, 'Opportunities module with this id is not found');
      res.json({ data: [{ type: 'Contact', id: sale.person }] });
    });
    app.get(`${V8}/module/:module`, (req, res) => list(world, req.params.module, req, res));
    app.post(`${V8}/module`, (req, res) => addRecord(world, req, res));
    app.patch(`${V8}/module`, ({ body }, res) => {
      const found = world.cases.find(({ id }) => id === body?.data?.id);
      if (!found) return fail(res, 400, 'Cases module with this id is not found');
      found.stage = body.data.attributes.status;
      res.json({ data: { type: 'Case', id: found.id } });
    });
    app.post(`${V8}/module/Contacts/:id/relationships`, (req, res) => link(world, req, res));
  },
};

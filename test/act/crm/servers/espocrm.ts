import type { Request, Response } from 'express';
import type { VendorServer, World } from './world.ts';

const KEY = 'esp0-ap1-k3y-s3cret';

type Row = Record<string, unknown>;
interface Where {
  type: string;
  attribute: string;
  value: unknown;
}

const time = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
const fail = (res: Response, status: number, message: string): void =>
  void res.status(status).set('x-status-reason', 'no').json({ message });

function rowsOf(world: World, type: string): Row[] {
  if (type === 'Contact')
    return world.people.map((p) => ({
      id: p.id,
      name: `${p.first} ${p.last}`,
      emailAddress: p.email,
      phoneNumber: p.phone,
      accountName: null,
      title: '',
      addressCity: null,
      modifiedAt: time(p.updatedAt),
    }));
  if (type === 'Opportunity')
    return world.sales.map((s) => ({
      id: s.id,
      name: s.title,
      amount: s.amount,
      amountCurrency: 'RUB',
      closeDate: '2026-08-25',
      contactId: s.person,
      stage: s.isWon ? 'Closed Won' : 'Prospecting',
      modifiedAt: time(s.updatedAt),
    }));
  if (type === 'User') return [{ id: '1', name: 'Ольга' }];
  return world.cases.map(({ id, key, stage, title }) => ({ id, name: title, cMolvaKey: key, status: stage }));
}

function passes(row: Row, { type, attribute, value }: Where): boolean {
  if (type === 'or') return (value as Where[]).some((one) => passes(row, one));
  if (!(attribute in row) && attribute !== 'cMolvaKey') throw new Error(`no attribute ${attribute}`);
  if (type === 'equals') return row[attribute] === value;
  if (type === 'after') return String(row[attribute]) > String(value);
  if (type === 'in') return (value as unknown[]).includes(row[attribute]);
  throw new Error(`no such type ${type}`);
}

/** `where[0][value][1][type]=…` as PHP reads it. */
function whereOf(req: Request): Where[] {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URL(req.originalUrl, 'http://x').searchParams) {
    if (!name.startsWith('where[')) continue;
    const path = [...name.matchAll(/\[(\w+)\]/g)].map(([, key]) => key ?? '');
    let at: Record<string, unknown> = root;
    for (const key of path.slice(0, -1)) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ''] = value;
  }
  const lists = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node).map(([key, part]) => [key, lists(part)] as const);
    return entries.every(([key]) => /^\d+$/.test(key))
      ? entries.map(([, part]) => part)
      : Object.fromEntries(entries);
  };
  return lists(root) as Where[];
}

function list(world: World, type: string, req: Request, res: Response): void {
  try {
    const { maxSize = '20', offset = '0', select } = req.query as Record<string, string>;
    if (Number(maxSize) > 200) return fail(res, 403, 'maxSize should not exceed 200');
    const found = rowsOf(world, type).filter((row) => whereOf(req).every((one) => passes(row, one)));
    const names = select?.split(',');
    const page = found.slice(Number(offset), Number(offset) + Number(maxSize));
    const shown = page.map((row) =>
      names ? Object.fromEntries(names.map((name) => [name, row[name]])) : row,
    );
    res.json({ total: found.length, list: shown });
  } catch (error) {
    fail(res, 400, (error as Error).message);
  }
}

function addCase(world: World, { body, headers }: Request, res: Response): void {
  if (!body.name)
    return fail(res, 400, 'Field validation failure; entityType: Case, field: name, type: required.');
  const isKnown = world.cases.some(({ title }) => title === body.name);
  if (isKnown && headers['x-skip-duplicate-check'] !== 'true') return fail(res, 409, 'duplicate');
  const id = `66aa${world.cases.length}`;
  world.cases.push({
    id,
    key: body.cMolvaKey,
    person: body.contactId ?? null,
    title: body.name,
    text: body.description,
    stage: 'New',
  });
  res.json({ id, ...body });
}

export const espocrm: VendorServer = {
  kind: 'espocrm',
  basePath: '',
  secrets: [KEY],
  personId: (n) => `65f0c${String(n).padStart(12, '0')}`,
  settings: (url) => ({ url, api_key: KEY }),
  limits: [{ count: 60, withinMs: 10_000 }],
  stages: { open: 'New', in_work: 'Assigned', closed: 'Closed' },
  isWrite: ({ method }) => method !== 'GET',
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 429, words);
    if (what === 'credentials') return fail(res, 401, words);
    return fail(res, 400, words);
  },
  routes: (app, world) => {
    const v1 = '/api/v1';
    app.use(v1, (req, res, next) => {
      if (req.headers['x-api-key'] !== KEY) return fail(res, 401, 'no key');
      if (req.method !== 'GET' && !req.is('application/json')) return fail(res, 415, 'send JSON');
      next();
    });
    app.get(`${v1}/App/user`, (_req, res) => res.json({ user: { userName: 'molva' } }));
    app.get(`${v1}/Metadata`, (_req, res) =>
      res.json({
        name: { type: 'varchar' },
        status: { type: 'enum', options: ['New', 'Assigned', 'Closed'] },
      }),
    );
    app.get(`${v1}/:type`, (req, res) => list(world, req.params.type, req, res));
    app.get(`${v1}/Contact/:id`, (req, res) => {
      const found = rowsOf(world, 'Contact').find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'Not found');
      res.json(found);
    });
    app.get(`${v1}/:type/:id/stream`, (req, res) => {
      const on = req.params.type === 'Contact' ? 'customer' : 'record';
      const found = world.notes.filter((note) => note.on === on && note.id === req.params.id);
      res.json({
        total: found.length,
        list: found.map(({ text }) => ({ type: 'Post', post: text })).reverse(),
      });
    });
    app.post(`${v1}/Case`, (req, res) => addCase(world, req, res));
    app.put(`${v1}/Case/:id`, (req, res) => {
      const found = world.cases.find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'Not found');
      found.stage = req.body.status;
      res.json({ id: found.id });
    });
    app.post(`${v1}/Note`, ({ body }, res) => {
      if (body.type !== 'Post' || !body.post || !body.parentId) return fail(res, 400, 'post is required');
      const on = body.parentType === 'Contact' ? 'customer' : 'record';
      world.notes.push({ on, id: body.parentId, text: body.post });
      res.json({ id: 'n' });
    });
  },
};

import type { Request, Response } from 'express';
import type { Case, Person, Sale, VendorServer, World } from './world.ts';

const TOKEN = 'am0crm-l0ng-lived-t0ken';
const KEY_FIELD = 778;

const contact = (p: Person) => ({
  id: Number(p.id),
  name: `${p.last} ${p.first}`,
  responsible_user_id: 1,
  updated_at: Math.floor(p.updatedAt.getTime() / 1000),
  custom_fields_values: [
    { field_id: 1, field_code: 'PHONE', values: [{ value: p.phone, enum_code: 'WORK' }] },
    { field_id: 2, field_code: 'EMAIL', values: [{ value: p.email, enum_code: 'WORK' }] },
  ],
});
const sale = (s: Sale) => ({
  id: Number(s.id),
  name: s.title,
  price: s.amount,
  status_id: s.isWon ? 142 : 20,
  pipeline_id: 1,
  closed_at: 1_787_000_000,
  updated_at: Math.floor(s.updatedAt.getTime() / 1000),
  custom_fields_values: null,
  _embedded: { contacts: [{ id: Number(s.person), is_main: true }] },
});
const lead = (c: Case) => ({
  id: Number(c.id),
  name: c.title,
  price: 0,
  status_id: Number(c.stage),
  pipeline_id: 1,
  closed_at: null,
  updated_at: 0,
  custom_fields_values: [{ field_id: KEY_FIELD, field_code: null, values: [{ value: c.key }] }],
  _embedded: { contacts: [] },
});

const fail = (res: Response, status: number, title: string, detail: string): void =>
  void res.status(status).type('application/problem+json').send(JSON.stringify({ title, status, detail }));

const invalid = (res: Response, path: string, detail: string): void =>
  void res
    .status(400)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        title: 'Bad Request',
        'validation-errors': [{ request_id: '0', errors: [{ code: 'X', path, detail }] }],
      }),
    );

function sendPage(res: Response, kind: string, all: unknown[], query: Record<string, unknown>): void {
  const limit = Number(query.limit ?? 50);
  if (limit > 250) return invalid(res, 'limit', 'at most 250');
  const from = (Number(query.page ?? 1) - 1) * limit;
  const items = all.slice(from, from + limit);
  if (items.length === 0) return void res.status(204).end();
  const next = from + limit < all.length ? { next: { href: 'next' } } : {};
  res
    .type('application/hal+json')
    .send(JSON.stringify({ _links: { self: {}, ...next }, _embedded: { [kind]: items } }));
}

type Thing = { id: number; updated_at: number };

/** Filters as they stand in the address; `query` looks at every field. */
function pick<T extends Thing>(all: T[], req: Request): T[] {
  const params = new URL(req.originalUrl, 'http://x').searchParams;
  const from = Number(params.get('filter[updated_at][from]') ?? 0);
  const query = params.get('query');
  const ids = [...params].filter(([name]) => name.startsWith('filter[id]')).map(([, id]) => Number(id));
  return all
    .filter((one) => one.updated_at >= from || from === 0)
    .filter((one) => query === null || JSON.stringify(one).includes(query))
    .filter((one) => ids.length === 0 || ids.includes(one.id))
    .sort((one, two) => one.id - two.id);
}

function addLead(world: World, { body }: Request, res: Response): void {
  if (!Array.isArray(body) || body.length > 50) return invalid(res, '', 'an array of at most 50');
  const [wish] = body;
  const [field] = wish.custom_fields_values ?? [];
  if (field && field.field_id !== KEY_FIELD)
    return invalid(res, 'custom_fields_values.0.field_id', 'NotSupportedChoice');
  const [who] = wish._embedded?.contacts ?? [];
  if (who && !world.people.some(({ id }) => id === String(who.id)))
    return invalid(res, '_embedded.contacts.0.id', 'there is no such contact');
  const id = String(640_000 + world.cases.length);
  world.cases.push({
    id,
    key: String(field?.values[0].value),
    person: who ? String(who.id) : null,
    title: wish.name,
    text: '',
    stage: String(wish.status_id ?? 10),
  });
  res.json([
    { id: Number(id), contact_id: null, company_id: null, request_id: [wish.request_id], merged: false },
  ]);
}

export const amocrm: VendorServer = {
  kind: 'amocrm',
  basePath: '',
  secrets: [TOKEN],
  personId: (n) => String(30_001 + n),
  settings: (url) => ({ url, access_token: TOKEN, key_field_id: KEY_FIELD }),
  limits: [{ count: 7, withinMs: 1000 }],
  stages: { open: '10', in_work: '20', closed: '142' },
  isWrite: ({ method }) => method !== 'GET',
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 429, 'Too Many Requests', words);
    if (what === 'credentials') return fail(res, 401, 'Unauthorized', words);
    return invalid(res, 'name', words);
  },
  routes: (app, world) => {
    app.use('/api/v4', (req, res, next) => {
      if (req.headers.authorization !== `Bearer ${TOKEN}`) return fail(res, 401, 'Unauthorized', 'no token');
      if (req.method !== 'GET' && !req.is('application/json'))
        return fail(res, 400, 'Bad Request', 'send JSON');
      next();
    });
    app.get('/api/v4/account', (_req, res) =>
      res.json({ id: 1, name: 'Ромашка', subdomain: 'r', currency: 'RUB' }),
    );
    app.get('/api/v4/contacts', (req, res) =>
      sendPage(res, 'contacts', pick(world.people.map(contact), req), req.query),
    );
    app.get('/api/v4/contacts/:id', (req, res) => {
      const found = world.people.find(({ id }) => id === req.params.id);
      if (!found) return void res.status(204).end();
      res.json(contact(found));
    });
    app.get('/api/v4/leads/pipelines', (_req, res) => {
      const stage = (id: number, name: string, sort: number, type = 0) => ({ id, name, sort, type });
      const statuses = [
        stage(9, 'Неразобранное', 10, 1),
        stage(10, 'Первичный контакт', 20),
        stage(20, 'Переговоры', 30),
        stage(142, 'Успешно', 10_000),
        stage(143, 'Закрыто', 11_000),
      ];
      res.json({ _embedded: { pipelines: [{ id: 1, name: 'Воронка', _embedded: { statuses } }] } });
    });
    app.get('/api/v4/leads/custom_fields', (req, res) =>
      sendPage(res, 'custom_fields', [{ id: KEY_FIELD, name: 'Ключ Молвы', type: 'text' }], req.query),
    );
    app.get('/api/v4/leads/custom_fields/:id', (req, res) => {
      if (req.params.id !== String(KEY_FIELD)) return fail(res, 404, 'Not Found', 'there is no such field');
      res.json({ id: KEY_FIELD, name: 'Ключ Молвы', type: 'text' });
    });
    app.get('/api/v4/users', (req, res) => sendPage(res, 'users', [{ id: 1, name: 'Ольга' }], req.query));
    app.get('/api/v4/leads', (req, res) =>
      sendPage(res, 'leads', pick([...world.cases.map(lead), ...world.sales.map(sale)], req), req.query),
    );
    app.post('/api/v4/leads/complex', (req, res) => addLead(world, req, res));
    app.patch('/api/v4/leads/:id', (req, res) => {
      const found = world.cases.find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'Not Found', 'there is no such lead');
      found.stage = String(req.body.status_id);
      res.json({ id: Number(found.id) });
    });
    app.get('/api/v4/:kind/:id/notes', (req, res) => {
      const on = req.params.kind === 'contacts' ? 'customer' : 'record';
      const found = world.notes.filter((note) => note.on === on && note.id === req.params.id);
      const notes = found.map(({ text }, n) => ({ id: n, note_type: 'common', params: { text } }));
      sendPage(res, 'notes', notes.reverse(), req.query);
    });
    app.post('/api/v4/:kind/:id/notes', (req, res) => {
      const [wish] = req.body;
      if (wish?.note_type !== 'common' || !wish.params?.text)
        return invalid(res, '0.params.text', 'NotBlank');
      const on = req.params.kind === 'contacts' ? 'customer' : 'record';
      world.notes.push({ on, id: req.params.id, text: wish.params.text });
      res.json({ _embedded: { notes: [{ id: world.notes.length }] } });
    });
  },
};

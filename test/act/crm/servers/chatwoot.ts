import type { Request, Response } from 'express';
import type { Person, VendorServer, World } from './world.ts';

const TOKEN = 'ch4tw00t-t0ken-s3cret';
const ROOT = '/api/v1/accounts/7';
const STAND_IN = 990_001;

const fail = (res: Response, status: number, error: string): void => void res.status(status).json({ error });

interface Filter {
  attribute_key: string;
  filter_operator: string;
  values: (string | number)[];
  query_operator: 'AND' | 'OR' | null;
}

interface Contact {
  id: number;
  identifier: string | null;
  email: string | null;
  phone_number: string | null;
}

const contact = (p: Person): Contact & { name: string; additional_attributes: object } => ({
  id: Number(p.id),
  name: `${p.first} ${p.last}`,
  email: p.email,
  phone_number: p.phone,
  identifier: null,
  additional_attributes: {},
});

/** Any or all of the conditions, as they are joined; only the first value of each counts with contacts. */
function filterOf({ body }: Request, knows: (key: string) => boolean): Filter[] | string {
  const payload = body?.payload;
  if (!Array.isArray(payload) || payload.length === 0) return 'payload is missing';
  for (const [n, one] of payload.entries()) {
    if (!knows(one.attribute_key)) return `Invalid attribute key - [${one.attribute_key}]`;
    if (one.filter_operator !== 'equal_to' || !Array.isArray(one.values)) return 'Invalid operator';
    const isLast = n === payload.length - 1;
    if (isLast !== (one.query_operator === null)) return 'Query operator must be either "AND" or "OR"';
  }
  return payload;
}

function filterContacts(world: World, hasStandIn: boolean, req: Request, res: Response): void {
  const filters = filterOf(req, (key) => ['email', 'phone_number', 'identifier'].includes(key));
  if (typeof filters === 'string') return fail(res, 422, filters);
  const all: Contact[] = [
    ...world.people.map(contact),
    ...(hasStandIn ? [{ id: STAND_IN, identifier: 'molva', email: null, phone_number: null }] : []),
  ];
  const found = all.filter((one) =>
    filters.some(({ attribute_key: key, values: [value] }) => {
      const wanted = key === 'phone_number' ? `+${value}` : String(value).toLowerCase();
      return String(one[key as keyof Contact] ?? '').toLowerCase() === wanted;
    }),
  );
  res.json({ meta: { count: found.length }, payload: found.slice(0, 15) });
}

function filterConversations(world: World, req: Request, res: Response): void {
  const filters = filterOf(req, (key) => ['molva_key', 'display_id'].includes(key));
  if (typeof filters === 'string') return fail(res, 422, filters);
  const found = world.cases.filter((one) =>
    filters.some(({ attribute_key: key, values }) =>
      values.map((value) => String(value).toLowerCase()).includes(key === 'display_id' ? one.id : one.key),
    ),
  );
  const shown = found.map(({ id, stage }) => ({ id: Number(id), status: stage }));
  res.json({ meta: { all_count: found.length }, payload: shown.slice(0, 25) });
}

function addConversation(world: World, hasStandIn: boolean, { body }: Request, res: Response): void {
  const isStandIn = hasStandIn && body.contact_id === STAND_IN;
  const person = world.people.find(({ id }) => id === String(body.contact_id));
  if (!person && !isStandIn) return fail(res, 404, 'Resource could not be found');
  if (body.inbox_id !== 3) return fail(res, 404, 'Resource could not be found');
  if (!body.source_id) return fail(res, 422, 'the test wants a source_id');
  const id = String(100 + world.cases.length);
  const key = body.custom_attributes?.molva_key;
  world.cases.push({ id, key, person: person?.id ?? null, title: '', text: '', stage: body.status });
  res.json({ id: Number(id), inbox_id: 3, status: body.status });
}

function messages(world: World, { params, query }: Request, res: Response): void {
  if (!world.cases.some(({ id }) => id === params.id)) return fail(res, 404, 'Resource could not be found');
  const all = world.notes
    .map((note, n) => ({ note, id: n + 1 }))
    .filter(({ note }) => note.on === 'record' && note.id === params.id)
    .map(({ note, id }) => ({ id, content: note.text, private: true }));
  if (query.after === undefined) return void res.json({ payload: all.slice(-20) });
  res.json({ payload: all.filter(({ id }) => id > Number(query.after)).slice(0, 100) });
}

export const chatwoot: VendorServer = {
  kind: 'chatwoot',
  basePath: '',
  secrets: [TOKEN],
  personId: (n) => String(5001 + n),
  settings: (url) => ({ url, account_id: 7, inbox_id: 3, api_access_token: TOKEN }),
  limits: [{ count: 3000, withinMs: 60_000 }],
  stages: { open: 'open', in_work: 'pending', closed: 'resolved' },
  noPurchases: true,
  readsAll: true,
  isWrite: ({ method, path }) => method !== 'GET' && !path.endsWith('/filter'),
  refuse: (res, what, words) => {
    if (what === 'limit') return void res.status(429).type('text').send('Retry later\n');
    return fail(res, what === 'credentials' ? 401 : 422, words);
  },
  routes: (app, world) => {
    let hasStandIn = false;
    app.use('/api/v1', (req, res, next) => {
      if (req.headers.api_access_token !== TOKEN) return fail(res, 401, 'Invalid Access Token');
      if (req.method !== 'GET' && !req.is('application/json')) return fail(res, 415, 'send JSON');
      next();
    });
    app.get('/api/v1/profile', (_req, res) => res.json({ id: 1, name: 'Ольга', email: 'olga@example.ru' }));
    app.get(`${ROOT}/inboxes`, (_req, res) => res.json({ payload: [{ id: 3, name: 'Молва' }] }));
    app.get(`${ROOT}/inboxes/3`, (_req, res) =>
      res.json({ id: 3, name: 'Молва', channel_type: 'Channel::Api' }),
    );
    app.get(`${ROOT}/custom_attribute_definitions`, ({ query }, res) => {
      const one = {
        attribute_key: 'molva_key',
        attribute_display_name: 'Molva',
        attribute_display_type: 'text',
      };
      res.json(query.attribute_model === '0' ? [one] : []);
    });
    app.get(`${ROOT}/agents`, (_req, res) => res.json([{ id: 1, name: 'Ольга' }]));
    app.post(`${ROOT}/contacts/filter`, (req, res) => filterContacts(world, hasStandIn, req, res));
    app.post(`${ROOT}/contacts`, ({ body }, res) => {
      if (body.identifier !== 'molva' || hasStandIn)
        return fail(res, 422, 'Identifier has already been taken');
      hasStandIn = true;
      res.json({ payload: { contact: { id: STAND_IN }, contact_inbox: {} } });
    });
    app.get(`${ROOT}/contacts`, ({ query }, res) => {
      if (query.sort !== 'created_at') return fail(res, 422, 'the test wants an order that lasts');
      const from = (Number(query.page ?? 1) - 1) * 15;
      const all = [
        ...world.people.map(contact),
        ...(hasStandIn ? [{ id: STAND_IN, identifier: 'molva' }] : []),
      ];
      res.json({ meta: { count: all.length }, payload: all.slice(from, from + 15) });
    });
    app.get(`${ROOT}/contacts/:id`, ({ params }, res) => {
      const found = world.people.find(({ id }) => id === params.id);
      if (!found) return fail(res, 404, 'Resource could not be found');
      res.json({ payload: contact(found) });
    });
    app.get(`${ROOT}/contacts/:id/notes`, ({ params }, res) => {
      const found = world.notes.filter(({ on, id }) => on === 'customer' && id === params.id);
      res.json(found.map(({ text }, id) => ({ id, content: text })));
    });
    app.post(`${ROOT}/contacts/:id/notes`, ({ params, body }, res) => {
      if (!body.content) return fail(res, 422, "Content can't be blank");
      world.notes.push({ on: 'customer', id: String(params.id), text: body.content });
      res.json({ id: world.notes.length });
    });
    app.post(`${ROOT}/conversations/filter`, (req, res) => filterConversations(world, req, res));
    app.post(`${ROOT}/conversations`, (req, res) => addConversation(world, hasStandIn, req, res));
    app.get(`${ROOT}/conversations/:id/messages`, (req, res) => messages(world, req, res));
    app.post(`${ROOT}/conversations/:id/:what`, ({ params, body }, res) => {
      const found = world.cases.find(({ id }) => id === params.id);
      if (!found) return fail(res, 404, 'Resource could not be found');
      if (params.what === 'toggle_status') found.stage = body.status;
      if (params.what === 'messages') {
        if (!body.content) return fail(res, 422, "Content can't be blank");
        if (body.private !== true) return fail(res, 422, 'the customer must not get it');
        world.notes.push({ on: 'record', id: found.id, text: body.content });
      }
      res.json({ id: 1 });
    });
  },
};

import type { Request, Response } from 'express';
import type { Person, VendorServer, World } from './world.ts';

const TOKEN = 'z3nd3sk-t0ken';
const BASIC = Buffer.from(`agent@example.com/token:${TOKEN}`).toString('base64');

const user = (p: Person) => ({
  id: Number(p.id),
  name: `${p.last} ${p.first}`,
  email: p.email,
  phone: p.phone,
  role: 'end-user',
  active: true,
});

const fail = (res: Response, status: number, error: string, description: string): void =>
  void res.status(status).json({ error, description });

function addTicket(world: World, { body, headers }: Request, res: Response): void {
  const ticket = body?.ticket;
  if (!ticket?.comment?.body) return fail(res, 422, 'RecordInvalid', 'Description: cannot be blank');
  if (!headers['idempotency-key']) return fail(res, 400, 'X', 'the test wants an idempotency key');
  if (ticket.requester_id && !world.people.some(({ id }) => id === String(ticket.requester_id)))
    return fail(res, 422, 'RecordInvalid', 'Requester: is invalid');
  const id = String(35_000 + world.cases.length);
  world.cases.push({
    id,
    key: ticket.external_id,
    person: ticket.requester_id ? String(ticket.requester_id) : null,
    title: ticket.subject,
    text: ticket.comment.body,
    stage: 'new',
  });
  res.status(201).json({ ticket: { id: Number(id) } });
}

/** Changed ones by time, with a cursor that keeps the place; nothing of the last minute. */
function exportUsers(world: World, { query }: Request, res: Response): void {
  if (query.cursor === undefined && query.start_time === undefined)
    return fail(res, 400, 'InvalidValue', 'start_time is required');
  const [at = '0', after = '0'] = String(query.cursor ?? `${query.start_time}`).split('.');
  const place = [Number(at), Number(after)] as const;
  const limit = Number(query.per_page ?? 1000);
  const upTo = world.clock.now().getTime() - 60_000;
  const keyOf = (p: Person) => [p.updatedAt.getTime(), Number(p.id)] as const;
  const news = world.people
    .filter((p) => {
      const [time, id] = keyOf(p);
      return time <= upTo && (time > place[0] || (time === place[0] && id > place[1]));
    })
    .sort((one, two) => keyOf(one)[0] - keyOf(two)[0] || Number(one.id) - Number(two.id));
  const page = news.slice(0, limit);
  const last = page.at(-1);
  res.json({
    users: page.map(user),
    after_cursor: last ? keyOf(last).join('.') : String(query.cursor ?? ''),
    end_of_stream: news.length <= limit,
  });
}

export const zendesk: VendorServer = {
  kind: 'zendesk',
  basePath: '',
  secrets: [TOKEN, BASIC],
  personId: (n) => String(7001 + n),
  settings: (url) => ({ url, email: 'agent@example.com', api_token: TOKEN }),
  limits: [
    { count: 200, withinMs: 60_000 },
    { path: '/incremental/', count: 10, withinMs: 60_000 },
  ],
  stages: { open: 'new', in_work: 'open', closed: 'solved' },
  noPurchases: true,
  noCustomerNotes: true,
  isWrite: ({ method }) => method !== 'GET',
  refuse: (res, what, words) => {
    if (what === 'limit') return void res.status(429).set('retry-after', '30').json({ error: words });
    if (what === 'credentials') return fail(res, 401, "Couldn't authenticate you", words);
    return fail(res, 422, 'RecordInvalid', words);
  },
  routes: (app, world) => {
    app.use('/api/v2', (req, res, next) => {
      if (req.headers.authorization !== `Basic ${BASIC}`)
        return fail(res, 401, "Couldn't authenticate you", 'no');
      if (req.method !== 'GET' && !req.is('application/json')) return fail(res, 415, 'X', 'send JSON');
      next();
    });
    app.get('/api/v2/tickets.json', ({ query }, res) => {
      const found = world.cases.filter(({ key }) => key === query.external_id);
      res.json({ tickets: found.map(({ id }) => ({ id: Number(id) })), count: found.length });
    });
    app.post('/api/v2/tickets.json', (req, res) => addTicket(world, req, res));
    app.put('/api/v2/tickets/:file', (req, res) => {
      const id = req.params.file.replace('.json', '');
      const found = world.cases.find((one) => one.id === id);
      if (!found) return fail(res, 404, 'RecordNotFound', 'Not found');
      const { status, comment } = req.body.ticket;
      if (status) found.stage = status;
      if (comment) world.notes.push({ on: 'record', id, text: comment.body });
      res.json({ ticket: { id: Number(id) } });
    });
    app.get('/api/v2/tickets/show_many.json', ({ query }, res) => {
      const ids = String(query.ids).split(',');
      if (ids.length > 100) return fail(res, 400, 'X', 'too many');
      const found = world.cases.filter(({ id }) => ids.includes(id));
      res.json({ tickets: found.map(({ id, stage }) => ({ id: Number(id), status: stage })) });
    });
    app.get('/api/v2/tickets/:id/comments.json', (req, res) => {
      const found = world.notes.filter(({ id }) => id === req.params.id);
      res.json({ comments: found.map(({ text }) => ({ body: text })) });
    });
    app.get('/api/v2/users/me.json', (_req, res) =>
      res.json({ user: { id: 1, name: 'Ольга', role: 'admin' } }),
    );
    app.get('/api/v2/users/search.json', ({ query }, res) => {
      const [, field, value] = /^(email|phone):"([^"]*)"$/.exec(String(query.query)) ?? [];
      if (!field) return fail(res, 422, 'X', 'the query cannot be read');
      res.json({ users: world.people.filter((p) => p[field as 'email' | 'phone'] === value).map(user) });
    });
    app.get('/api/v2/users.json', (_req, res) =>
      res.json({ users: [{ id: 1, name: 'Ольга', role: 'agent' }] }),
    );
    app.get('/api/v2/users/:file', (req, res) => {
      const found = world.people.find(({ id }) => `${id}.json` === req.params.file);
      if (!found) return fail(res, 404, 'RecordNotFound', 'Not found');
      res.json({ user: user(found) });
    });
    app.get('/api/v2/incremental/users/cursor.json', (req, res) => exportUsers(world, req, res));
    app.get('/api/v2/ticket_fields.json', (_req, res) =>
      res.json({ ticket_fields: [{ id: 1, title: 'Subject', type: 'subject' }] }),
    );
    app.get('/api/v2/groups.json', (_req, res) => res.json({ groups: [{ id: 3, name: 'Support' }] }));
  },
};

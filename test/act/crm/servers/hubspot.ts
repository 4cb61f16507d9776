import type { Request, Response } from 'express';
import type { Person, Sale, VendorServer, World } from './world.ts';

const TOKEN = 'pat-eu1-hubsp0t-s3cret';

type Properties = Record<string, string | null>;
interface Thing {
  id: string;
  properties: Properties;
}

const contact = (p: Person): Thing => ({
  id: p.id,
  properties: {
    hs_object_id: p.id,
    firstname: p.first,
    lastname: p.last,
    email: p.email,
    phone: p.phone,
    mobilephone: null,
    company: null,
    jobtitle: '',
    city: null,
    lastmodifieddate: String(p.updatedAt.getTime()),
  },
});
const deal = (s: Sale): Thing => ({
  id: s.id,
  properties: {
    hs_object_id: s.id,
    dealname: s.title,
    amount: String(s.amount),
    closedate: '2026-08-25T13:16:04Z',
    deal_currency_code: 'RUB',
    hs_is_closed_won: String(s.isWon),
    hs_lastmodifieddate: String(s.updatedAt.getTime()),
  },
});

const fail = (res: Response, status: number, category: string, message: string): void =>
  void res.status(status).json({ status: 'error', category, message, correlationId: 'x' });

function search(things: Thing[], { body }: Request, res: Response): void {
  const { filterGroups = [], limit = 10, sorts, properties } = body;
  if (limit > 200 || filterGroups.length > 5) return fail(res, 400, 'VALIDATION_ERROR', 'too much at once');
  const passes = (
    thing: Thing,
    filter: { propertyName: string; operator: string; value: string },
  ): boolean => {
    const own = thing.properties[filter.propertyName];
    if (own === undefined) throw new Error(filter.propertyName);
    if (filter.operator === 'EQ') return own === filter.value;
    if (filter.operator === 'GT') return Number(own) > Number(filter.value);
    if (filter.operator === 'GTE') return Number(own) >= Number(filter.value);
    throw new Error(filter.operator);
  };
  try {
    const found = things.filter(
      (thing) =>
        filterGroups.length === 0 ||
        filterGroups.some((group: { filters: never[] }) =>
          group.filters.every((filter) => passes(thing, filter)),
        ),
    );
    if (sorts) found.sort((one, two) => Number(one.id) - Number(two.id));
    res.json({
      total: found.length,
      results: found.slice(0, limit).map((thing) => shown(thing, properties)),
    });
  } catch (error) {
    fail(res, 400, 'VALIDATION_ERROR', `no such property: ${(error as Error).message}`);
  }
}

/** Properties that nobody asked for are not told. */
const shown = ({ id, properties }: Thing, names: string[] = []): Thing => ({
  id,
  properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? null])),
});

const KNOWN = [
  'hs_pipeline',
  'hs_pipeline_stage',
  'hs_ticket_priority',
  'subject',
  'content',
  'hubspot_owner_id',
  'molva_key',
];

function addTicket(world: World, { body }: Request, res: Response): void {
  const { properties = {}, associations = [] } = body;
  const unknown = Object.keys(properties).find((name) => !KNOWN.includes(name));
  if (unknown) return fail(res, 400, 'VALIDATION_ERROR', `Property "${unknown}" does not exist`);
  if (!properties.hs_pipeline_stage)
    return fail(res, 400, 'VALIDATION_ERROR', 'hs_pipeline_stage is required');
  if (world.cases.some(({ key }) => key === properties.molva_key))
    return fail(res, 409, 'CONFLICT', 'a ticket with this value of molva_key exists');
  const [to] = associations;
  if (to && to.types[0].associationTypeId !== 16)
    return fail(res, 400, 'VALIDATION_ERROR', 'no such association');
  const id = String(9000 + world.cases.length);
  world.cases.push({
    id,
    key: properties.molva_key,
    person: to ? String(to.to.id) : null,
    title: properties.subject,
    text: properties.content,
    stage: properties.hs_pipeline_stage,
  });
  res.status(201).json({ id, properties });
}

export const hubspot: VendorServer = {
  kind: 'hubspot',
  basePath: '/hub',
  secrets: [TOKEN],
  personId: (n) => String(501 + n),
  settings: (url) => ({ url, access_token: TOKEN }),
  limits: [
    { count: 100, withinMs: 10_000 },
    { path: '/search', count: 4, withinMs: 1000 },
  ],
  stages: { open: '1', in_work: '3', closed: '4' },
  isWrite: ({ method, path }) =>
    method === 'PATCH' || (method === 'POST' && /\/objects\/(tickets|notes)$/.test(path)),
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 429, 'RATE_LIMITS', words);
    if (what === 'credentials') return fail(res, 401, 'INVALID_AUTHENTICATION', words);
    return fail(res, 400, 'VALIDATION_ERROR', words);
  },
  routes: (app, world) => {
    const v3 = '/hub/crm/v3/objects';
    app.use((req, res, next) => {
      if (req.headers.authorization !== `Bearer ${TOKEN}`)
        return fail(res, 401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found');
      if (req.method !== 'GET' && !req.is('application/json')) return fail(res, 415, 'X', 'send JSON');
      next();
    });
    app.get(`${v3}/contacts`, ({ query }, res) => {
      const from = Number(query.after ?? 0);
      const limit = Number(query.limit);
      const names = String(query.properties).split(',');
      const things = world.people.slice(from, from + limit).map((p) => shown(contact(p), names));
      const next = from + limit < world.people.length ? { next: { after: String(from + limit) } } : undefined;
      res.json({ results: things, ...(next ? { paging: next } : {}) });
    });
    app.get(`${v3}/contacts/:id`, (req, res) => {
      const found = world.people.find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'OBJECT_NOT_FOUND', 'resource not found');
      res.json(shown(contact(found), String(req.query.properties ?? 'email').split(',')));
    });
    app.post(`${v3}/contacts/search`, (req, res) => search(world.people.map(contact), req, res));
    app.post(`${v3}/deals/search`, (req, res) => search(world.sales.map(deal), req, res));
    app.post('/hub/crm/v4/associations/deals/contacts/batch/read', ({ body }, res) => {
      const results = body.inputs.flatMap(({ id }: { id: string }) => {
        const sale = world.sales.find((one) => one.id === id);
        return sale
          ? [{ from: { id }, to: [{ toObjectId: Number(sale.person), associationTypes: [] }] }]
          : [];
      });
      res.json({ status: 'COMPLETE', results });
    });
    app.get(`${v3}/tickets/:key`, (req, res) => {
      if (req.query.idProperty !== 'molva_key') return fail(res, 400, 'VALIDATION_ERROR', 'no such property');
      const found = world.cases.find(({ key }) => key === req.params.key);
      if (!found) return fail(res, 404, 'OBJECT_NOT_FOUND', 'resource not found');
      res.json({ id: found.id, properties: {} });
    });
    app.post(`${v3}/tickets`, (req, res) => addTicket(world, req, res));
    app.patch(`${v3}/tickets/:id`, (req, res) => {
      const found = world.cases.find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'OBJECT_NOT_FOUND', 'resource not found');
      found.stage = req.body.properties.hs_pipeline_stage ?? found.stage;
      res.json({ id: found.id, properties: {} });
    });
    app.post(`${v3}/tickets/batch/read`, ({ body }, res) => {
      const results = body.inputs.flatMap(({ id }: { id: string }) => {
        const found = world.cases.find((one) => one.id === id);
        return found ? [{ id, properties: { hs_pipeline_stage: found.stage } }] : [];
      });
      // Those that are gone are errors beside the others.
      res.status(results.length < body.inputs.length ? 207 : 200).json({ status: 'COMPLETE', results });
    });
    app.post(`${v3}/notes`, ({ body }, res) => {
      const [to] = body.associations ?? [];
      if (!body.properties?.hs_timestamp)
        return fail(res, 400, 'VALIDATION_ERROR', 'hs_timestamp is required');
      const on = to.types[0].associationTypeId === 202 ? 'customer' : 'record';
      world.notes.push({ on, id: String(to.to.id), text: body.properties.hs_note_body });
      res.status(201).json({ id: String(world.notes.length) });
    });
    app.get('/hub/crm/v4/objects/:type/:id/associations/notes', (req, res) => {
      const on = req.params.type === 'contacts' ? 'customer' : 'record';
      const results = world.notes.flatMap((note, n) =>
        note.on === on && note.id === req.params.id ? [{ toObjectId: n + 1 }] : [],
      );
      res.json({ results });
    });
    app.post(`${v3}/notes/batch/read`, ({ body }, res) => {
      const results = body.inputs.map(({ id }: { id: string }) => ({
        id,
        properties: { hs_note_body: world.notes[Number(id) - 1]?.text },
      }));
      res.json({ results });
    });
    app.get('/hub/crm/v3/pipelines/tickets', (_req, res) => {
      const stage = (id: string, label: string, ticketState = 'OPEN') => ({
        id,
        label,
        metadata: { ticketState },
      });
      const stages = [
        stage('1', 'New'),
        stage('2', 'Waiting on contact'),
        stage('3', 'Waiting on us'),
        stage('4', 'Closed', 'CLOSED'),
      ];
      res.json({ results: [{ id: '0', label: 'Support', stages }] });
    });
    app.get('/hub/account-info/v3/details', (_req, res) => res.json({ portalId: 4711 }));
    app.get('/hub/crm/v3/properties/tickets/molva_key', (_req, res) =>
      res.json({ name: 'molva_key', label: 'Molva', type: 'string', hasUniqueValue: true }),
    );
    app.get('/hub/crm/v3/properties/tickets', (_req, res) =>
      res.json({ results: [{ name: 'subject', label: 'Name', type: 'string' }] }),
    );
    app.get('/hub/crm/v3/owners', (_req, res) => fail(res, 403, 'MISSING_SCOPES', 'owners are not allowed'));
  },
};

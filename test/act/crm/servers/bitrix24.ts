import type { Request, Response } from 'express';
import type { Case, Person, Sale, VendorServer, World } from './world.ts';

const SECRET = 'b24s3cretw3bh00k';
const BASE = `/rest/1/${SECRET}`;
const PAGE = 50;

type Item = Record<string, unknown>;

const contact = (p: Person): Item => ({
  id: Number(p.id),
  name: p.first,
  lastName: p.last,
  secondName: null,
  post: '',
  birthdate: '',
  assignedById: 1,
  updatedTime: p.updatedAt.toISOString(),
  fm: [
    { id: 1, typeId: 'EMAIL', valueType: 'WORK', value: p.email },
    { id: 2, typeId: 'PHONE', valueType: 'WORK', value: p.phone },
  ],
});
const deal = (s: Sale): Item => ({
  id: Number(s.id),
  title: s.title,
  opportunity: s.amount,
  currencyId: 'RUB',
  closedate: '2026-08-25T16:16:04+03:00',
  contactIds: [Number(s.person)],
  stageSemanticId: s.isWon ? 'S' : 'P',
  updatedTime: s.updatedAt.toISOString(),
});
const lead = (c: Case): Item => ({
  id: Number(c.id),
  originatorId: 'molva',
  originId: c.key,
  stageId: c.stage,
  stageSemanticId: c.stage === 'CONVERTED' ? 'S' : c.stage === 'JUNK' ? 'F' : 'P',
});

const compare = (one: unknown, two: unknown): number =>
  typeof one === 'number'
    ? one - Number(two)
    : new Date(String(one)).getTime() - new Date(String(two)).getTime();

/** Prefixes of filters as the documentation of crm.item.list lists them; `fm` cannot be filtered by. */
function matches(item: Item, filter: Item): boolean {
  return Object.entries(filter).every(([key, value]) => {
    const [, sign, field = ''] = /^(>=|>|@|=|)(.*)$/.exec(key) ?? [];
    if (!(field in item)) throw new Error(field);
    if (sign === '@') return (value as unknown[]).some((one) => String(one) === String(item[field]));
    if (sign === '>') return compare(item[field], value) > 0;
    if (sign === '>=') return compare(item[field], value) >= 0;
    return String(item[field]) === String(value);
  });
}

const fail = (res: Response, status: number, error: string | number, words: string): void =>
  void res.status(status).json({ error, error_description: words });

function itemsOf(world: World, type: unknown): Item[] {
  if (type === 3) return world.people.map(contact);
  if (type === 2) return world.sales.map(deal);
  return world.cases.map(lead);
}

function listItems(world: World, { body }: Request, res: Response): void {
  const { entityTypeId, filter = {}, select = ['*'], start, order } = body;
  try {
    if (Object.keys(filter).some((key) => key.endsWith('fm'))) throw new Error('fm');
    const found = itemsOf(world, entityTypeId)
      .filter((item) => matches(item, filter))
      .sort((one, two) => (order?.id === 'ASC' ? Number(one.id) - Number(two.id) : 0))
      .slice(0, PAGE);
    const shown = select.includes('*')
      ? found
      : found.map((item) => Object.fromEntries(select.map((name: string) => [name, item[name]])));
    res.json({ result: { items: shown }, ...(start === -1 ? {} : { total: found.length }) });
  } catch (error) {
    fail(res, 400, 100, `Unknown field: ${(error as Error).message}`);
  }
}

/** Fields that nobody knows are left out without a word. */
function addItem(world: World, { body }: Request, res: Response): void {
  const { entityTypeId, fields } = body;
  if (entityTypeId !== 1) return fail(res, 400, 'ENTITY_TYPE_NOT_SUPPORTED', 'no such type');
  if (typeof fields !== 'object') return fail(res, 400, 100, 'Could not find value for parameter {fields}');
  const made: Case = {
    id: String(world.cases.length + 1),
    key: String(fields.originId),
    person: fields.contactIds ? String(fields.contactIds[0]) : null,
    title: String(fields.title),
    text: String(fields.comments),
    stage: fields.stageId ?? 'NEW',
  };
  world.cases.push(made);
  res.json({ result: { item: lead(made) } });
}

/** Methods by the documentation in bitrix-tools/b24-rest-docs, as far as we use them. */
export const bitrix24: VendorServer = {
  kind: 'bitrix24',
  basePath: BASE,
  secrets: [SECRET],
  personId: (n) => String(n + 1),
  settings: (url) => ({ webhook_url: `${url}/`, customer_prefix: '' }),
  // Fifty at once and two a second: in 25 s a hundred at most.
  limits: [{ count: 100, withinMs: 25_000 }],
  stages: { open: 'NEW', in_work: 'IN_PROCESS', closed: 'CONVERTED' },
  isWrite: ({ path }) => /\.(add|update)$/.test(path),
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 503, 'QUERY_LIMIT_EXCEEDED', words);
    if (what === 'credentials') return fail(res, 401, 'INVALID_CREDENTIALS', words);
    return fail(res, 400, 'ERROR_CORE', words);
  },
  routes: (app, world) => {
    app.use((req, res, next) => {
      if (!req.path.startsWith(`${BASE}/`))
        return fail(res, 401, 'INVALID_CREDENTIALS', 'Invalid request credentials');
      if (!req.is('application/json')) return fail(res, 400, 'INVALID_REQUEST', 'send JSON');
      next();
    });
    app.post(`${BASE}/crm.item.list`, (req, res) => listItems(world, req, res));
    app.post(`${BASE}/crm.item.add`, (req, res) => addItem(world, req, res));
    app.post(`${BASE}/crm.item.update`, ({ body }, res) => {
      const found = world.cases.find(({ id }) => id === String(body.id));
      if (!found) return fail(res, 400, 'NOT_FOUND', 'Element not found');
      found.stage = body.fields.stageId ?? found.stage;
      res.json({ result: { item: lead(found) } });
    });
    app.post(`${BASE}/crm.duplicate.findbycomm`, ({ body }, res) => {
      if (body.values.length > 20) return fail(res, 400, '', 'too many values');
      const field = body.type === 'EMAIL' ? 'email' : 'phone';
      const found = world.people.filter((p) => body.values.includes(p[field])).map(({ id }) => Number(id));
      res.json({ result: found.length > 0 ? { CONTACT: found } : [] });
    });
    app.post(`${BASE}/crm.timeline.comment.add`, ({ body: { fields } }, res) => {
      if (!fields?.COMMENT || !fields.ENTITY_TYPE) return fail(res, 400, '', 'ENTITY_TYPE is required');
      const on = fields.ENTITY_TYPE === 'contact' ? 'customer' : 'record';
      world.notes.push({ on, id: String(fields.ENTITY_ID), text: fields.COMMENT });
      res.json({ result: world.notes.length });
    });
    app.post(`${BASE}/crm.timeline.comment.list`, ({ body: { filter } }, res) => {
      const on = filter.ENTITY_TYPE === 'contact' ? 'customer' : 'record';
      const found = world.notes.filter((note) => note.on === on && note.id === String(filter.ENTITY_ID));
      res.json({ result: found.map(({ text }, n) => ({ ID: String(n), COMMENT: text })).reverse() });
    });
    app.post(`${BASE}/profile`, (_req, res) =>
      res.json({ result: { ID: '1', NAME: 'Ольга', LAST_NAME: 'Ким' } }),
    );
    app.post(`${BASE}/crm.status.list`, (_req, res) =>
      res.json({
        result: ['NEW', 'IN_PROCESS', 'CONVERTED', 'JUNK'].map((id) => ({
          ENTITY_ID: 'STATUS',
          STATUS_ID: id,
          NAME: id,
        })),
      }),
    );
    app.post(`${BASE}/crm.item.fields`, (_req, res) =>
      res.json({ result: { fields: { title: { title: 'Название', type: 'string' } } } }),
    );
    app.post(`${BASE}/user.get`, (_req, res) => fail(res, 401, 'insufficient_scope', 'user is not allowed'));
  },
};

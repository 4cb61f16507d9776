import type { Response } from 'express';
import type { VendorServer, World } from './world.ts';

const KEY = '0d00-ap1-k3y-s3cret';

type Row = Record<string, unknown>;

const time = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
const fail = (res: Response, status: number, name: string, message: string): void =>
  void res.status(status).json({ name, message, arguments: [message], context: {}, debug: '' });

const STAGES = [
  { id: 1, name: 'New', is_won: false },
  { id: 2, name: 'Qualified', is_won: false },
  { id: 4, name: 'Won', is_won: true },
];

function rowsOf(world: World, model: string): Row[] {
  const tables: Record<string, () => Row[]> = {
    'res.partner': () =>
      world.people.map((p) => ({
        id: Number(p.id),
        name: `${p.last} ${p.first}`,
        email: p.email,
        phone: p.phone,
        function: false,
        city: false,
        user_id: false,
        write_date: time(p.updatedAt),
      })),
    'sale.order': () =>
      world.sales.map((s) => ({
        id: Number(s.id),
        name: s.title,
        amount_total: s.amount,
        date_order: '2026-08-25 13:16:04',
        partner_id: [Number(s.person), 'Анна'],
        currency_id: [1, 'RUB'],
        state: s.isWon ? 'sale' : 'draft',
        write_date: time(s.updatedAt),
      })),
    'crm.lead': () =>
      world.cases.map((c) => ({
        id: Number(c.id),
        x_molva_key: c.key,
        stage_id: [Number(c.stage) || 1, ''],
        active: c.stage !== 'lost',
      })),
    'crm.stage': () => STAGES,
    'mail.message': () =>
      world.notes.map((note, n) => ({
        id: n + 1,
        model: note.on === 'customer' ? 'res.partner' : 'crm.lead',
        res_id: Number(note.id),
        body: note.text,
      })),
    'res.users': () => [{ id: 2, name: 'Ольга', share: false }],
  };
  return tables[model]?.() ?? [];
}

function passes(row: Row, [field, sign, value]: [string, string, unknown]): boolean {
  if (!(field in row)) throw new Error(`Invalid field ${field}`);
  const own = row[field];
  if (sign === '=') return own === value;
  if (sign === '>') return Number(own) > Number(value);
  if (sign === '>=') return String(own) >= String(value);
  if (sign === 'in') return (value as unknown[]).includes(own);
  const wanted = String(value).replace(/\\(.)/g, '$1').toLowerCase();
  if (sign === '=ilike') return String(own).toLowerCase() === wanted;
  if (sign === 'ilike') return String(own).toLowerCase().includes(wanted);
  throw new Error(`Invalid operator ${sign}`);
}

/** Polish notation: `|` joins the next two, all else is and. */
function matches(row: Row, domain: unknown[]): boolean {
  const rest = [...domain];
  const next = (): boolean => {
    const one = rest.shift();
    if (one !== '|') return passes(row, one as [string, string, unknown]);
    const [left, right] = [next(), next()];
    return left || right;
  };
  let all = true;
  while (rest.length > 0) all = next() && all;
  return all;
}

const LEAD = [
  'name',
  'description',
  'type',
  'priority',
  'partner_id',
  'contact_name',
  'team_id',
  'user_id',
  'x_molva_key',
];

function run(world: World, model: string, method: string, body: Row, res: Response): void {
  if (method === 'search_read') {
    const {
      domain,
      fields,
      limit = 1000,
      order,
    } = body as { domain: unknown[]; fields: string[]; limit?: number; order?: string };
    const found = rowsOf(world, model).filter((row) => matches(row, domain));
    if (order === 'id asc') found.sort((one, two) => Number(one.id) - Number(two.id));
    const shown = found
      .slice(0, limit)
      .map((row) => Object.fromEntries(['id', ...fields].map((name) => [name, row[name]])));
    return void res.json(shown);
  }
  if (method === 'create') {
    const [values = {}] = body.vals_list as Row[];
    const unknown = Object.keys(values).find((name) => !LEAD.includes(name));
    if (unknown)
      return fail(res, 422, 'builtins.ValueError', `Invalid field '${unknown}' on model 'crm.lead'`);
    const id = String(70 + world.cases.length);
    world.cases.push({
      id,
      key: String(values.x_molva_key),
      person: values.partner_id ? String(values.partner_id) : null,
      title: String(values.name),
      text: String(values.description),
      stage: '1',
    });
    return void res.json([Number(id)]);
  }
  const [id] = (body.ids ?? []) as number[];
  if (method === 'message_post') {
    world.notes.push({
      on: model === 'res.partner' ? 'customer' : 'record',
      id: String(id),
      text: String(body.body),
    });
    return void res.json(world.notes.length);
  }
  if (method === 'write') {
    const found = world.cases.find((one) => one.id === String(id));
    if (found && (body.vals as Row).active === false) found.stage = 'lost';
    return void res.json(true);
  }
  if (method === 'context_get') return void res.json({ lang: 'ru_RU', tz: 'UTC', uid: 2 });
  if (method === 'fields_get') return void res.json({ name: { string: 'Opportunity', type: 'char' } });
  fail(res, 404, 'werkzeug.exceptions.NotFound', 'no such method');
}

export const odoo: VendorServer = {
  kind: 'odoo',
  basePath: '',
  secrets: [KEY],
  personId: (n) => String(n + 3),
  settings: (url) => ({ url, api_key: KEY, database: 'main' }),
  limits: [{ count: 60, withinMs: 10_000 }],
  stages: { open: '1', in_work: '2', closed: '4' },
  isWrite: ({ path }) => /\/(create|write|message_post)$/.test(path),
  refuse: (res, what, words) => {
    if (what === 'limit') return void res.status(429).json({ message: words });
    if (what === 'credentials') return fail(res, 401, 'werkzeug.exceptions.Unauthorized', words);
    return fail(res, 422, 'odoo.exceptions.ValidationError', words);
  },
  routes: (app, world) => {
    app.post('/json/2/:model/:method', (req, res) => {
      if (req.headers.authorization !== `bearer ${KEY}`)
        return fail(res, 401, 'Unauthorized', 'Invalid apikey');
      if (req.headers['x-odoo-database'] !== 'main') return fail(res, 404, 'NotFound', 'no database');
      if (!req.is('application/json')) return fail(res, 415, 'X', 'send JSON');
      try {
        run(world, req.params.model, req.params.method, req.body, res);
      } catch (error) {
        fail(res, 422, 'builtins.ValueError', (error as Error).message);
      }
    });
  },
};

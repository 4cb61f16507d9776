import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Person, Sale, VendorServer, World } from './world.ts';

const CLIENT = '3MVG9client';
const SECRET = 's4lesf0rce-cl1ent-s3cret';
const DATA = '/services/data/v62.0';

const fail = (res: Response, status: number, errorCode: string, message: string): void =>
  void res.status(status).json([{ errorCode, message }]);

const contact = (p: Person): Row => ({
  Id: p.id,
  FirstName: p.first,
  LastName: p.last,
  Email: p.email,
  Phone: p.phone,
  MobilePhone: null,
  Title: null,
  MailingCity: null,
  SystemModstamp: p.updatedAt.toISOString(),
});
const role = (s: Sale): Row => ({
  Id: s.id.replace('003', '00K'),
  ContactId: s.person,
  IsPrimary: true,
  'Opportunity.Id': s.id.replace('003', '006'),
  'Opportunity.Name': s.title,
  'Opportunity.Amount': s.amount,
  'Opportunity.CloseDate': '2026-08-25',
  'Opportunity.IsWon': s.isWon,
  'Opportunity.SystemModstamp': s.updatedAt.toISOString(),
});

type Row = Record<string, unknown>;

function rowsOf(world: World, from: string): Row[] {
  const notes = (on: string, text: string) =>
    world.notes
      .filter((note) => note.on === on)
      .map((note, n) => ({ Id: `n${n}`, ParentId: note.id, [text]: note.text, CreatedDate: String(n) }));
  const tables: Record<string, () => Row[]> = {
    Contact: () => world.people.map(contact),
    OpportunityContactRole: () => world.sales.map(role),
    Case: () =>
      world.cases.map(({ id, key, stage }) => ({
        Id: id,
        Molva_Key__c: key,
        Status: stage,
        IsClosed: stage === 'Closed',
      })),
    CaseComment: () => notes('record', 'CommentBody'),
    FeedItem: () => notes('customer', 'Body'),
    User: () => [{ Id: '0051', Name: 'Ольга', IsActive: true }],
  };
  const table = tables[from];
  if (!table) throw new Error(`sObject type '${from}' is not supported`);
  return table();
}

/** A value of SOQL: quoted, with what is escaped in it, or a time, a number, true, false. */
const VALUE = String.raw`'(?:[^'\\]|\\.)*'|[\w.:+-]+`;

function condition(text: string): (row: Row) => boolean {
  const inList = new RegExp(String.raw`^([\w.]+) IN \(((?:(?:${VALUE})(?:, )?)+)\)$`).exec(text);
  if (inList) {
    const values = (inList[2] ?? '').match(new RegExp(VALUE, 'g')) ?? [];
    return (row) => values.map(unquote).includes(String(row[inList[1] ?? '']));
  }
  const [, field = '', sign, value = ''] = new RegExp(`^([\\w.]+) (=|>=|>) (${VALUE})$`).exec(text) ?? [];
  if (field === '') throw new Error(`unexpected token: ${text}`);
  return (row) => {
    if (!(field in row)) throw new Error(`No such column '${field}'`);
    const own = String(row[field]);
    const wanted = unquote(value);
    return sign === '=' ? own === wanted : sign === '>' ? own > wanted : own >= wanted;
  };
}

const unquote = (text: string): string =>
  text.startsWith("'") ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

/** Outside of quotes. */
const split = (text: string, by: string): string[] =>
  text
    .match(new RegExp(`(?:'(?:[^'\\\\]|\\\\.)*'|(?! ${by} ).)+`, 'g'))
    ?.map((part) => part.trim().replace(new RegExp(`^${by} `), '')) ?? [];

function nest(row: Row, fields: string[]): Row {
  const nested: Row = {};
  for (const field of fields) {
    if (!(field in row)) throw new Error(`No such column '${field}'`);
    const [one = '', two] = field.split('.');
    if (two) nested[one] = { ...(nested[one] as Row), [two]: row[field] };
    else nested[one] = row[field];
  }
  return nested;
}

function query(world: World, { query: { q } }: Request, res: Response): void {
  const shape =
    /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (\w+) (ASC|DESC))?(?: LIMIT (\d+))?$/s.exec(
      String(q),
    );
  try {
    if (!shape) throw new Error('unexpected token');
    const [, fields = '', from = '', where, order, , limit = '2000'] = shape;
    const all = where ? split(where, 'AND').map((part) => split(part, 'OR').map(condition)) : [];
    const found = rowsOf(world, from).filter((row) => all.every((any) => any.some((passes) => passes(row))));
    if (order === 'Id') found.sort((one, two) => (String(one.Id) < String(two.Id) ? -1 : 1));
    const records = found.slice(0, Number(limit)).map((row) => nest(row, fields.split(', ')));
    res.json({ totalSize: records.length, done: true, records });
  } catch (error) {
    fail(res, 400, 'MALFORMED_QUERY', (error as Error).message);
  }
}

function upsert(world: World, req: Request, res: Response): void {
  const key = String(req.params.key);
  const known = world.cases.filter((one) => one.key === key);
  if (known.length > 1) return void res.status(300).json([]);
  const unknown = Object.keys(req.body).find(
    (name) =>
      !['Subject', 'Description', 'Origin', 'Priority', 'ContactId', 'OwnerId', 'RecordTypeId'].includes(
        name,
      ),
  );
  if (unknown) return fail(res, 400, 'INVALID_FIELD', `No such column '${unknown}' on sobject of type Case`);
  if (known[0]) return void res.status(200).json({ id: known[0].id, success: true, created: false });
  const id = `500${String(world.cases.length).padStart(15, '0')}`;
  const { ContactId: person = null, Subject: title, Description: text } = req.body;
  world.cases.push({ id, key, person, title, text, stage: 'New' });
  res.status(201).json({ id, success: true, created: true });
}

export const salesforce: VendorServer = {
  kind: 'salesforce',
  basePath: '',
  secrets: [SECRET],
  personId: (n) => `003${String(n).padStart(15, '0')}`,
  settings: (url) => ({ url, client_id: CLIENT, client_secret: SECRET, language: 'ru' }),
  limits: [{ count: 35, withinMs: 5000 }],
  stages: { open: 'New', in_work: 'Working', closed: 'Closed' },
  isWrite: ({ method, path }) => method !== 'GET' && !path.includes('/oauth2/'),
  isPreparation: ({ path }) => path.includes('/oauth2/token'),
  refuse: (res, what, words) => {
    if (what === 'limit') return fail(res, 403, 'REQUEST_LIMIT_EXCEEDED', words);
    if (what === 'credentials') return fail(res, 401, 'INVALID_SESSION_ID', words);
    return fail(res, 400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', words);
  },
  routes: (app, world) => {
    const tokens = new Set<string>();
    app.post('/services/oauth2/token', ({ body }, res) => {
      if (
        body?.grant_type !== 'client_credentials' ||
        body.client_id !== CLIENT ||
        body.client_secret !== SECRET
      )
        return void res
          .status(400)
          .json({ error: 'invalid_client', error_description: 'invalid client credentials' });
      const token = `00D!${randomUUID()}`;
      tokens.add(token);
      res.json({ access_token: token, instance_url: 'https://x', token_type: 'Bearer' });
    });
    app.use('/services', (req, res, next) => {
      if (!tokens.has((req.headers.authorization ?? '').replace('Bearer ', '')))
        return fail(res, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      if (req.method !== 'GET' && !req.is('application/json')) return fail(res, 415, 'X', 'send JSON');
      next();
    });
    app.get(`${DATA}/query`, (req, res) => query(world, req, res));
    app.get(`${DATA}/sobjects/Case/Molva_Key__c/:key`, (req, res) => {
      const found = world.cases.find(({ key }) => key === req.params.key);
      if (!found) return fail(res, 404, 'NOT_FOUND', 'The requested resource does not exist');
      res.json({ Id: found.id });
    });
    app.patch(`${DATA}/sobjects/Case/Molva_Key__c/:key`, (req, res) => upsert(world, req, res));
    app.patch(`${DATA}/sobjects/Case/:id`, (req, res) => {
      const found = world.cases.find(({ id }) => id === req.params.id);
      if (!found) return fail(res, 404, 'NOT_FOUND', 'The requested resource does not exist');
      found.stage = req.body.Status;
      res.status(204).end();
    });
    app.post(`${DATA}/sobjects/:type`, ({ params, body }, res) => {
      const [on, text] =
        params.type === 'FeedItem'
          ? (['customer', body.Body] as const)
          : (['record', body.CommentBody] as const);
      if (!body.ParentId || !text) return fail(res, 400, 'REQUIRED_FIELD_MISSING', 'ParentId');
      world.notes.push({ on, id: body.ParentId, text });
      res.status(201).json({ id: 'x', success: true });
    });
    app.get('/services/oauth2/userinfo', (_req, res) =>
      res.json({ name: 'Integration', organization_id: '00Dx' }),
    );
    app.get(`${DATA}/sobjects/Case/describe`, (_req, res) => {
      const picklistValues = ['New', 'Working', 'Closed'].map((value) => ({ value, label: value }));
      res.json({ fields: [{ name: 'Status', label: 'Status', type: 'picklist', picklistValues }] });
    });
  },
};

import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, readAnswer, recordsOf, sqlTime, stated } from './answers.ts';
import { caseSubject, caseText, textToHtml } from './case-words.ts';
import type { PagePlace, PulledPage } from './pull-pass.ts';
import {
  type CaseRecord,
  createVendorCrm,
  type Found,
  type NotePlace,
  type VendorDriver,
} from './vendor-crm.ts';
import type { Call } from './vendor-http.ts';
import { vendorAddress, vendorSettings } from './vendor-settings.ts';

const settings = z.strictObject({
  ...vendorSettings,
  url: vendorAddress,
  /** Where one server has several. */
  database: z.string().optional(),
  /** Of a user; Odoo makes them for three months at most. */
  api_key: z.string().min(1),
  /** A text field of leads made for us. */
  key_field: z
    .string()
    .regex(/^x_\w+$/)
    .default('x_molva_key'),
  team_id: z.number().int().optional(),
  user_id: z.number().int().optional(),
});

type Settings = z.infer<typeof settings>;

const NAME = 'Odoo';
const CASES = 'crm.lead';
const PAGE = 500;
const PRIORITY = { 1: '1', 2: '2', 3: '3' } as const;

/** Odoo says false where it has nothing. */
const text = z
  .union([z.string(), z.literal(false)])
  .nullish()
  .transform((value) => value || null);
/** Of a link: its id, and how it is shown. */
const link = z
  .union([z.tuple([z.number(), z.string()]).rest(z.unknown()), z.literal(false)])
  .nullish()
  .transform((value) => (value ? { id: String(value[0]), name: value[1] } : null));

const rowsSchema = z.array(z.unknown());
const idSchema = z.object({ id: idText });
const partnerSchema = z.object({
  id: idText,
  name: text,
  email: text,
  phone: text,
  function: text,
  city: text,
  user_id: link,
});
const orderSchema = z.object({
  id: idText,
  name: text,
  amount_total: z.number(),
  date_order: z.string(),
  partner_id: link,
  currency_id: link,
});
const leadSchema = z.object({ id: idText, stage_id: link, active: z.boolean() });

function toRecord(
  partner: z.infer<typeof partnerSchema>,
  number: (id: string) => string,
): Record<string, unknown> {
  return stated({
    external_id: number(partner.id),
    name: joinName([partner.name], partner.id),
    emails: partner.email ? [partner.email] : [],
    phones: partner.phone ? [partner.phone] : [],
    role: partner.function,
    city: partner.city,
    owner: partner.user_id?.name,
  });
}

function toPurchase(order: z.infer<typeof orderSchema>, number: (id: string) => string) {
  if (order.partner_id === null) return null;
  const purchase = {
    external_id: `order-${order.id}`,
    at: order.date_order,
    amount: order.amount_total,
    currency: order.currency_id?.name,
    item: order.name ?? `#${order.id}`,
    channel: null,
  };
  return { external_id: number(order.partner_id.id), purchases: [purchase] };
}

function createDriver(set: Settings): VendorDriver {
  const isId = (id: string): boolean => /^\d{1,12}$/.test(id);
  const recordOf = (id: string): CaseRecord => ({
    id,
    url: `${set.url}/web#id=${id}&model=${CASES}&view_type=form`,
  });
  const run = (call: Call, model: string, method: string, body: object, more: object = {}) =>
    call({ method: 'POST', path: `/json/2/${model}/${method}`, body, ...more });
  const write = (call: Call, model: string, method: string, body: object, sample: unknown = null) =>
    run(call, model, method, body, { effect: 'write', sample });
  /** What is archived counts too. */
  const read = async (call: Call, model: string, query: object): Promise<unknown[]> =>
    readAnswer(
      NAME,
      rowsSchema,
      await run(call, model, 'search_read', { context: { active_test: false }, ...query }),
    );

  async function page(
    call: Call,
    model: string,
    { since, after }: PagePlace,
    { fields, domain = [] }: { fields: string[]; domain?: unknown[] },
    toRecords: (items: unknown[]) => PulledPage['records'],
  ): Promise<PulledPage> {
    const items = await read(call, model, {
      domain: [
        ...domain,
        ...(after === null ? [] : [['id', '>', Number(after)]]),
        ...(since ? [['write_date', '>=', sqlTime(since)]] : []),
      ],
      fields,
      order: 'id asc',
      limit: PAGE,
    });
    const last = idSchema.safeParse(items.at(-1));
    return { records: toRecords(items), after: items.length === PAGE && last.success ? last.data.id : null };
  }

  async function partners(call: Call, domain: unknown[]): Promise<Found[]> {
    const items = await read(call, 'res.partner', { domain, fields: ['name'], limit: 10 });
    return items.flatMap((item) => {
      const { success, data } = z.object({ id: idText, name: text }).safeParse(item);
      if (!success) return [];
      const url = `${set.url}/web#id=${data.id}&model=res.partner&view_type=form`;
      return [{ id: data.id, name: joinName([data.name], data.id), url }];
    });
  }

  const byId = async (call: Call, id: string): Promise<Found | null> =>
    isId(id) ? ((await partners(call, [['id', '=', Number(id)]]))[0] ?? null) : null;

  async function stages(call: Call) {
    const schema = z.object({ id: idText, name: z.string(), is_won: z.boolean().nullish() });
    const rows = await read(call, 'crm.stage', {
      domain: [],
      fields: ['name', 'is_won'],
      order: 'sequence asc',
    });
    return rows.flatMap((row) => schema.safeParse(row).data ?? []);
  }

  async function statuses(call: Call, ids: readonly string[]): Promise<Map<string, RecordStatus>> {
    const all = await stages(call);
    const items = await read(call, CASES, {
      domain: [['id', 'in', ids.filter(isId).map(Number)]],
      fields: ['stage_id', 'active'],
    });
    return new Map(
      items.flatMap((item) => {
        const { success, data } = leadSchema.safeParse(item);
        if (!success) return [];
        const stage = all.find(({ id }) => id === data.stage_id?.id);
        // A lost lead is archived.
        const isClosed = !data.active || stage?.is_won === true;
        const usual = isClosed ? 'closed' : stage === all[0] ? 'open' : 'in_work';
        const status = set.statuses[data.stage_id?.id ?? ''] ?? usual;
        return [[data.id, { status, detail: stage?.name ?? '' }] as const];
      }),
    );
  }

  function valuesOf(payload: CasePayload, key: string, customer: string | null): Record<string, unknown> {
    return stated({
      name: caseSubject(payload, set.language),
      description: textToHtml(caseText(payload, set.language)),
      type: 'lead',
      priority: PRIORITY[payload.case.severity],
      partner_id: customer === null ? null : Number(customer),
      contact_name: customer === null ? payload.customer.name : null,
      team_id: set.team_id,
      user_id: set.user_id,
      [set.key_field]: key,
    });
  }

  const modelOf = ({ kind }: NotePlace): string => (kind === 'customer' ? 'res.partner' : CASES);

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.api_key],
      // Nothing is documented; each request is a transaction of a worker that others wait for.
      rates: { all: { perSecond: 5, burst: 10 } },
      authorize: async () =>
        ({
          authorization: `bearer ${set.api_key}`,
          ...(set.database ? { 'x-odoo-database': set.database } : {}),
        }) as Record<string, string>,
      words: (body) => z.object({ message: z.string() }).safeParse(body).data?.message ?? null,
    },
    lookUp: async (call, key) => {
      const [item] = await read(call, CASES, {
        domain: [[set.key_field, '=', key]],
        fields: ['id'],
        limit: 1,
      });
      const found = idSchema.safeParse(item);
      return found.success ? recordOf(found.data.id) : null;
    },
    create: async (call, payload, key, customer) => {
      const body = { vals_list: [valuesOf(payload, key, customer)] };
      const answer = await write(call, CASES, 'create', body, ['{id}']);
      const [id] = readAnswer(NAME, z.array(idText).min(1), answer);
      return recordOf(id ?? '');
    },
    hasCustomer: async (call, id) => (await byId(call, id)) !== null,
    close: async (call, { id }) => {
      await write(call, CASES, 'write', { ids: [Number(id)], vals: { active: false } });
    },
    hasNote: async (call, place, mark) => {
      const domain = [
        ['model', '=', modelOf(place)],
        ['res_id', '=', Number(place.id)],
        ['body', 'ilike', mark],
      ];
      return (await read(call, 'mail.message', { domain, fields: ['id'], limit: 1 })).length > 0;
    },
    note: async (call, place, body) => {
      const note = { ids: [Number(place.id)], body, subtype_xmlid: 'mail.mt_note' };
      await write(call, modelOf(place), 'message_post', note);
    },
    statuses,
    find: (call, { emails, phones }) => {
      const any = [
        // `=ilike` knows % and _ for signs of its own.
        ...emails.map((email) => ['email', '=ilike', email.replace(/[\\%_]/g, '\\$&')]),
        ...phones.map((phone) => ['phone', '=', phone]),
      ].slice(0, 20);
      return partners(call, [...any.slice(1).map(() => '|'), ...any]);
    },
    byId,
    customers: (call, place, number) =>
      page(
        call,
        'res.partner',
        place,
        { fields: ['name', 'email', 'phone', 'function', 'city', 'user_id'] },
        (items) => recordsOf(partnerSchema, items, (partner) => toRecord(partner, number)),
      ),
    purchases: (call, place, number) =>
      page(
        call,
        'sale.order',
        place,
        {
          fields: ['name', 'amount_total', 'date_order', 'partner_id', 'currency_id'],
          domain: [['state', 'in', ['sale', 'done']]],
        },
        (items) => recordsOf(orderSchema, items, (order) => toPurchase(order, number)),
      ),
    check: async (call) => {
      await read(call, CASES, { domain: [], fields: [set.key_field], limit: 1 });
      const { uid } = readAnswer(
        NAME,
        z.object({ uid: z.number() }),
        await run(call, 'res.users', 'context_get', {}),
      );
      const [user] = await read(call, 'res.users', {
        domain: [['id', '=', uid]],
        fields: ['name'],
        limit: 1,
      });
      const name = z.object({ name: text }).safeParse(user);
      return { account: set.database ?? new URL(set.url).host, user: name.data?.name ?? null };
    },
    discover: async (call) => {
      const schema = z.record(z.string(), z.object({ string: z.string(), type: z.string() }));
      const fields = readAnswer(
        NAME,
        schema,
        await run(call, CASES, 'fields_get', { attributes: ['string', 'type'] }),
      );
      const person = z.object({ id: idText, name: z.string() });
      const users = await read(call, 'res.users', {
        domain: [['share', '=', false]],
        fields: ['name'],
        limit: 200,
      });
      return {
        pipelines: [
          { id: CASES, name: CASES, stages: (await stages(call)).map(({ id, name }) => ({ id, name })) },
        ],
        fields: Object.entries(fields).map(([id, { string, type }]) => ({ id, name: string, type })),
        owners: users.flatMap((user) => person.safeParse(user).data ?? []),
      };
    },
  };
}

/** Leads of an Odoo of 19 or later, by the key of a user. */
export const odoo: CrmConnector<Settings> = {
  kind: 'odoo',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};

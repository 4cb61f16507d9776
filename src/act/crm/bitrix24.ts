import { z } from 'zod';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, stated } from './answers.ts';
import { caseSubject, caseText } from './case-words.ts';
import type { PagePlace, PulledPage } from './pull-pass.ts';
import {
  type CaseRecord,
  createVendorCrm,
  type Found,
  type NotePlace,
  type VendorDriver,
} from './vendor-crm.ts';
import type { Call } from './vendor-http.ts';
import { vendorSettings } from './vendor-settings.ts';

const settings = z.strictObject({
  ...vendorSettings,
  /** Of an incoming webhook with the rights `crm` and `user`: `https://example.bitrix24.ru/rest/1/secret/`. */
  webhook_url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => /\/rest\/\d+\/[^/]+\/?$/.test(url), 'copy the whole address of the incoming webhook')
    .transform((url) => url.replace(/\/+$/, '')),
  /** What a case becomes. */
  create: z.enum(['lead', 'deal']).default('lead'),
  /** Of deals. */
  category_id: z.number().int().optional(),
  stage_id: z.string().optional(),
  /** Where a withdrawn case goes: JUNK for leads, LOSE for deals unless it is said. */
  withdrawn_stage_id: z.string().optional(),
  assigned_by_id: z.number().int().optional(),
  source_id: z.string().optional(),
});

type Settings = z.infer<typeof settings>;

const NAME = 'Bitrix24';
/** Who made a record, in `originatorId`; under which key, in `originId`. */
const ORIGIN = 'molva';
const TYPE = { lead: 1, deal: 2, contact: 3 } as const;
const PAGE = 50;

const itemsSchema = z.object({ result: z.object({ items: z.array(z.unknown()) }) });
const contactSchema = z.object({
  id: idText,
  name: optionalText,
  secondName: optionalText,
  lastName: optionalText,
  post: optionalText,
  birthdate: optionalText,
  assignedById: optionalText,
  fm: z
    .array(z.object({ typeId: z.string(), value: z.string() }))
    .nullish()
    .catch(null),
});
const dealSchema = z.object({
  id: idText,
  title: optionalText,
  opportunity: z.coerce.number(),
  currencyId: z.string(),
  closedate: z.string(),
  contactId: optionalText,
  contactIds: z.array(idText).nullish(),
});
const recordSchema = z.object({ id: idText, stageId: z.string(), stageSemanticId: z.string().nullish() });
const wordsSchema = z.object({
  error: z.union([z.string(), z.number()]).optional(),
  error_description: z.string().optional(),
});

type Contact = z.infer<typeof contactSchema>;

function valuesOf({ fm }: Contact, kind: 'EMAIL' | 'PHONE'): string[] {
  return (fm ?? []).filter(({ typeId }) => typeId === kind).map(({ value }) => value);
}

function toRecord(contact: Contact, number: (id: string) => string): Record<string, unknown> {
  return stated({
    external_id: number(contact.id),
    name: joinName([contact.lastName, contact.name, contact.secondName], contact.id),
    emails: valuesOf(contact, 'EMAIL'),
    phones: valuesOf(contact, 'PHONE'),
    role: contact.post,
    owner: contact.assignedById,
    birth_year: contact.birthdate?.slice(0, 4),
  });
}

function toPurchase(deal: z.infer<typeof dealSchema>, number: (id: string) => string) {
  const contact = deal.contactIds?.[0] ?? deal.contactId;
  if (contact === null || contact === '0') return null;
  const purchase = {
    external_id: `deal-${deal.id}`,
    at: deal.closedate,
    amount: deal.opportunity,
    currency: deal.currencyId,
    item: deal.title ?? `#${deal.id}`,
    channel: null,
  };
  return { external_id: number(contact), purchases: [purchase] };
}

function createDriver(set: Settings): VendorDriver {
  const [, portal = '', secret = ''] = /^(https?:\/\/[^/]+).*\/([^/]+)$/.exec(set.webhook_url) ?? [];
  const entityTypeId = TYPE[set.create];
  const post = (call: Call, method: string, body: unknown, more: object = {}): Promise<unknown> =>
    call({ method: 'POST', path: `/${method}`, body, ...more });
  const write = (call: Call, method: string, body: unknown, sample: unknown = null): Promise<unknown> =>
    post(call, method, body, { effect: 'write', sample });
  const list = async (call: Call, type: number, query: object): Promise<unknown[]> =>
    readAnswer(
      NAME,
      itemsSchema,
      await post(call, 'crm.item.list', { entityTypeId: type, start: -1, ...query }),
    ).result.items;
  const recordOf = (id: string): CaseRecord => ({ id, url: `${portal}/crm/${set.create}/details/${id}/` });
  const placeOf = ({ kind, id }: NotePlace) => ({
    ENTITY_ID: Number(id),
    ENTITY_TYPE: kind === 'customer' ? 'contact' : set.create,
  });

  function statusOf({ stageId, stageSemanticId }: z.infer<typeof recordSchema>): RecordStatus {
    const isNew = stageId === 'NEW' || stageId.endsWith(':NEW');
    const usual = ['S', 'F'].includes(stageSemanticId ?? 'P') ? 'closed' : isNew ? 'open' : 'in_work';
    return { status: set.statuses[stageId] ?? usual, detail: stageId };
  }

  async function page(
    call: Call,
    type: number,
    { since, after }: PagePlace,
    toRecords: (items: unknown[]) => PulledPage['records'],
    filter: object = {},
  ): Promise<PulledPage> {
    const items = await list(call, type, {
      // Phones and e-mails come with everything only.
      select: ['*'],
      order: { id: 'ASC' },
      filter: stated({
        ...filter,
        '>id': after === null ? null : Number(after),
        '>=updatedTime': since?.toISOString(),
      }),
    });
    const last = z.object({ id: idText }).safeParse(items.at(-1));
    const isLast = items.length < PAGE || !last.success;
    return { records: toRecords(items), after: isLast ? null : last.data.id };
  }

  async function contacts(call: Call, ids: readonly string[]): Promise<Found[]> {
    if (ids.length === 0) return [];
    const items = await list(call, TYPE.contact, {
      select: ['id', 'name', 'lastName'],
      filter: { '@id': ids.map(Number) },
    });
    return items.flatMap((item) => {
      const { success, data } = contactSchema.safeParse(item);
      const url = `${portal}/crm/contact/details/${data?.id}/`;
      return success ? [{ id: data.id, name: joinName([data.lastName, data.name], data.id), url }] : [];
    });
  }

  async function byComm(call: Call, type: 'EMAIL' | 'PHONE', values: readonly string[]): Promise<string[]> {
    if (values.length === 0) return [];
    const body = { entity_type: 'CONTACT', type, values: values.slice(0, 20) };
    // An empty result is an empty list instead of an object.
    const schema = z.object({
      result: z.object({ CONTACT: z.array(idText).optional() }).or(z.array(z.never())),
    });
    const { result } = readAnswer(NAME, schema, await post(call, 'crm.duplicate.findbycomm', body));
    return Array.isArray(result) ? [] : (result.CONTACT ?? []);
  }

  function fieldsOf(payload: CasePayload, key: string, customer: string | null): Record<string, unknown> {
    return stated({
      title: caseSubject(payload, set.language),
      name: set.create === 'lead' && customer === null ? payload.customer.name : null,
      comments: caseText(payload, set.language),
      contactIds: customer === null ? null : [Number(customer)],
      originatorId: ORIGIN,
      originId: key,
      sourceId: set.source_id,
      sourceDescription: payload.document.url,
      stageId: set.stage_id,
      categoryId: set.create === 'deal' ? set.category_id : null,
      assignedById: set.assigned_by_id,
    });
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.webhook_url,
      secrets: [set.webhook_url, secret],
      // It drains two a second and holds fifty; others use it too.
      rates: { all: { perSecond: 2, burst: 40 } },
      words: (body) => {
        const { data } = wordsSchema.safeParse(body);
        return data?.error_description || (data?.error === undefined ? null : String(data.error));
      },
      busy: (_status, body) =>
        ['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'OVERLOAD_LIMIT'].includes(
          String(wordsSchema.safeParse(body).data?.error),
        ),
    },
    lookUp: async (call, key) => {
      const filter = { '=originatorId': ORIGIN, '=originId': key };
      const [item] = await list(call, entityTypeId, { select: ['id'], filter, order: { id: 'ASC' } });
      const found = z.object({ id: idText }).safeParse(item);
      return found.success ? recordOf(found.data.id) : null;
    },
    create: async (call, payload, key, customer) => {
      const body = { entityTypeId, fields: fieldsOf(payload, key, customer) };
      const schema = z.object({ result: z.object({ item: z.object({ id: idText }) }) });
      const sample = { result: { item: { id: '{id}' } } };
      return recordOf(
        readAnswer(NAME, schema, await write(call, 'crm.item.add', body, sample)).result.item.id,
      );
    },
    hasCustomer: async (call, id) => /^\d{1,15}$/.test(id) && (await contacts(call, [id])).length > 0,
    close: async (call, { id }) => {
      const stageId = set.withdrawn_stage_id ?? (set.create === 'lead' ? 'JUNK' : 'LOSE');
      await write(call, 'crm.item.update', { entityTypeId, id: Number(id), fields: { stageId } });
    },
    hasNote: async (call, place, mark) => {
      const schema = z.object({ result: z.array(z.object({ COMMENT: z.string().nullish() })) });
      const body = { filter: placeOf(place), select: ['ID', 'COMMENT'], order: { ID: 'DESC' } };
      const { result } = readAnswer(NAME, schema, await post(call, 'crm.timeline.comment.list', body));
      return result.some(({ COMMENT }) => COMMENT?.includes(mark));
    },
    note: async (call, place, text) => {
      await write(call, 'crm.timeline.comment.add', { fields: { ...placeOf(place), COMMENT: text } });
    },
    statuses: async (call, ids) => {
      const items = await list(call, entityTypeId, {
        select: ['id', 'stageId', 'stageSemanticId'],
        filter: { '@id': ids.map(Number) },
      });
      return new Map(
        items.flatMap((item) => {
          const { success, data } = recordSchema.safeParse(item);
          return success ? [[data.id, statusOf(data)] as const] : [];
        }),
      );
    },
    find: async (call, { emails, phones }) => {
      const ids = [...(await byComm(call, 'EMAIL', emails)), ...(await byComm(call, 'PHONE', phones))];
      return contacts(call, [...new Set(ids)]);
    },
    byId: async (call, id) => (/^\d{1,15}$/.test(id) ? ((await contacts(call, [id]))[0] ?? null) : null),
    customers: (call, place, number) =>
      page(call, TYPE.contact, place, (items) =>
        recordsOf(contactSchema, items, (contact) => toRecord(contact, number)),
      ),
    purchases: (call, place, number) =>
      page(
        call,
        TYPE.deal,
        place,
        (items) => recordsOf(dealSchema, items, (deal) => toPurchase(deal, number)),
        { '=stageSemanticId': 'S' },
      ),
    check: async (call) => {
      const schema = z.object({ result: z.object({ NAME: optionalText, LAST_NAME: optionalText }) });
      const { result } = readAnswer(NAME, schema, await post(call, 'profile', {}));
      await list(call, entityTypeId, { select: ['id'], filter: { '=originatorId': ORIGIN } });
      return {
        account: new URL(portal).host,
        user: [result.NAME, result.LAST_NAME].filter(Boolean).join(' '),
      };
    },
    discover: async (call) => {
      const prefix = set.create === 'lead' ? 'STATUS' : 'DEAL_STAGE';
      const statusSchema = z.object({
        result: z.array(z.object({ ENTITY_ID: z.string(), STATUS_ID: z.string(), NAME: z.string() })),
      });
      const { result } = readAnswer(NAME, statusSchema, await post(call, 'crm.status.list', {}));
      const pipelines = new Set(result.map((one) => one.ENTITY_ID).filter((id) => id.startsWith(prefix)));
      const fieldSchema = z.object({
        result: z.object({ fields: z.record(z.string(), z.object({ title: z.string(), type: z.string() })) }),
      });
      const fields = readAnswer(NAME, fieldSchema, await post(call, 'crm.item.fields', { entityTypeId }));
      const userSchema = z.object({
        result: z.array(z.object({ ID: idText, NAME: optionalText, LAST_NAME: optionalText })),
      });
      // A webhook without the right `user` does not tell.
      const users = await post(call, 'user.get', { FILTER: { ACTIVE: true } }, { absent: [400, 401, 403] });
      const { result: people } = users === null ? { result: [] } : readAnswer(NAME, userSchema, users);
      return {
        pipelines: [...pipelines].map((id) => ({
          id: id.replace(/^\D*/, ''),
          name: id,
          stages: result
            .filter((one) => one.ENTITY_ID === id)
            .map(({ STATUS_ID, NAME: name }) => ({ id: STATUS_ID, name })),
        })),
        fields: Object.entries(fields.result.fields).map(([id, { title, type }]) => ({
          id,
          name: title,
          type,
        })),
        owners: people.map(({ ID, NAME: name, LAST_NAME }) => ({
          id: ID,
          name: joinName([name, LAST_NAME], ID),
        })),
      };
    },
  };
}

/** Leads or deals of a Bitrix24 portal, by an incoming webhook. */
export const bitrix24: CrmConnector<Settings> = {
  kind: 'bitrix24',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set), set, edges),
};

import { z } from 'zod';
import { errorCode, PermanentError } from '../../lib/errors.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type { Clock, CrmConnector, RecordStatus } from '../../model/ports.ts';
import { idText, joinName, optionalText, readAnswer, recordsOf, stated } from './answers.ts';
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
  /** Of a private app with the scopes tickets, crm.objects.contacts.read, crm.objects.deals.read, crm.objects.owners.read. */
  access_token: z.string().min(1),
  url: vendorAddress.prefault('https://api.hubapi.com'),
  /** A property of tickets made for us: single-line text whose values are unique. */
  key_property: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .default('molva_key'),
  pipeline: z.string().default('0'),
  stage: z.string().default('1'),
  /** Where a withdrawn case goes. */
  withdrawn_stage: z.string().default('4'),
  owner_id: z.string().optional(),
  /** Number of the account, for links to it. */
  portal_id: z.string().optional(),
});

type Settings = z.infer<typeof settings>;

const NAME = 'HubSpot';
const PAGE = 100;
const CONTACT_FIELDS = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'mobilephone',
  'company',
  'jobtitle',
  'city',
];
/** Types of links between objects, as HubSpot defines them. */
const LINK = { ticketToContact: 16, noteToContact: 202, noteToTicket: 228 } as const;
const PRIORITY = { 1: 'LOW', 2: 'MEDIUM', 3: 'HIGH' } as const;

const idSchema = z.object({ id: idText });
const listSchema = z.object({
  results: z.array(z.unknown()),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});
const contactSchema = z.object({
  id: idText,
  properties: z.object({
    firstname: optionalText,
    lastname: optionalText,
    email: optionalText,
    phone: optionalText,
    mobilephone: optionalText,
    company: optionalText,
    jobtitle: optionalText,
    city: optionalText,
  }),
});
const dealSchema = z.object({
  id: idText,
  properties: z.object({
    dealname: optionalText,
    amount: z.coerce.number(),
    closedate: z.string(),
    deal_currency_code: z.string(),
  }),
});
const linksSchema = z.object({
  results: z.array(z.object({ from: idSchema, to: z.array(z.object({ toObjectId: idText })).min(1) })),
});
const pipelinesSchema = z.object({
  results: z.array(
    z.object({
      id: idText,
      label: z.string(),
      stages: z.array(
        z.object({
          id: idText,
          label: z.string(),
          metadata: z.object({ ticketState: z.string().nullish() }),
        }),
      ),
    }),
  ),
});

type Contact = z.infer<typeof contactSchema>;

function nameOf({ id, properties: p }: Contact): string {
  return joinName([p.lastname, p.firstname], id);
}

function toRecord(contact: Contact, number: (id: string) => string): Record<string, unknown> {
  const { properties: p } = contact;
  return stated({
    external_id: number(contact.id),
    name: nameOf(contact),
    emails: p.email ? [p.email] : [],
    phones: [p.phone, p.mobilephone].filter((phone) => phone !== null),
    company: p.company,
    role: p.jobtitle,
    city: p.city,
  });
}

const link = (to: string, associationTypeId: number) => ({
  to: { id: to },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
});

function createDriver(set: Settings, clock: Clock): VendorDriver {
  const recordOf = (id: string): CaseRecord => ({
    id,
    url: set.portal_id ? `https://app.hubspot.com/contacts/${set.portal_id}/ticket/${id}` : null,
  });
  const get = (call: Call, path: string, absent?: number[]) =>
    call({ method: 'GET', path, ...(absent ? { absent } : {}) });
  const search = async (call: Call, type: string, body: object) =>
    readAnswer(
      NAME,
      listSchema,
      await call({ method: 'POST', path: `/crm/v3/objects/${type}/search`, body, lane: 'search' }),
    ).results;
  const readMany = async (call: Call, type: string, ids: readonly string[], properties: string[]) => {
    if (ids.length === 0) return [];
    const body = { inputs: ids.map((id) => ({ id })), properties };
    const path = `/crm/v3/objects/${type}/batch/read`;
    return readAnswer(NAME, listSchema, await call({ method: 'POST', path, body })).results;
  };

  async function lookUp(call: Call, key: string): Promise<CaseRecord | null> {
    const path = `/crm/v3/objects/tickets/${encodeURIComponent(key)}?idProperty=${set.key_property}`;
    const answer = await get(call, path, [404]);
    return answer === null ? null : recordOf(readAnswer(NAME, idSchema, answer).id);
  }

  async function create(call: Call, payload: CasePayload, key: string, customer: string | null) {
    const properties = stated({
      hs_pipeline: set.pipeline,
      hs_pipeline_stage: set.stage,
      hs_ticket_priority: PRIORITY[payload.case.severity],
      subject: caseSubject(payload, set.language),
      content: caseText(payload, set.language),
      hubspot_owner_id: set.owner_id,
      [set.key_property]: key,
    });
    const associations = customer === null ? [] : [link(customer, LINK.ticketToContact)];
    const answer = await call({
      method: 'POST',
      path: '/crm/v3/objects/tickets',
      body: { properties, associations },
      effect: 'write',
      sample: { id: '{id}' },
    });
    return recordOf(readAnswer(NAME, idSchema, answer).id);
  }

  /** Who asks for many finds them by what they changed: pages of a search end at 10 000, numbers do not. */
  async function searchPage(
    call: Call,
    type: string,
    { since, after }: PagePlace,
    { changed, properties, filters = [] }: { changed: string; properties: string[]; filters?: object[] },
  ): Promise<{ items: unknown[]; after: string | null }> {
    const all = [
      ...filters,
      ...(since ? [{ propertyName: changed, operator: 'GTE', value: String(since.getTime()) }] : []),
      ...(after === null ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: after }]),
    ];
    const items = await search(call, type, {
      ...(all.length > 0 ? { filterGroups: [{ filters: all }] } : {}),
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties,
      limit: PAGE,
    });
    const last = idSchema.safeParse(items.at(-1));
    return { items, after: items.length === PAGE && last.success ? last.data.id : null };
  }

  async function customers(
    call: Call,
    place: PagePlace,
    number: (id: string) => string,
  ): Promise<PulledPage> {
    if (place.since !== null) {
      const wish = { changed: 'lastmodifieddate', properties: CONTACT_FIELDS };
      const { items, after } = await searchPage(call, 'contacts', place, wish);
      return { records: recordsOf(contactSchema, items, (one) => toRecord(one, number)), after };
    }
    const query = new URLSearchParams({ limit: String(PAGE), properties: CONTACT_FIELDS.join(',') });
    if (place.after !== null) query.set('after', place.after);
    const page = readAnswer(NAME, listSchema, await get(call, `/crm/v3/objects/contacts?${query}`));
    return {
      records: recordsOf(contactSchema, page.results, (one) => toRecord(one, number)),
      after: page.paging?.next?.after ?? null,
    };
  }

  async function purchases(
    call: Call,
    place: PagePlace,
    number: (id: string) => string,
  ): Promise<PulledPage> {
    const { items, after } = await searchPage(call, 'deals', place, {
      changed: 'hs_lastmodifieddate',
      properties: ['dealname', 'amount', 'closedate', 'deal_currency_code'],
      filters: [{ propertyName: 'hs_is_closed_won', operator: 'EQ', value: 'true' }],
    });
    const ids = items.flatMap((item) => idSchema.safeParse(item).data?.id ?? []);
    const owners = new Map<string, string>();
    if (ids.length > 0) {
      const body = { inputs: ids.map((id) => ({ id })) };
      const path = '/crm/v4/associations/deals/contacts/batch/read';
      const { results } = readAnswer(NAME, linksSchema, await call({ method: 'POST', path, body }));
      for (const { from, to } of results) owners.set(from.id, to[0]?.toObjectId ?? '');
    }
    const records = recordsOf(dealSchema, items, ({ id, properties: p }) => {
      const owner = owners.get(id);
      if (!owner) return null;
      const purchase = {
        external_id: `deal-${id}`,
        at: p.closedate,
        amount: p.amount,
        currency: p.deal_currency_code,
        item: p.dealname ?? `#${id}`,
        channel: null,
      };
      return { external_id: number(owner), purchases: [purchase] };
    });
    return { records, after };
  }

  async function contacts(call: Call, filterGroups: object[]): Promise<Found[]> {
    const items = await search(call, 'contacts', { filterGroups, properties: CONTACT_FIELDS, limit: 10 });
    return items.flatMap((item) => {
      const { success, data } = contactSchema.safeParse(item);
      return success ? [{ id: data.id, name: nameOf(data), url: null }] : [];
    });
  }

  const pipelines = async (call: Call) =>
    readAnswer(NAME, pipelinesSchema, await get(call, '/crm/v3/pipelines/tickets')).results;

  async function statuses(call: Call, ids: readonly string[]): Promise<Map<string, RecordStatus>> {
    const stages = (await pipelines(call)).flatMap((pipeline) =>
      pipeline.stages.map((stage, n) => ({ ...stage, isFirst: n === 0 })),
    );
    const schema = z.object({ id: idText, properties: z.object({ hs_pipeline_stage: z.string() }) });
    const read = await readMany(call, 'tickets', ids, ['hs_pipeline_stage']);
    return new Map(
      read.flatMap((item) => {
        const { success, data } = schema.safeParse(item);
        if (!success) return [];
        const stage = stages.find(({ id }) => id === data.properties.hs_pipeline_stage);
        const isClosed = stage?.metadata.ticketState === 'CLOSED';
        const usual = isClosed ? 'closed' : stage?.isFirst ? 'open' : 'in_work';
        const status = set.statuses[data.properties.hs_pipeline_stage] ?? usual;
        return [[data.id, { status, detail: stage?.label ?? data.properties.hs_pipeline_stage }] as const];
      }),
    );
  }

  async function hasNote(call: Call, { kind, id }: NotePlace, mark: string): Promise<boolean> {
    const type = kind === 'customer' ? 'contacts' : 'tickets';
    const schema = z.object({ results: z.array(z.object({ toObjectId: idText })) });
    const path = `/crm/v4/objects/${type}/${id}/associations/notes?limit=100`;
    const { results } = readAnswer(NAME, schema, await get(call, path));
    const notes = await readMany(
      call,
      'notes',
      results.map(({ toObjectId }) => toObjectId),
      ['hs_note_body'],
    );
    return notes.some((note) => JSON.stringify(note).includes(mark));
  }

  return {
    vendor: {
      name: NAME,
      baseUrl: set.url,
      secrets: [set.access_token],
      // A hundred in ten seconds on the smallest plan; searches four a second.
      rates: { all: { perSecond: 8, burst: 20 }, search: { perSecond: 2, burst: 2 } },
      authorize: async () => ({ authorization: `Bearer ${set.access_token}` }),
      words: (body) => z.object({ message: z.string() }).safeParse(body).data?.message ?? null,
    },
    lookUp,
    create: async (call, payload, key, customer) => {
      try {
        return await create(call, payload, key, customer);
      } catch (error) {
        // The value is there already: an attempt that nobody heard of was faster.
        const known = errorCode(error) === 'http-409' ? await lookUp(call, key) : null;
        if (!known) throw error;
        return known;
      }
    },
    hasCustomer: async (call, id) =>
      /^\d{1,20}$/.test(id) && (await get(call, `/crm/v3/objects/contacts/${id}`, [404])) !== null,
    close: async (call, { id }) => {
      const body = { properties: { hs_pipeline_stage: set.withdrawn_stage } };
      await call({ method: 'PATCH', path: `/crm/v3/objects/tickets/${id}`, body, effect: 'write' });
    },
    hasNote,
    note: async (call, { kind, id }, text) => {
      const type = kind === 'customer' ? LINK.noteToContact : LINK.noteToTicket;
      const properties = { hs_timestamp: clock.now().toISOString(), hs_note_body: textToHtml(text) };
      const body = { properties, associations: [link(id, type)] };
      await call({ method: 'POST', path: '/crm/v3/objects/notes', body, effect: 'write' });
    },
    statuses,
    find: (call, { emails, phones }) => {
      const by = (propertyName: string) => (value: string) => ({
        filters: [{ propertyName, operator: 'EQ', value }],
      });
      // Five groups at most.
      const groups = [
        ...emails.map(by('email')),
        ...phones.flatMap((p) => [by('phone')(p), by('mobilephone')(p)]),
      ];
      return contacts(call, groups.slice(0, 5));
    },
    byId: async (call, id) => {
      const path = `/crm/v3/objects/contacts/${id}?properties=firstname,lastname`;
      const answer = /^\d{1,20}$/.test(id) ? await get(call, path, [404]) : null;
      if (answer === null) return null;
      const contact = readAnswer(NAME, contactSchema, answer);
      return { id: contact.id, name: nameOf(contact), url: null };
    },
    customers,
    purchases,
    check: async (call) => {
      const account = readAnswer(
        NAME,
        z.object({ portalId: idText }),
        await get(call, '/account-info/v3/details'),
      );
      const schema = z.object({ hasUniqueValue: z.boolean().nullish() });
      const property = await get(call, `/crm/v3/properties/tickets/${set.key_property}`, [404]);
      if (property === null || !readAnswer(NAME, schema, property).hasUniqueValue)
        throw new PermanentError(
          'no-key-field',
          `${NAME} has no property "${set.key_property}" of tickets with unique values: make one (single-line text), or name it in key_property.`,
        );
      return { account: account.portalId, user: null };
    },
    discover: async (call) => {
      const fields = z.object({
        results: z.array(z.object({ name: z.string(), label: z.string(), type: z.string() })),
      });
      const read = readAnswer(NAME, fields, await get(call, '/crm/v3/properties/tickets'));
      const people = z.object({
        results: z.array(z.object({ id: idText, firstName: optionalText, lastName: optionalText })),
      });
      const owners = await get(call, '/crm/v3/owners?limit=100', [403]);
      return {
        pipelines: (await pipelines(call)).map(({ id, label, stages }) => ({
          id,
          name: label,
          stages: stages.map((stage) => ({ id: stage.id, name: stage.label })),
        })),
        fields: read.results.map(({ name, label, type }) => ({ id: name, name: label, type })),
        owners:
          owners === null
            ? []
            : readAnswer(NAME, people, owners).results.map(({ id, firstName, lastName }) => ({
                id,
                name: joinName([firstName, lastName], id),
              })),
      };
    },
  };
}

/** Tickets of a HubSpot account, by the token of a private app. */
export const hubspot: CrmConnector<Settings> = {
  kind: 'hubspot',
  settings,
  connect: (set, edges) => createVendorCrm(createDriver(set, edges.clock), set, edges),
};

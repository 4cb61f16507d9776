import PQueue from 'p-queue';
import { PermanentError } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type {
  Crm,
  CrmAccount,
  CrmEdges,
  CrmRequest,
  CrmShape,
  CustomerQuestion,
  FoundCustomer,
  OpenedCase,
  RecordStatus,
} from '../../model/ports.ts';
import { caseSubject, caseText, withdrawalText } from './case-words.ts';
import { type PagePlace, type PulledPage, pullPass } from './pull-pass.ts';
import { type Call, openVendor, type Vendor } from './vendor-http.ts';
import type { VendorSettings } from './vendor-settings.ts';

/** A record that stands for a case. */
export interface CaseRecord {
  id: string;
  url: string | null;
}

/** Where a note goes, by the CRM's own ids. */
export type NotePlace = { kind: 'record' | 'customer'; id: string };

/** What one vendor's CRM can do, request by request. Customers and records are named by the CRM's own ids. */
export interface VendorDriver {
  vendor: Vendor;
  /** The record that was made under this key; must see what was written just now. */
  lookUp(call: Call, key: string): Promise<CaseRecord | null>;
  /** `customer`: null where the customer is not one of this CRM's. */
  create(call: Call, payload: CasePayload, key: string, customer: string | null): Promise<CaseRecord>;
  /** What is to be there besides the record, however far the attempt before came. `customer` looks him up where that was not done yet. */
  complete?(
    call: Call,
    record: CaseRecord,
    payload: CasePayload,
    key: string,
    customer: () => Promise<string | null>,
  ): Promise<void>;
  hasCustomer(call: Call, id: string): Promise<boolean>;
  /** Closes the record as one that came to nothing. */
  close(call: Call, record: CaseRecord): Promise<void>;
  /** Is there a note whose text holds `mark`? */
  hasNote(call: Call, place: NotePlace, mark: string): Promise<boolean>;
  note(call: Call, place: NotePlace, text: string): Promise<void>;
  /** Where a customer has no timeline to write on. */
  noCustomerNotes?: true;
  statuses(call: Call, ids: readonly string[]): Promise<Map<string, RecordStatus>>;
  find(call: Call, question: Pick<CustomerQuestion, 'emails' | 'phones'>): Promise<Found[]>;
  byId(call: Call, id: string): Promise<Found | null>;
  /** `number`: ours, of the CRM's own. */
  customers(call: Call, place: PagePlace, number: (id: string) => string): Promise<PulledPage>;
  /** Absent where the CRM knows of no purchases. */
  purchases?(call: Call, place: PagePlace, number: (id: string) => string): Promise<PulledPage>;
  check(call: Call): Promise<CrmAccount>;
  discover(call: Call): Promise<CrmShape>;
}

export type Found = Omit<FoundCustomer, 'externalId'> & { id: string };

/** A delivery's attempt is taken for dead after 60 s (store/deliveries.ts): another one must not begin while this one writes. */
const WRITE_MS = 45_000;
const READ_MS = 60_000;
/** Many that begin at once would use up the limit with their first requests, and none would come to its end. */
const WRITES_AT_ONCE = 4;

/** By what a note is known again. */
function markOf(key: string): string {
  return `molva-${sha256(key).slice(0, 16)}`;
}

/** One work at a time for each key. */
function createQueues(): <Value>(key: string, work: () => Promise<Value>) => Promise<Value> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const done = before.then(work, work);
    const quiet = done.catch(() => undefined);
    last.set(key, quiet);
    void quiet.then(() => last.get(key) === quiet && last.delete(key));
    return done;
  };
}

function hiddenOf({ customer, document }: CasePayload): string[] {
  const { author, title, text } = document;
  return [customer.name, author.name ?? '', author.handle, title ?? '', text.slice(0, 1000)];
}

/** Every ability of the port, made of what the vendor can do. */
export function createVendorCrm(driver: VendorDriver, settings: VendorSettings, edges: CrmEdges): Crm {
  const { vendor } = driver;
  const http = openVendor(vendor, edges);
  const prefix = settings.customer_prefix;
  const number = (id: string): string => prefix + id;
  const inCrm = (externalId: string): string | null =>
    externalId.startsWith(prefix) && externalId.length > prefix.length
      ? externalId.slice(prefix.length)
      : null;
  const inTurn = createQueues();
  const slots = new PQueue({ concurrency: WRITES_AT_ONCE });
  /** The time runs from the beginning, waiting included. */
  const write = <Value>(key: string, hide: readonly string[], work: (call: Call) => Promise<Value>) => {
    const call = http.begin({ withinMs: WRITE_MS, hide });
    return inTurn(key, () => slots.add(() => work(call)));
  };
  const reading = (hide: readonly string[] = [], signal?: AbortSignal): Call =>
    http.begin({ withinMs: READ_MS, hide, signal });

  async function customerOf(call: Call, externalId: string): Promise<string | null> {
    const id = inCrm(externalId);
    return id !== null && (await driver.hasCustomer(call, id)) ? id : null;
  }

  /** Looks before it makes: an attempt whose answer was lost may have made it. */
  async function open(call: Call, payload: CasePayload, key: string) {
    const known = await driver.lookUp(call, key);
    const lookUp = () => customerOf(call, payload.customer.external_id);
    const customer = known ? null : await lookUp();
    const record = known ?? (await driver.create(call, payload, key, customer));
    await driver.complete?.(call, record, payload, key, known ? lookUp : async () => customer);
    return { record, isKnown: known !== null, hasCustomer: customer !== null };
  }

  /** By its number where the CRM told it, else by the key under which it was made. */
  async function recordOf(call: Call, opened: OpenedCase | undefined): Promise<CaseRecord | null> {
    if (!opened) return null;
    return opened.externalId ? { id: opened.externalId, url: null } : driver.lookUp(call, opened.key);
  }

  async function writeNote(call: Call, place: NotePlace, text: string, key: string): Promise<void> {
    const mark = markOf(key);
    if (await driver.hasNote(call, place, mark)) return;
    await driver.note(call, place, `${text}\n\n${mark}`);
  }

  async function placeOf(call: Call, on: { record: string } | { customer: string }): Promise<NotePlace> {
    if ('record' in on) return { kind: 'record', id: on.record };
    if (driver.noCustomerNotes)
      throw new PermanentError('no-notes', `${vendor.name} keeps no notes on customers: write it on a case.`);
    const id = await customerOf(call, on.customer);
    if (id === null) throw new PermanentError('no-customer', `${vendor.name} does not have this customer.`);
    return { kind: 'customer', id };
  }

  async function find({ externalId, emails, phones }: CustomerQuestion): Promise<FoundCustomer[]> {
    const call = reading([externalId ?? '', ...emails, ...phones]);
    const id = externalId === undefined ? null : inCrm(externalId);
    const byId = id === null ? null : await driver.byId(call, id);
    const others = emails.length + phones.length > 0 ? await driver.find(call, { emails, phones }) : [];
    const all = new Map([...(byId ? [byId] : []), ...others].map((one) => [one.id, one]));
    return [...all.values()].map(({ id: own, ...one }) => ({ externalId: number(own), ...one }));
  }

  const statuses = (ids: readonly string[]) => driver.statuses(reading(), ids);

  return {
    openCase: (payload, key) =>
      write(key, hiddenOf(payload), async (call) => {
        const { record, isKnown, hasCustomer } = await open(call, payload, key);
        const what = isKnown ? 'was there already' : hasCustomer ? 'opened' : 'opened, without a customer';
        return { externalId: record.id, url: record.url, summary: `${vendor.name}: ${record.id} ${what}` };
      }),
    updateCase: (payload, key, _at, opened) =>
      write(opened?.key ?? key, hiddenOf(payload), async (call) => {
        const known = await recordOf(call, opened);
        // Its opening was given up, or it was opened before this CRM was told of cases: what is said now opens it.
        const { record } = known ? { record: known } : await open(call, payload, opened?.key ?? key);
        const text = `${caseSubject(payload, settings.language)}\n\n${caseText(payload, settings.language)}`;
        await writeNote(call, { kind: 'record', id: record.id }, text, key);
        return { externalId: record.id, summary: `${vendor.name}: ${record.id} noted` };
      }),
    withdrawCase: (payload, key, _at, opened) =>
      write(opened?.key ?? key, [], async (call) => {
        const record = await recordOf(call, opened);
        if (!record) return { externalId: null, summary: `${vendor.name}: there is no record to withdraw` };
        await writeNote(
          call,
          { kind: 'record', id: record.id },
          withdrawalText(payload, settings.language),
          key,
        );
        await driver.close(call, record);
        return { externalId: record.id, summary: `${vendor.name}: ${record.id} withdrawn` };
      }),
    findCustomer: find,
    pullCustomers: (cursor, signal) =>
      pullPass(edges.clock, cursor, (place) => driver.customers(reading([], signal), place, number)),
    ...(driver.purchases
      ? {
          pullPurchases: (cursor: unknown, signal?: AbortSignal) =>
            pullPass(
              edges.clock,
              cursor,
              async (place) =>
                (await driver.purchases?.(reading([], signal), place, number)) ?? {
                  records: [],
                  after: null,
                },
            ),
        }
      : {}),
    addNote: ({ text, on }, key) =>
      write(key, [text], async (call) => {
        await writeNote(call, await placeOf(call, on), text, key);
        return { externalId: null, summary: `${vendor.name}: noted` };
      }),
    readStatuses: statuses,
    readStatus: async (id) => (await statuses([id])).get(id) ?? null,
    check: () => driver.check(reading()),
    discover: () => driver.discover(reading()),
    preview: async (payload) => {
      const record: CrmRequest[] = [];
      const call = http.begin({ withinMs: READ_MS, hide: hiddenOf(payload), record });
      await open(call, payload, PREVIEW_KEY);
      return record;
    },
  };
}

/** No case is ever opened under it. */
export const PREVIEW_KEY = '00000000-0000-4000-8000-000000000000';

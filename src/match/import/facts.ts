import { createHash } from 'node:crypto';
import type { Consent, Contact, Purchase } from '../../model/customer.ts';
import {
  CellError,
  toAmount,
  toAnswered,
  toConsentState,
  toContactKind,
  toCurrency,
  toDate,
  toDirection,
  toNeeded,
  toOptional,
  toPurpose,
} from './cells.ts';
import type { Mapping } from './mapping.ts';

/** Hands out a fact's values by name; what is wrong with one is noted with that name. */
export interface FactValues {
  read<T>(name: string, parse: (value: unknown) => T): T | undefined;
}

type Dates = Mapping['dates'];

/** All of them, or undefined when one is wrong. */
function whole<T extends object>(parts: { [Key in keyof T]: T[Key] | undefined }): T | undefined {
  return Object.values(parts).some((part) => part === undefined) ? undefined : (parts as T);
}

/** `idName`: what the fact's own number is called. */
export function readPurchase(
  values: FactValues,
  dates: Dates,
  idName: string,
  isRoubles: boolean,
): Purchase | undefined {
  return whole<Purchase>({
    externalId: values.read(idName, toNeeded),
    at: values.read('at', (value) => toDate(value, dates)),
    amount: values.read('amount', toAmount),
    currency: isRoubles ? 'RUB' : values.read('currency', toCurrency),
    item: values.read('item', toNeeded),
    channel: values.read('channel', toOptional),
  });
}

/** Where a file does not number contacts: the same time, kind and channel are the same contact. */
function contactId({ at, kind, channel }: Pick<Contact, 'at' | 'kind' | 'channel'>): string {
  const told = `${at.toISOString()} ${kind} ${channel}`;
  return `at-${createHash('sha256').update(told).digest('hex').slice(0, 20)}`;
}

/** Where nobody says by which channel. */
const USUAL_CHANNEL = {
  call: 'phone',
  mail: 'email',
  message: 'message',
  visit: 'visit',
  service: 'service',
} as const;

export function readContact(values: FactValues, dates: Dates, idName: string): Contact | undefined {
  const externalId = values.read(idName, toOptional);
  const kind = values.read('kind', toContactKind);
  const channel = values.read('channel', toOptional);
  const contact = whole<Omit<Contact, 'externalId'>>({
    at: values.read('at', (value) => toDate(value, dates)),
    kind,
    channel: channel ?? (kind && channel === null ? USUAL_CHANNEL[kind] : undefined),
    // Who calls us or writes began it, unless the file says otherwise.
    direction: values.read('direction', (value) =>
      value === undefined || value === '' || value === null ? 'in' : toDirection(value),
    ),
    answered: values.read('answered', toAnswered),
    subject: values.read('subject', toOptional),
  });
  return contact && externalId !== undefined
    ? { externalId: externalId ?? contactId(contact), ...contact }
    : undefined;
}

export function readConsent(values: FactValues, dates: Dates): Consent | undefined {
  const consent = whole<Consent>({
    channel: values.read('channel', (value) => toNeeded(value).toLowerCase()),
    purpose: values.read('purpose', toPurpose),
    state: values.read('state', toConsentState),
    at: values.read('at', (value) => toDate(value, dates)),
    origin: values.read('origin', toOptional),
  });
  return consent && { ...consent, origin: consent.origin ?? 'import' };
}

const MAX_FACTS = 10_000;

/** A list of objects, as JSON has it. */
export function toObjects(value: unknown): Record<string, unknown>[] {
  if (value === null || value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw new CellError('not-list');
  if (value.length > MAX_FACTS) throw new CellError('too-many', { max: MAX_FACTS });
  if (value.some((item) => typeof item !== 'object' || item === null || Array.isArray(item)))
    throw new CellError('not-object');
  return value;
}

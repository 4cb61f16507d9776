import type { Consent, Contact, CustomerRecord, Identifier, Purchase } from '../../model/customer.ts';
import { maskIdentifier } from '../identifiers.ts';

/** A customer as the store has them, as far as an import can change it. */
export interface KnownCustomer
  extends Required<
    Omit<CustomerRecord, 'identifierKinds' | 'segments' | 'addresses' | 'interests' | 'contacts' | 'consents'>
  > {
  segments: readonly string[];
  addresses: readonly string[];
  interests: readonly string[];
  /** Those of the facts that a record states. */
  contacts: readonly Contact[];
  consents: readonly Consent[];
}

const FIELDS = ['name', 'city', 'tier', 'company', 'role', 'owner', 'birthYear', 'language'] as const;
const LISTS = ['segments', 'interests'] as const;
const KINDS = { emails: 'email', phones: 'phone', handles: 'handle' } as const;

export type ChangedField =
  | (typeof FIELDS)[number]
  | (typeof LISTS)[number]
  | keyof typeof KINDS
  | 'addresses'
  | 'purchases'
  | 'contacts'
  | 'consents';

/** One field that would change; both sides as they may be shown: identifiers and addresses masked. */
export interface Change {
  field: ChangedField;
  before: string;
  after: string;
}

const SHOWN = 120;
const shown = (text: string): string =>
  text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
const joined = (items: readonly string[]): string => shown([...items].sort().join('; '));
const same = (one: readonly string[], two: readonly string[]): boolean =>
  one.length === two.length && new Set([...one, ...two]).size === new Set(one).size;

const maskAddress = (address: string): string => `${address.slice(0, 2).toWellFormed()}…`;

function fieldChanges(record: CustomerRecord, known: KnownCustomer | null): Change[] {
  return FIELDS.flatMap((field) => {
    const [before, after] = [known?.[field] ?? null, record[field]];
    if (after === undefined || after === before) return [];
    return [{ field, before: shown(String(before ?? '')), after: shown(String(after ?? '')) }];
  });
}

function listChanges(record: CustomerRecord, known: KnownCustomer | null): Change[] {
  return LISTS.flatMap((field) => {
    const [before, after] = [known?.[field] ?? [], record[field]];
    if (after === undefined || same(before, [...new Set(after)])) return [];
    return [{ field, before: joined(before), after: joined(after) }];
  });
}

function addressChanges({ addresses }: CustomerRecord, known: KnownCustomer | null): Change[] {
  const before = known?.addresses ?? [];
  if (addresses === undefined || addresses.join('\n') === before.join('\n')) return [];
  return [
    {
      field: 'addresses',
      before: joined(before.map(maskAddress)),
      after: joined(addresses.map(maskAddress)),
    },
  ];
}

function identifierChanges(record: CustomerRecord, known: KnownCustomer | null): Change[] {
  return (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((field) => {
    const kind = KINDS[field];
    if (record.identifierKinds && !record.identifierKinds.includes(kind)) return [];
    const of = (all: readonly Identifier[]) => [
      ...new Set(all.filter((one) => one.kind === kind).map(({ value }) => value)),
    ];
    const [before, after] = [of(known?.identifiers ?? []), of(record.identifiers)];
    if (same(before, after)) return [];
    const mask = (values: string[]): string => joined(values.map((value) => maskIdentifier({ kind, value })));
    return [{ field, before: mask(before), after: mask(after) }];
  });
}

const said = (fact: object): string =>
  JSON.stringify(Object.entries(fact).sort(([one], [two]) => (one < two ? -1 : 1)));

/** Facts that are new or other than they were, as counts: `+2 ~1`. */
function factChange<T extends object>(
  field: Change['field'],
  stated: readonly T[],
  known: readonly T[],
  keyOf: (fact: T) => string,
): Change[] {
  const before = new Map(known.map((fact) => [keyOf(fact), said(fact)]));
  const after = new Map(stated.map((fact) => [keyOf(fact), said(fact)]));
  const added = [...after.keys()].filter((key) => !before.has(key)).length;
  const corrected = [...after].filter(([key, fact]) => before.has(key) && before.get(key) !== fact).length;
  if (added + corrected === 0) return [];
  const parts = [added > 0 ? `+${added}` : '', corrected > 0 ? `~${corrected}` : ''];
  return [{ field, before: '', after: parts.join(' ').trim() }];
}

const byId = ({ externalId }: Purchase | Contact): string => externalId;
const byMoment = ({ channel, purpose, at }: Consent): string => `${channel} ${purpose} ${at.getTime()}`;

/** What a record would change. None: everything is known already. */
export function changesOf(record: CustomerRecord, known: KnownCustomer | null): Change[] {
  return [
    ...fieldChanges(record, known),
    ...identifierChanges(record, known),
    ...listChanges(record, known),
    ...addressChanges(record, known),
    ...factChange('purchases', record.purchases, known?.purchases ?? [], byId),
    ...factChange('contacts', record.contacts ?? [], known?.contacts ?? [], byId),
    ...factChange('consents', record.consents ?? [], known?.consents ?? [], byMoment),
  ];
}
